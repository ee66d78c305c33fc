"""Which factors occur in which incidents, and what was done about them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.conventions import Vocabulary
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
    def organisations(self) -> tuple[str, ...]:
        """The organisations in whose incidents it occurs, by name."""
        return tuple(sorted({occurrence.record.organisation for occurrence in self.occurrences}, key=str.casefold))

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year in which it occurs."""
        years = [occurrence.record.year for occurrence in self.occurrences]
        return min(years), max(years)


def factor_uses(records: Iterable[Postmortem]) -> tuple[FactorUse, ...]:
    """Every factor that occurs, most frequent first; each record counts once for a factor."""
    found: dict[str, list[Occurrence]] = defaultdict(list)
    for record in records:
        if not record.counts:
            continue
        for name in dict.fromkeys(factor.factor for factor in record.factors):
            found[name].append(_occurrence(record, name))
    uses = (FactorUse(name, tuple(occurrences)) for name, occurrences in found.items())
    return tuple(sorted(uses, key=lambda use: (-use.count, use.factor)))


def dimension_counts(records: Iterable[Postmortem], vocabulary: Vocabulary) -> dict[str, int]:
    """In how many records each dimension has a factor, in the vocabulary's order."""
    counts: Counter[str] = Counter()
    for record in records:
        if record.counts:
            counts.update({vocabulary.dimension_of(factor.factor) for factor in record.factors})
    return {dimension: counts[dimension] for dimension in vocabulary.dimensions}


def _occurrence(record: Postmortem, name: str) -> Occurrence:
    factors = tuple(factor for factor in record.factors if factor.factor == name)
    lessons = tuple(lesson for lesson in record.lessons if {f.id for f in factors} & set(lesson.about))
    targets = {factor.id for factor in factors} | {lesson.id for lesson in lessons}
    actions = tuple(action for action in record.actions if targets & set(action.addresses))
    return Occurrence(record, factors, lessons, actions)
