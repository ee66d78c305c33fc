"""What reviews answered: the seven questions over the years, and how each part of the response went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.estimates import share_of
from postmortems.record import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from postmortems.analysis.statistics.measures import Share
    from postmortems.record import Assessment, Postmortem

_Given = Callable[["Postmortem"], Mapping[str, "Assessment"]]

ANSWERS = ("yes", "partly", "no", "n/a", "")
VERDICTS = ("effective", "mixed", "delayed", "n/a", "")
PARTS = ("detection", "containment", "eradication", "recovery", "communication", "coordination", "decisions")
AREAS = ("monitoring", "alerting", "staffing", "access")
CHANGE = "what-should-change"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each answer was given to something, by year; '' stands for none.

    `good` is the share of the best answer among those that judge, so without `n/a` and without none.
    """

    name: str
    by_year: Mapping[int, Mapping[str, tuple[Postmortem, ...]]]
    total: Mapping[str, tuple[Postmortem, ...]]
    good: Share


def year_of_review(record: Postmortem) -> int:
    """The year in which a record was reviewed; that of the incident where the day is unknown."""
    return record.review.held.year if record.review and record.review.held else record.year


def question_tallies(reviewed: Sequence[Postmortem]) -> tuple[Tally, ...]:
    """The answers to the six questions that have one, of records that were reviewed."""
    names = (name for name in QUESTIONS if name != CHANGE)
    return tuple(_tally(name, reviewed, lambda record: record.questions, ANSWERS) for name in names)


def evaluation_tallies(reviewed: Sequence[Postmortem]) -> tuple[Tally, ...]:
    """How each part of the response went, by the records that were reviewed."""
    return tuple(_tally(name, reviewed, lambda record: record.evaluation, VERDICTS) for name in PARTS)


def changes_named(reviewed: Sequence[Postmortem]) -> dict[str, Share]:
    """How many reviews said, on each area, what should change: the answer to the seventh question."""
    whole = tuple(reviewed)
    return {area: share_of(tuple(r for r in reviewed if area in r.changes), whole) for area in AREAS}


def changes_by_year(reviewed: Sequence[Postmortem]) -> dict[str, dict[int, tuple[Postmortem, ...]]]:
    """The same by the year of the review: which reviews said what should change in an area."""
    return {
        area: {
            year: tuple(r for r in reviewed if year_of_review(r) == year and area in r.changes)
            for year in years_of(reviewed)
        }
        for area in AREAS
    }


def years_of(reviewed: Iterable[Postmortem]) -> tuple[int, ...]:
    """The years in which reviews were held, in order."""
    return tuple(sorted({year_of_review(record) for record in reviewed}))


def _tally(
    name: str,
    reviewed: Sequence[Postmortem],
    given: _Given,
    answers: tuple[str, ...],
) -> Tally:
    by_year: dict[int, dict[str, list[Postmortem]]] = {
        year: {answer: [] for answer in answers} for year in years_of(reviewed)
    }
    for record in reviewed:
        answer = given(record).get(name)
        by_year[year_of_review(record)][answer.verdict if answer else ""].append(record)
    total = {answer: tuple(r for year in by_year.values() for r in year[answer]) for answer in answers}
    judged = tuple(record for answer in answers[:3] for record in total[answer])
    return Tally(
        name,
        {
            year: {answer: tuple(records_with) for answer, records_with in counts.items()}
            for year, counts in by_year.items()
        },
        total,
        share_of(total[answers[0]], judged),
    )
