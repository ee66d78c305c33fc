"""X02: the incident repeats an earlier one whose action was to prevent it. The reason to have this tool."""

from __future__ import annotations

from datetime import date
from itertools import groupby, islice
from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.engine.places import first_written, word_place
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Applies, Problem, RuleContext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.record import Postmortem
    from postmortems.repeats import Repeat
    from postmortems.source import Span

_MOST = 3
_TITLE_LENGTH = 100


@rule(
    code="X02",
    name="no-repeat",
    severity=Severity.WARNING,
    family="references",
    summary="The incident repeats an earlier one that already had an action on the shared factor",
    why="""The organisation knew what to do. If the action is still open, it is now more urgent. If it was closed,
    it did not help enough, and doing the same again will not either.""",
    remedy="""Read the earlier record first. Name it under `related` as `repeats`, and explain in a factor why the
    action came too late or fell short. If the two are unrelated, list its id under `not_related`. Two incidents
    of the same organisation count as a repeat if they share a factor and a service, or if the record says so.
    If you know this and will do nothing more, list X02 under `accepted` with the reason.""",
    bad="""
        services:
          - checkout
        factors:
          - "change.rollout: every host took the version at once -> the fault reached all customers"
    """,
    good="""
        services:
          - checkout
        factors:
          - "change.rollout: every host took the version at once -> the fault reached all customers"
        not_related:
          - 2026-01-10-checkout-rollout
    """,
    applies=Applies(provenance=frozenset({"first-hand"})),
)
def no_repeat(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """The newest earlier incidents that this one repeats, each with the action that was to prevent it."""
    redactor = context.redactor
    nameable = (
        repeat
        for repeat in context.repeats.repeats_of(record)
        if redactor.may_name(repeat.earlier.id, about=record)
    )
    for _, repeats in islice(groupby(nameable, key=lambda repeat: repeat.earlier.id), _MOST):
        yield _problem(record, list(repeats))


def _problem(record: Postmortem, repeats: list[Repeat]) -> Problem:
    """One problem an earlier incident: it names the action that was done, else the one that is due first."""
    main = min(repeats, key=lambda repeat: (not repeat.after_fix, repeat.action.due or date.max, repeat.action.id))
    others = sorted({repeat.action.id for repeat in repeats} - {main.action.id})
    also = f" (see also {', '.join(others)})" if others else ""
    return Problem(
        _place(record, main.factor),
        _message(main),
        f"shared factor: `{main.factor}`{also}; {_advice(main)}; if the two are unrelated, list "
        f"`{main.earlier.id}` under `not_related`",
        needs=("class", "organisation", "not_related"),
    )


def _message(repeat: Repeat) -> str:
    action = repeat.action
    title = action.title if len(action.title) <= _TITLE_LENGTH else f"{action.title[:_TITLE_LENGTH]}…"
    return f"repeats `{repeat.earlier.id}` {_state(repeat)}: “{title}” (owner: {action.owner or 'none'})"


def _state(repeat: Repeat) -> str:
    action = repeat.action
    due = f"due {action.due}" if action.due else "no due date"
    if repeat.after_fix:
        return f"although action {action.id} was closed on {action.closed}"
    if action.is_open:
        return f"while action {action.id} is still open, {due}"
    return f"before action {action.id} was closed on {action.closed}, {due}"


def _advice(repeat: Repeat) -> str:
    if repeat.after_fix:
        return "explain in a factor why the action did not prevent this, and choose another one"
    if repeat.action.is_open:
        return "finish the action: what keeps it open may be a factor here"
    return "what kept the action open may be a factor here"


def _place(record: Postmortem, factor: str) -> Span:
    i = next(i for i, own in enumerate(record.factors) if own.factor == factor)
    return word_place(record, first_written(record, ("factors", i, "factor"), ("factors", i)), factor)
