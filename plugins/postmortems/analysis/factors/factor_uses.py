"""Which factors occur in which incidents, and what was done about them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.scope import counted
from postmortems.record import NO_FACTORS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.record import Action, Factor, Lesson, Postmortem


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A factor in one record: how it acted there, and the lessons and actions that are about it."""

    record: Postmortem
    factors: tuple[Factor, ...]
    lessons: tuple[Lesson, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class FactorUse:
    """A factor of the vocabulary and the records in which it occurs, newest first."""

    factor: str
    occurrences: tuple[Occurrence, ...]

    @property
    def count(self) -> int:
        """In how many incidents it occurs."""
        return len(self.occurrences)

    @property
    def records(self) -> tuple[Postmortem, ...]:
        """The incidents in which it occurs."""
        return tuple(occurrence.record for occurrence in self.occurrences)

    @property
    def organisations(self) -> tuple[str, ...]:
        """The organisations in whose incidents it occurs, by name."""
        return tuple(sorted({occurrence.record.organisation for occurrence in self.occurrences}, key=str.casefold))

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year in which it occurs."""
        years = [occurrence.record.year for occurrence in self.occurrences]
        return min(years), max(years)

    @property
    def is_cause(self) -> bool:
        """Whether it is a factor, and not a word for none or for one that is not known."""
        return self.factor not in NO_FACTORS


def factors_of(record: Postmortem) -> tuple[str, ...]:
    """The factors of a record, each once, without the words for none and for one that is not known."""
    return tuple(
        name for name in dict.fromkeys(factor.factor for factor in record.factors) if name not in NO_FACTORS
    )


def by_factor(records: Iterable[Postmortem]) -> dict[str, list[Postmortem]]:
    """The records that have each factor, in their order."""
    records_by_factor: dict[str, list[Postmortem]] = {}
    for record in records:
        for factor in factors_of(record):
            records_by_factor.setdefault(factor, []).append(record)
    return records_by_factor


def factor_uses(records: Iterable[Postmortem]) -> tuple[FactorUse, ...]:
    """Every factor that occurs, most frequent first; each record counts once for a factor."""
    by_factor: dict[str, list[Occurrence]] = defaultdict(list)
    for record in counted(records):
        for name in dict.fromkeys(factor.factor for factor in record.factors):
            by_factor[name].append(_occurrence(record, name))
    uses = (FactorUse(name, tuple(occurrences)) for name, occurrences in by_factor.items())
    return tuple(sorted(uses, key=lambda use: (-use.count, use.factor)))


def _occurrence(record: Postmortem, name: str) -> Occurrence:
    factors = tuple(factor for factor in record.factors if factor.factor == name)
    lessons = tuple(lesson for lesson in record.lessons if {f.id for f in factors} & set(lesson.about))
    targets = {factor.id for factor in factors} | {lesson.id for lesson in lessons}
    actions = tuple(action for action in record.actions if targets & set(action.addresses))
    return Occurrence(record, factors, lessons, actions)
