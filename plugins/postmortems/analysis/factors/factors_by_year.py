"""In how many own incidents of each year the most frequent factors occur."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.factors.factor_uses import factors_of
from postmortems.analysis.statistics.scope import own_incidents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.conventions import Policy
    from postmortems.record import Postmortem

MOST_FACTORS = 12
MOST_YEARS = 8
LEAST_INCIDENTS = 5


@dataclass(frozen=True, slots=True)
class FactorYears:
    """Counts by factor and year: `counts[factor][i]` of the `totals[i]` incidents of `years[i]` have it."""

    years: tuple[int, ...]
    totals: tuple[int, ...]
    counts: dict[str, tuple[int, ...]]


def factor_years(records: Iterable[Postmortem], policy: Policy) -> FactorYears | None:
    """The last years and the factors most frequent in them; None where there is too little to look at.

    That is below 5 incidents, within one year, or where no factor occurs twice.
    """
    incidents = own_incidents(records, policy)
    newest = max((record.year for record in incidents), default=0)
    oldest = max(min((record.year for record in incidents), default=0), newest - MOST_YEARS + 1)
    years = tuple(range(oldest, newest + 1))
    shown = [record for record in incidents if record.year in years]
    cells = Counter((factor, record.year) for record in shown for factor in factors_of(record))
    sums = Counter(factor for record in shown for factor in factors_of(record))
    chosen = sorted((factor for factor in sums if sums[factor] > 1), key=lambda factor: (-sums[factor], factor))
    if len(shown) < LEAST_INCIDENTS or len(years) < 2 or not chosen:
        return None
    totals = Counter(record.year for record in shown)
    return FactorYears(
        years,
        tuple(totals[year] for year in years),
        {factor: tuple(cells[factor, year] for year in years) for factor in chosen[:MOST_FACTORS]},
    )
