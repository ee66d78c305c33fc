"""How many incidents a quarter, and whether there are more or fewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.frequency.counts import LEAST_TO_COMPARE, YEAR, Verdict, frequency
from postmortems.figures.section import StatsSection, basis_data, bounds_data, value_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.analysis.frequency.counts import Frequency, LastYears, QuarterCount
    from postmortems.analysis.statistics.measures import Interval
    from postmortems.figures.section import Asked


def frequency_section(asked: Asked) -> StatsSection:
    """The counts of each quarter, newest first, the rate, and two years compared."""
    found = frequency(asked.records, asked.policy, asked.as_of, asked.selection)
    counts = found.quarters[::-1]
    return StatsSection(
        id="frequency",
        title="How often",
        columns=("Quarter", "Incidents", "95 % interval", "Near misses", "Exercises", "Seen"),
        rows=[_row(count) for count in counts],
        data=[_data(count) for count in counts],
        summary={
            "rate_per_quarter": {**basis_data(found.rate), **value_data(found.rate), "quarters": len(found.whole)},
            "last_years": _years(found.years),
            "dispersion_p": found.clusters,
            "clustered": found.is_clustered,
            "limits": {"low": found.limits.low, "high": found.limits.high} if found.limits else None,
            "beyond_limits": [str(count.quarter) for count in found.outside],
            "runs": [[str(first.quarter), str(last.quarter)] for first, last in found.runs],
        },
        notes=list(_notes(found)),
        numbers=("Incidents", "Near misses", "Exercises"),
    )


def _row(count: QuarterCount) -> tuple[str, ...]:
    seen = count.seen
    if count.count is None:
        return (str(count.quarter), "–", "", "–", "–", seen.coverage.value)
    days = "" if count.is_whole else f"{seen.days} of {count.quarter.period.days} days, "
    return (
        str(count.quarter),
        str(len(count.incidents)),
        _span(count.count.interval),
        str(len(count.near_misses)),
        str(len(count.exercises)),
        f"{days}{seen.coverage.value}",
    )


def _data(count: QuarterCount) -> dict[str, object]:
    visible = count.count is not None
    return {
        "quarter": str(count.quarter),
        "incidents": len(count.incidents) if visible else None,
        **bounds_data(count.count.interval if count.count else None),
        "near_misses": len(count.near_misses) if visible else None,
        "exercises": len(count.exercises) if visible else None,
        "whole": count.is_whole,
        "seen": count.seen.coverage.value,
        "days": count.seen.days,
        "of_days": count.quarter.period.days,
    }


def _years(years: LastYears) -> dict[str, object]:
    comparison = years.comparison
    return {
        "now": len(years.incidents_now) if years.now else None,
        "before": len(years.incidents_before) if years.before else None,
        "ratio": comparison.ratio if comparison else None,
        **bounds_data(comparison.interval if comparison else None),
        "p": comparison.p if comparison else None,
        "verdict": years.verdict.value,
    }


def _notes(found: Frequency) -> Iterator[str]:
    if found.older:
        yield f"Older quarters are left out: {found.older}."
    if found.unplaced:
        yield f"Not counted, since their start is not known to the quarter: {len(found.unplaced)}."
    whole = len(found.whole)
    if found.rate.value is None:
        yield f"A rate takes {YEAR} whole quarters; there {'is' if whole == 1 else 'are'} {whole}."
    else:
        span = _span(found.rate.interval)
        yield f"{found.rate.value:.1f} incidents a quarter (95 % interval {span}) in {whole} whole quarters."
    yield _comparison(found.years)
    if found.is_clustered:
        yield f"The counts vary more than chance would make them (p = {found.clusters:.2f}): incidents cluster."
    if found.limits:
        marked = ", ".join(str(count.quarter) for count in found.outside) or "no quarter"
        yield f"Beyond the limits of a control chart, {found.limits.low:.1f} to {found.limits.high:.1f}: {marked}."


def _comparison(years: LastYears) -> str:
    if not years.now:
        return f"A comparison of two years takes {2 * YEAR} whole quarters."
    counts = (
        f"Last four whole quarters: {len(years.incidents_now)}; the four before: {len(years.incidents_before)}"
    )
    if years.verdict is Verdict.TOO_FEW:
        return f"{counts}; fewer than {LEAST_TO_COMPARE} are too few to tell."
    told = {
        Verdict.MORE: "more often than then",
        Verdict.FEWER: "less often than then",
        Verdict.CLUSTERED: "no change can be told, since incidents cluster",
    }
    return f"{counts}: {told.get(years.verdict, 'no change can be told')}."


def _span(bounds: Interval | None) -> str:
    if bounds is None:
        return ""
    return f"{bounds.low or 0:.1f} to {bounds.high or 0:.1f}"
