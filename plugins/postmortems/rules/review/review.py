"""R rules on the meeting: a review was held, in time, with everyone who should be there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.record import GROUPS
from postmortems.rules.engine.places import first_written
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import STANDING, Applies, Problem, RuleContext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.record import Postmortem, Review

_FIRST_HAND = frozenset({"first-hand"})
_REVIEWED = Applies(_FIRST_HAND, STANDING, "full")


def _held_review(record: Postmortem) -> Review | None:
    return record.review if record.review and record.review.held else None


@rule(
    code="R01",
    name="review-held",
    severity=Severity.ERROR,
    family="review",
    summary="A full review is published, but no review was held",
    why="""What one author writes alone is an account. It becomes a review when others, involved or not, have asked
    their questions.""",
    remedy="""Hold the review and set its date as `review.held`. Until then, use `status: in-review`; the record is
    then published with a banner.""",
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
            responded: false
          groups:
            technical: attended
            management: attended
            legal: consulted
            communications: consulted
            compliance: consulted
          briefed_on: 2026-04-07
          follow_ups:
            - 2026-07-03
    """,
    applies=Applies(_FIRST_HAND, frozenset({"published"}), "full"),
)
def review_held(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """There was a review; where `review` is missing as a whole, a requirement may ask for it."""
    asked_for = any(
        requirement.field == "review"
        and requirement.applies_to(provenance=record.provenance, status="published", full_review=True)
        for requirement in context.conventions.requirements
    )
    if record.review is None and asked_for and not record.says_not_stated("review"):
        return
    if not _held_review(record):
        yield Problem(
            first_written(record, ("review",), ("status",)),
            "no review was held: `review.held` is missing",
            "add the date under `review`, or set `status: in-review` until it is held",
            of_key=True,
            needs=("review.held", "not_stated"),
        )


@rule(
    code="R02",
    name="review-in-time",
    severity=Severity.WARNING,
    family="review",
    summary="The review was held after the policy's deadline, or before recovery",
    why="""Within a week, people still know why they did what they did; later they know what they have read since.
    Before recovery, nobody can say what ended the incident.""",
    remedy="""Check both dates. If there was a reason, list R02 under `accepted` with it. The deadline is
    `review.within_days` in `schemas/policy.yaml`.""",
    bad="""
        review:
          held: 2026-05-29
          facilitator:
            role: incident-manager
    """,
    good="""
        review:
          held: 2026-04-03
          facilitator:
            role: incident-manager
    """,
    applies=_REVIEWED,
)
def review_in_time(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """The review lies within the policy's days after recovery, as exactly as the recovery is known."""
    review, recovered = _held_review(record), record.times.get("recovered")
    if not review or not review.held or not recovered or not record.has_durations:
        return
    first = last = recovered.day
    if not recovered.precision.has_clock:
        last = (recovered.latest - timedelta(seconds=1)).date()
    within = context.conventions.policy.review.within_days
    place = ("review", "held")
    if review.held < first:
        yield Problem(
            place,
            f"the review was held on {review.held}, before recovery ({recovered.text})",
            "check both dates; a review before recovery can't know what ended the incident",
            needs=("class",),
        )
    elif (review.held - last).days > within:
        yield Problem(
            place,
            f"the review was held {(review.held - last).days} days after recovery; the policy says {within}",
            "if there was a reason, list R02 under `accepted` with it",
            needs=("class",),
        )


@rule(
    code="R03",
    name="neutral-facilitator",
    severity=Severity.WARNING,
    family="review",
    summary="The facilitator took part in the response",
    why="""Responders have their own account to give, and others hold theirs back in front of them. A facilitator
    from elsewhere asks about what responders take for granted.""",
    remedy="""Next time, choose a facilitator who didn't respond. If nobody else was available, list R03 under
    `accepted` with the reason.""",
    bad="""
        review:
          held: 2026-04-03
          facilitator:
            role: incident-manager
            responded: true
    """,
    good="""
        review:
          held: 2026-04-03
          facilitator:
            role: incident-manager
            responded: false
    """,
    applies=_REVIEWED,
)
def neutral_facilitator(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """The facilitator did not respond."""
    if record.review and record.review.facilitator_responded:
        yield Problem(
            ("review", "facilitator", "responded"),
            "the facilitator took part in the response",
            "choose a facilitator who didn't, or list R03 under `accepted` with the reason",
        )


@rule(
    code="R04",
    name="all-groups",
    severity=Severity.WARNING,
    family="review",
    summary="A group is missing from the review without a reason",
    why="""Engineers know what happened to systems. Others know what customers were told, what contracts say, what
    must be reported and who decides on money.""",
    remedy="""Under `review.groups`, say for technical, management, legal, communications and compliance whether
    they `attended` or were `consulted`, or why not: `{not-needed: reason}`. Otherwise list R04 under `accepted`
    with the reason.""",
    bad="""
        review:
          held: 2026-04-03
          facilitator:
            role: incident-manager
          groups:
            technical: attended
    """,
    good="""
        review:
          held: 2026-04-03
          facilitator:
            role: incident-manager
          groups:
            technical: attended
            management: attended
            legal:
              not-needed: no contract was touched
            communications: consulted
            compliance: consulted
    """,
    applies=_REVIEWED,
)
def all_groups(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Each group took part in the review that was held, or was not needed."""
    review = _held_review(record)
    absent = [group for group in GROUPS if group not in review.groups] if review else []
    if absent:
        yield Problem(
            first_written(record, ("review", "groups"), ("review",)),
            f"missing without a reason: {', '.join(absent)}",
            "add each under `review.groups`: `attended`, `consulted`, or `not-needed` with the reason",
            of_key=True,
            needs=("review.groups",),
        )
