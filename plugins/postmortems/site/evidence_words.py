"""What a control looks for and what a record holds of it, in words; for the pages and for the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from postmortems.site.wording import day, listing, lower_first, moment, upper_first
from postmortems.site.words import word
from postmortems.source import Moment

if TYPE_CHECKING:
    from postmortems.analysis.holdings import Holding, Value
    from postmortems.conventions import ActionQuery, Description, Need, Policy

_NOUNS = {
    "summary": "summary",
    "severity": "severity",
    "detection": "source of detection",
    "times.started": "start of harm",
    "times.detected": "time of detection",
    "times.acknowledged": "time of acknowledgement",
    "times.responded": "start of the response",
    "times.declared": "time of declaration",
    "times.contained": "time of containment",
    "times.eradicated": "time of eradication",
    "times.recovered": "time of recovery",
    "times.closed": "time of closing",
    "timeline": "timeline",
    "factors": "factors",
    "evaluation": "evaluation by phase",
    "lessons": "lessons",
    "actions": "actions",
    "review.held": "review held",
    "review.groups": "groups in the review",
    "review.briefed_on": "briefing of leadership",
    "review.follow_ups": "follow-up sessions",
    "evidence": "evidence listed",
    "regulatory": "regulatory notices",
    "published": "publication",
    "questions.what-should-change": "answer to what should change",
}
_FIELDS = {
    "owner": "owner",
    "due": "due date",
    "done_when": "criterion of being done",
    "closed": "closing date",
    "evidence": "evidence",
    "result": "verdict of its owner",
    "artefact": "name of what was changed",
    "clock_started": "start of its clock",
    "sent": "time of sending",
    "ref": "reference",
}
_MANY = 3
_NONE = "there is none"


@dataclass(frozen=True, slots=True)
class Shown:
    """A holding in words: `label`, then either `k` of `n`, or a value. `n` is None where there are no shares."""

    label: str
    value: Value = None
    k: int = 0
    n: int | None = None

    @property
    def form(self) -> str:
        """As a `share`, `count`, `day`, `moment` or `word`, or `none` where the label says all."""
        if self.n:
            return "share"
        match self.value:
            case int():
                return "count"
            case Moment():
                return "moment"
            case date():
                return "day"
        return "word" if self.value else "none"

    @property
    def text(self) -> str:
        """It all on one line, for a terminal."""
        if self.n:
            return f"{self.label}: {self.k} of {self.n}"
        match self.value:
            case Moment():
                return f"{self.label}: {moment(self.value)}"
            case date():
                return f"{self.label}: {day(self.value)}"
        return f"{self.label}: {self.value}" if self.value else self.label


def shown(holding: Holding) -> Shown:
    """What a record holds of a need, or how many of its actions or notices give what is looked for."""
    need = holding.need
    value = holding.value if holding.n is None or holding.n else _NONE
    return Shown(upper_first(_name(need, many=True)), value, holding.k, holding.n)


def lacking(holding: Holding) -> Shown:
    """What a record lacks, such as `timeline`, or how many of its actions do give what is looked for."""
    if holding.need.kind in {"every_action", "every_notice"}:
        return shown(holding)
    return Shown(upper_first(f"{'an ' if holding.need.actions else ''}{_name(holding.need)}"))


def sought(need: Need) -> str:
    """A need in full, for the list of what a control looks for."""
    article = {"any_action": "an ", "every_action": "every ", "every_notice": "every "}.get(need.kind, "")
    reason = ", or a reason why there are none" if need.thing == "actions" else ""
    return upper_first(f"{article}{_name(need, short=False)}{reason}")


def concerned(description: Description, policy: Policy) -> str:
    """Which records a description is about: `records of class security or privacy, with factors`."""
    parts = []
    if description.classes:
        parts.append(f"of class {_either([lower_first(word(name)) for name in sorted(description.classes)])}")
    if description.severity:
        parts.append(f"of {policy.severities.get(description.severity, description.severity)} or worse")
    if description.full_review is not None:
        asks = "asks for a full review" if description.full_review else "asks for no full review"
        parts.append(f"of which the policy {asks}")
    if description.since:
        parts.append(f"since {day(date.fromisoformat(description.since))}")
    if description.services:
        labels = [policy.service_label(service) for service in description.services]
        parts.append(f"that hit {_either(labels)}")
    if description.regime:
        parts.append(f"with a regulatory notice under {description.regime}")
    if description.has:
        parts.append(f"with {listing([_thing(thing) for thing in description.has])}")
    if description.any_action:
        parts.append(f"with an {_action(description.any_action)}")
    return f"records {', '.join(parts)}"


def _name(need: Need, *, many: bool = False, short: bool = True) -> str:
    if need.actions is not None:
        return _action(need.actions, many=many, short=short)
    if need.kind == "every_notice":
        fields = listing([_FIELDS[name] for name in need.fields])
        return f"regulatory notice{'s' if many else ''} with {fields}"
    return _thing(need.thing)


def _action(query: ActionQuery, *, many: bool = False, short: bool = False) -> str:
    """`action (runbook) that is done, with closing date and evidence`; of many outputs only two where short."""
    text = "actions" if many else "action"
    if query.outputs:
        outputs = [lower_first(word(name)) for name in query.outputs]
        text += f" ({_either([*outputs[:2], 'the like'] if short and len(outputs) > _MANY else outputs)})"
    if query.statuses:
        text += f" that {'are' if many else 'is'} {_state(query.statuses)}"
    if query.fields:
        text += f", with {listing([_FIELDS[name] for name in query.fields])}"
    return text


def _state(statuses: frozenset[str]) -> str:
    if statuses == {"done", "verified"}:
        return "done"
    return _either([lower_first(word(status)) for status in sorted(statuses)])


def _thing(thing: str) -> str:
    if thing in _NOUNS:
        return _NOUNS[thing]
    group, _, name = thing.partition(".")
    if group == "impact":
        return f"impact on {'systems' if name == 'technical' else name}"
    return f"answer to “{lower_first(word(name))}”"


def _either(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)
