"""D rules: what was due by today. They run only when asked for, since a pull request can't help the calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.engine.places import moment_place
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Applies, Problem, RuleContext

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from postmortems.record import Postmortem

_FIRST_HAND = frozenset({"first-hand"})
# How long a follow-up counts as due: whether it took place is not recorded.
_FOLLOW_UP_WEEK = timedelta(days=7)


@rule(
    code="D01",
    name="not-overdue",
    severity=Severity.WARNING,
    family="deadlines",
    summary="An action is overdue",
    why="""Until it is done, the same incident can happen again, and the next review will find that the fix was
    already known.""",
    remedy="""Finish it and add `closed` and `evidence`; move the date with an entry under `slips` that says why;
    or decline it with a reason. Reported by `postmortems check --due` only. Otherwise list D01 under `accepted`
    with the reason.""",
    bad="""
        actions:
          - id: A1
            title: Alert three weeks before a certificate expires
            owner: platform
            due: 2026-04-30
            done_when: every certificate of the gateway has an alert
    """,
    good="""
        actions:
          - id: A1
            title: Alert three weeks before a certificate expires
            owner: platform
            due: 2026-04-30
            done_when: every certificate of the gateway has an alert
            status: done
            closed: 2026-04-20
            evidence:
              - https://tickets.example.org/4711
    """,
    applies=Applies(provenance=_FIRST_HAND),
    blocking=False,
)
def not_overdue(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """No open action lies behind its date."""
    today = context.as_of.date()
    for i, action in enumerate(record.actions):
        if action.is_open and action.due and action.due < today:
            yield Problem(
                ("actions", i, "due"),
                f"action {action.id} (owner: {action.owner or 'none'}) is {_days(today - action.due)} overdue",
                "finish it, move the date with an entry under `slips`, or decline it with a reason",
                needs=("actions.status",),
            )


@rule(
    code="D02",
    name="review-due",
    severity=Severity.WARNING,
    family="deadlines",
    summary="The grace period after recovery has passed and no review was held",
    why="""Within weeks, people forget what they saw and why they decided as they did. A review that is a month
    late is usually never held.""",
    remedy="""Hold the review and add its date as `review.held`. The grace period is `review.grace_days` in
    `schemas/policy.yaml`. Reported by `postmortems check --due` only. Otherwise list D02 under `accepted` with the
    reason.""",
    bad="""
        review:
          facilitator:
            role: incident-manager
    """,
    good="""
        review:
          held: 2026-04-03
          facilitator:
            role: incident-manager
    """,
    applies=Applies(provenance=_FIRST_HAND, review="full"),
    blocking=False,
)
def review_due(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """A full review is held before the grace period ends; a draft shows a skipped one as well."""
    recovered = record.times.get("recovered")
    if not recovered or not record.counts or (record.review and record.review.held):
        return
    passed = context.as_of - recovered.at
    if passed > timedelta(days=context.conventions.policy.review.grace_days):
        yield Problem(
            moment_place(record, ("times", "recovered")),
            f"recovery was {_days(passed)} ago, and no review was held",
            "hold the review, and add its date as `review.held`",
            needs=("review.held", "class"),
        )


@rule(
    code="D03",
    name="follow-up-due",
    severity=Severity.WARNING,
    family="deadlines",
    summary="A follow-up is due while actions are open, or the decision on keeping the record is overdue",
    why="""Follow-ups are where open actions get chased, and a record should be kept only as long as someone
    decides to keep it. A published record under legal hold is an error: it must not be published at all.""",
    remedy="""Hold the follow-up, update the actions and add the next date to `review.follow_ups`. Decide whether
    to keep the record, and set the next date in `retention.review_on`. Reported by `postmortems check --due` only.
    Otherwise list D03 under `accepted` with the reason.""",
    bad="""
        retention:
          review_on: 2026-05-01
    """,
    good="""
        retention:
          review_on: 2031-05-01
    """,
    blocking=False,
)
def follow_up_due(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """Follow-ups that are due or over, and the end of the retention."""
    today = context.as_of.date()
    yield from _follow_ups(record, today)
    if record.review_on and record.review_on < today:
        held = record.legal_hold and record.status == "published"
        yield Problem(
            ("retention", "review_on"),
            f"the decision on keeping the record was due on {record.review_on}"
            + (", and the record is published under legal hold" if held else ""),
            "unpublish it, and ask who ordered the hold"
            if held
            else "decide and set the next date, or withdraw the record",
            Severity.ERROR if held else None,
        )


def _follow_ups(record: Postmortem, today: date) -> Iterator[Problem]:
    """The follow-ups of the last days; and the last one of all, if actions are still open after it."""
    waiting = [action.id for action in record.actions if action.is_open]
    follow_ups = record.review.follow_ups if record.review else ()
    if not waiting or not follow_ups:
        return
    still = f"{', '.join(waiting)} {'is' if len(waiting) == 1 else 'are'} still open"
    for i, day in enumerate(follow_ups):
        place = ("review", "follow_ups", i)
        if day <= today < day + _FOLLOW_UP_WEEK:
            yield Problem(
                place,
                f"a follow-up has been due since {day}: {still}",
                "hold it, and chase the open actions",
                needs=("provenance", "actions.status"),
            )
        elif day == max(follow_ups) and day < today:
            yield Problem(
                place,
                f"the last follow-up was {_days(today - day)} ago, and {still}",
                "schedule the next one",
                needs=("provenance", "actions.status", "review.follow_ups"),
            )


def _days(length: timedelta) -> str:
    return "1 day" if length.days == 1 else f"{length.days} days"
