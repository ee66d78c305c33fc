"""Counts by year of what an incident is: its severity, its class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.quarters import Coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from postmortems.analysis.frequency.counts import QuarterCount
    from postmortems.record import Postmortem


@dataclass(frozen=True, slots=True)
class YearTable:
    """Incidents by what they are and by year, oldest first; `whole` are the years of which all can be seen."""

    years: tuple[int, ...]
    whole: frozenset[int]
    rows: Mapping[str, Mapping[int, tuple[Postmortem, ...]]]


def year_table(
    quarters: Sequence[QuarterCount], kind: Callable[[Postmortem], str], order: Iterable[str]
) -> YearTable:
    """Sort the incidents of quarters by kind and year: kinds in `order`, and others that occur after them.

    Kinds that do not occur are left out; a year without one of them has none of it. What can't be seen is no year.
    """
    seen = [count for count in quarters if count.seen.coverage is not Coverage.NO_DATA]
    years = tuple(dict.fromkeys(count.quarter.year for count in seen))
    table: dict[str, dict[int, list[Postmortem]]] = {name: {} for name in order}
    for count in reversed(seen):  # newest first, as records are
        for record in count.incidents:
            table.setdefault(kind(record), {}).setdefault(count.quarter.year, []).append(record)
    return YearTable(
        years,
        frozenset(
            year for year in years if sum(count.is_whole for count in seen if count.quarter.year == year) == 4
        ),
        {
            name: {year: tuple(by_year.get(year, ())) for year in years}
            for name, by_year in table.items()
            if by_year
        },
    )
