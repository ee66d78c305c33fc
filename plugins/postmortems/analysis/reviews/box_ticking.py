"""Signs that a review was filled in rather than held, and signs that people learn from what did not hurt.

None of them is proof. They are where it is worth asking again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.estimates import share_of
from postmortems.analysis.statistics.scope import first_hand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from postmortems.analysis.statistics.measures import Share
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem

SHORT_MINUTES = 30
"""A review of a severe incident that took less is looked at again."""

SIGNS = ("bare-answers", "nothing-to-improve", "nothing-worked", "short", "no-action")


@dataclass(frozen=True, slots=True)
class Signed:
    """A reviewed incident, the signs it shows, in the order of SIGNS, and the reason where its author gave one."""

    record: Postmortem
    signs: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Signs:
    """The incidents with signs, those with the most first; and the share of reviews without any."""

    found: tuple[Signed, ...]
    without: Share


@dataclass(frozen=True, slots=True)
class LearningYear:
    """One's own records of a year: incidents, near misses and exercises."""

    year: int
    incidents: tuple[Postmortem, ...]
    near_misses: tuple[Postmortem, ...]
    exercises: tuple[Postmortem, ...]


def signs_of_formality(reviewed: Sequence[Postmortem]) -> Signs:
    """Look at the reviews that were held."""
    reviews = [Signed(record, signs, _accepted(record)) for record in reviewed if (signs := tuple(_signs(record)))]
    reviews.sort(key=lambda signed: len(signed.signs), reverse=True)
    with_signs = {signed.record.id for signed in reviews}
    without = tuple(record for record in reviewed if record.id not in with_signs)
    return Signs(tuple(reviews), share_of(without, tuple(reviewed)))


def learning_years(records: Iterable[Postmortem], policy: Policy) -> tuple[LearningYear, ...]:
    """Near misses and exercises beside incidents, by the year of the record, in order."""
    own = first_hand(records, policy)
    return tuple(
        LearningYear(
            year,
            tuple(r for r in own if r.year == year and r.has_durations),
            tuple(r for r in own if r.year == year and r.incident_class == "near-miss"),
            tuple(r for r in own if r.year == year and r.incident_class == "exercise"),
        )
        for year in sorted({record.year for record in own})
    )


def _signs(record: Postmortem) -> Iterator[str]:
    if record.has_bare_answers:
        yield "bare-answers"
    kinds = {lesson.kind for lesson in record.lessons}
    if "improve" not in kinds:
        yield "nothing-to-improve"
    if "worked" not in kinds:
        yield "nothing-worked"
    if record.review and record.review.length_min is not None and record.review.length_min < SHORT_MINUTES:
        yield "short"
    if not record.actions:
        yield "no-action"


def _accepted(record: Postmortem) -> str:
    """Why the author holds the review to be none the less real, or why nothing is to be done."""
    reason = next((accepted.reason for accepted in record.accepted if accepted.rule == "R05"), "")
    return reason or (record.no_actions_reason if not record.actions else "")
