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

    from postmortems.record import Action, Postmortem
    from postmortems.repeats import Repeat
    from postmortems.source import Span

_MOST = 3
_TITLE_LENGTH = 100


@rule(
    code="X02",
    name="no-repeat",
    severity=Severity.WARNING,
    family="references",
    summary="The incident repeats an earlier one, whose action on the shared factor is done or still open",
    why="""It was known what to do. Where the action is still open, it is more urgent now; where it was closed, it
    did not help, or not enough, and to do the same again would not either.""",
    remedy="""Read the earlier record first. Name it under `related` as `repeats`, and say in a factor why the
    action came too late or fell short. Where the two have nothing in common but the words, list its id under
    `not_related`. A repeat is an incident of the same organisation with a shared factor and service, or one
    that says so. Where that is known and nothing follows, list X02 under `accepted` with the reason.""",
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
    told = min(repeats, key=lambda repeat: (not repeat.after_fix, repeat.action.due or date.max, repeat.action.id))
    others = sorted({repeat.action.id for repeat in repeats} - {told.action.id})
    action, earlier = told.action, told.earlier.id
    message = (
        f"this repeats `{earlier}` after its fix: {_named(action)} was closed on {action.closed}"
        if told.after_fix
        else f"this repeats `{earlier}` before its fix: {_named(action)} {_state(action)}"
    )
    also = f" (see also its {', '.join(others)})" if others else ""
    if told.after_fix:
        advice = "say in a factor why it did not prevent this one, and choose another action"
    elif action.is_open:
        advice = "carry it out; what keeps it open may be a factor of this incident"
    else:
        advice = "what had kept it open so long may be a factor of this incident"
    return Problem(
        _place(record, told.factor),
        message,
        f"the factor they share is `{told.factor}`{also}: {advice}; where they have nothing in common, list "
        f"`{earlier}` under `not_related`",
        needs=("class", "organisation", "not_related"),
    )


def _named(action: Action) -> str:
    title = action.title if len(action.title) <= _TITLE_LENGTH else f"{action.title[:_TITLE_LENGTH]}…"
    return f"its action {action.id} “{title}”, owner {action.owner or 'nobody'},"


def _state(action: Action) -> str:
    due = f"due {action.due}" if action.due else "without a due date"
    return f"is still open, {due}" if action.is_open else f"was open until {action.closed}, {due}"


def _place(record: Postmortem, factor: str) -> Span:
    i = next(i for i, own in enumerate(record.factors) if own.factor == factor)
    return word_place(record, first_written(record, ("factors", i, "factor"), ("factors", i)), factor)
