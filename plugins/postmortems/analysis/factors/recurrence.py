"""Which factors recur in an organisation's own incidents of the last twelve months, and whether more often."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from postmortems.analysis.factors.factor_uses import by_factor
from postmortems.analysis.statistics.estimates import LEVEL, minimum_n, rate_ratio
from postmortems.analysis.statistics.periods import began_in, happened, year_before, year_to
from postmortems.analysis.statistics.scope import own
from postmortems.analysis.statistics.selection import EVERYTHING, Selection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from postmortems.analysis.statistics.estimates import Comparison
    from postmortems.analysis.statistics.periods import Period
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem

LISTED_FROM = 2

# In two years of equal length, the rarest split of n incidents is all in one: p = 2 x 0.5^n. That falls below 5 %
# at the same n as for a median's interval; with fewer, no split could be told from chance.
LEAST_TO_COMPARE = minimum_n(0.5)


class Direction(StrEnum):
    """What a comparison of two years says."""

    MORE = "more"
    FEWER = "fewer"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A factor in the incidents of the twelve months to now, and in those of the twelve before them.

    `apart` are near misses and exercises of the last twelve months with it. `comparison` is None where both years
    together have too few incidents with it, or the records do not reach back so far.
    """

    factor: str
    now: tuple[Postmortem, ...]
    before: tuple[Postmortem, ...]
    apart: tuple[Postmortem, ...]
    comparison: Comparison | None

    @property
    def recurs(self) -> bool:
        """Whether it occurred in two or more incidents of the last twelve months."""
        return len(self.now) >= LISTED_FROM

    @property
    def services(self) -> tuple[str, ...]:
        """The services on which it occurred in the last twelve months."""
        return tuple(sorted({service for record in self.now for service in record.services}))

    @property
    def direction(self) -> Direction | None:
        """More, fewer, or not to be told from chance; None where there was nothing to compare."""
        if self.comparison is None:
            return None
        if self.comparison.p > 1 - LEVEL:
            return Direction.CANNOT_TELL
        return Direction.MORE if len(self.now) > len(self.before) else Direction.FEWER


@dataclass(frozen=True, slots=True)
class Recurrences:
    """The factors of the last two years, most frequent now first, and the incidents in which they were counted.

    `unplaced` are incidents whose start is known too inexactly to say whether they lie in the year. `reaches_back`
    tells whether the records begin early enough for the year before to be complete.
    """

    year: Period
    before: Period
    incidents: tuple[Postmortem, ...]
    incidents_before: tuple[Postmortem, ...]
    unplaced: tuple[Postmortem, ...]
    reaches_back: bool
    by_factor: dict[str, Recurrence]

    @property
    def recurring(self) -> tuple[Recurrence, ...]:
        """Those that occurred in two or more incidents of the last twelve months."""
        return tuple(entry for entry in self.by_factor.values() if entry.recurs)


def recurrences(
    records: Iterable[Postmortem], policy: Policy, as_of: datetime, selection: Selection = EVERYTHING
) -> Recurrences:
    """Count each factor once an incident, in own incidents only; near misses and exercises are kept apart.

    A `selection` narrows down what is counted, not how far back the records reach.
    """
    year = year_to(as_of.date())
    before = year_before(year)
    mine = own(records, policy)
    reaches_back = any(happened(record).first <= before.first for record in mine)
    mine = tuple(record for record in mine if selection.holds(record))
    now = began_in(mine, year)
    unplaced = (record for record in mine if year.meets(began := happened(record)) and not year.holds(began))
    incidents, incidents_before = _incidents(now), _incidents(began_in(mine, before))
    found_now, found_before = by_factor(incidents), by_factor(incidents_before)
    found_apart = by_factor(record for record in now if not record.has_durations)

    def entry(factor: str) -> Recurrence:
        now_with, before_with = found_now.get(factor, ()), found_before.get(factor, ())
        k, k_before = len(now_with), len(before_with)
        enough = reaches_back and k + k_before >= LEAST_TO_COMPARE
        return Recurrence(
            factor,
            tuple(now_with),
            tuple(before_with),
            tuple(found_apart.get(factor, ())),
            rate_ratio(k, year.days, k_before, before.days) if enough else None,
        )

    entries = [entry(factor) for factor in {**found_now, **found_before}]
    entries.sort(key=lambda recurrence: (-len(recurrence.now), -len(recurrence.before), recurrence.factor))
    return Recurrences(
        year,
        before,
        incidents,
        incidents_before,
        _incidents(unplaced),
        reaches_back,
        {recurrence.factor: recurrence for recurrence in entries},
    )


def _incidents(records: Iterable[Postmortem]) -> tuple[Postmortem, ...]:
    return tuple(record for record in records if record.has_durations)
