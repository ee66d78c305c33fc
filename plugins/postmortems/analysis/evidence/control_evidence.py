"""What a record holds of one thing that a control looks for: whether it is there, how much, or since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from postmortems.record import MILESTONES, QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sized
    from datetime import date

    from postmortems.conventions import ActionQuery, EvidenceNeed
    from postmortems.record import Action, Postmortem
    from postmortems.source import Moment

Value: TypeAlias = "str | int | date | Moment | None"

NO_ACTIONS = "reason"
"""What stands for actions where a record says why it has none."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a record holds of a need.

    `value` is what there is to show of a single thing: a count of entries, a word, a date or a moment; empty
    where only its presence can be shown, None where it is not there. Of actions and notices, `k` of the `n` that
    were asked about give all that they are to give; `n` is None for other needs.
    """

    need: EvidenceNeed
    met: bool
    value: Value = None
    k: int = 0
    n: int | None = None


def find_evidence(record: Postmortem, need: EvidenceNeed) -> Holding:
    """Look for one thing in a record."""
    if need.actions is not None:
        asked, good = matching(record, need.actions)
        met = bool(good) if need.kind == "any_action" else len(good) == len(asked)
        return Holding(need, met, k=len(good), n=len(asked))
    if need.kind == "every_notice":
        given = [all(getattr(notice, name) for name in need.fields) for notice in record.regulatory]
        return Holding(need, all(given), k=sum(given), n=len(given))
    value = _THINGS[need.thing](record)
    return Holding(need, value is not None, value)


def holds(record: Postmortem, thing: str) -> bool:
    """Whether a record holds a thing that `has` can name."""
    return _THINGS[thing](record) is not None


def matching(record: Postmortem, query: ActionQuery) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """The actions that a query asks about, and those of them that give all of its fields."""
    asked = tuple(
        action
        for action in record.actions
        if (not query.statuses or action.status in query.statuses)
        and (not query.outputs or action.output in query.outputs)
    )
    return asked, tuple(action for action in asked if all(getattr(action, name) for name in query.fields))


def _count(entries: Sized) -> int | None:
    return len(entries) or None


def _impact(kind: str) -> Callable[[Postmortem], Value]:
    def level(record: Postmortem) -> Value:
        impact = record.impact.levels.get(kind)
        return impact.level if impact and impact.level != "unknown" else None

    return level


def _answer(question: str) -> Callable[[Postmortem], Value]:
    def answer(record: Postmortem) -> Value:
        reply = record.questions.get(question)
        return reply.verdict if reply else None

    return answer


def _milestone(name: str) -> Callable[[Postmortem], Value]:
    return lambda record: record.times.get(name)


def _actions(record: Postmortem) -> Value:
    return _count(record.actions) or (NO_ACTIONS if record.no_actions_reason else None)


def _known_detection(record: Postmortem) -> Value:
    return record.detection.source if record.detection.source not in {"", "unknown"} else None


_THINGS: Mapping[str, Callable[[Postmortem], Value]] = {
    "summary": lambda record: "" if record.summary else None,
    "severity": lambda record: record.severity.id or None,
    "detection": _known_detection,
    **{f"impact.{kind}": _impact(kind) for kind in ("business", "technical", "data", "reputation")},
    **{f"times.{name}": _milestone(name) for name in MILESTONES},
    "timeline": lambda record: _count(record.timeline),
    "factors": lambda record: _count(record.factors),
    "evaluation": lambda record: _count(record.evaluation),
    **{f"questions.{name}": _answer(name) for name in QUESTIONS},
    "questions.what-should-change": lambda record: _count(record.changes),
    "lessons": lambda record: _count(record.lessons),
    "actions": _actions,
    "review.held": lambda record: record.review.held if record.review else None,
    "review.groups": lambda record: _count(record.review.groups) if record.review else None,
    "review.briefed_on": lambda record: record.review.briefed_on if record.review else None,
    "review.follow_ups": lambda record: _count(record.review.follow_ups) if record.review else None,
    "evidence": lambda record: _count(record.evidence),
    "regulatory": lambda record: _count(record.regulatory),
    "published": lambda record: (record.published or "") if record.status == "published" else None,
}

THINGS = tuple(_THINGS)
"""What `has` can name, as the schema of `controls.yaml` lists it."""
