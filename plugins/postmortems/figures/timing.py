"""How long it took: what is typical of each duration, and the last twelve months beside those before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.statistics.estimates import minimum_n
from postmortems.analysis.timing.summaries import MEDIAN, NINE_IN_TEN, THREE_IN_FOUR, summaries, timings
from postmortems.analysis.timing.year_on_year import Trend, year_on_year
from postmortems.figures.section import (
    StatsSection,
    basis_data,
    bounded,
    cut_off,
    left_out,
    measured,
    value_data,
)
from postmortems.rendering.formatting import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.analysis.statistics.measures import Measure
    from postmortems.analysis.timing.year_on_year import Years
    from postmortems.figures.section import Asked

_LEAST, _LEAST_THREE, _LEAST_NINE = (minimum_n(part) for part in (MEDIAN, THREE_IN_FOUR, NINE_IN_TEN))


def timing_section(asked: Asked) -> StatsSection:
    """The quantiles of each duration; those that none has are no column."""
    found = [entry for entry in summaries(timings(asked.incidents, asked.as_of)).values() if entry.timed]
    three = any(entry.three_in_four.interval for entry in found)
    nine = any(entry.nine_in_ten.interval for entry in found)
    return StatsSection(
        id="timing",
        title="How long it took",
        columns=(
            *("Duration", "Known", "Half within", "95 % interval"),
            *(["Three in four"] if three else []),
            *(["Nine in ten"] if nine else []),
            "Left out",
        ),
        rows=[
            (
                entry.metric.label,
                f"{entry.median.n} of {entry.median.of}",
                measured(entry.median, _LEAST),
                bounded(entry.median.interval, "seconds"),
                *([measured(entry.three_in_four, _LEAST_THREE)] if three else []),
                *([measured(entry.nine_in_ten, _LEAST_NINE)] if nine else []),
                left_out(entry.median.excluded),
            )
            for entry in found
        ],
        data=[
            {
                "metric": entry.metric.id,
                "label": entry.metric.label,
                "unit": "seconds",
                **basis_data(entry.median),
                "median": value_data(entry.median),
                "three_in_four": value_data(entry.three_in_four),
                "nine_in_ten": value_data(entry.nine_in_ten),
            }
            for entry in found
        ],
    )


def years_section(asked: Asked) -> StatsSection:
    """The medians of two years."""
    years = year_on_year(timings(asked.incidents, asked.as_of), asked.as_of)
    return StatsSection(
        id="years",
        title="This year and the last",
        columns=(
            "Half within",
            "Last twelve months",
            "95 % interval",
            "The twelve before",
            "95 % interval",
            "Change",
        ),
        rows=[
            (
                row.now.metric.label,
                measured(row.now.median, _LEAST),
                bounded(row.now.median.interval, "seconds"),
                measured(row.before.median, _LEAST),
                bounded(row.before.median.interval, "seconds"),
                "too few to tell" if row.change is Trend.TOO_FEW else row.change.value,
            )
            for row in years.rows
        ],
        data=[
            {
                "metric": row.now.metric.id,
                "label": row.now.metric.label,
                "unit": "seconds",
                "now": _year(row.now.median),
                "before": _year(row.before.median),
                "change": row.change.value,
            }
            for row in years.rows
        ],
        summary={
            "now": {"first": str(years.now.first), "last": str(years.now.last)},
            "before": {"first": str(years.before.first), "last": str(years.before.last)},
        },
        notes=list(_notes(asked, years)),
    )


def _notes(asked: Asked, years: Years) -> Iterator[str]:
    now, before = day(years.now.first), day(years.before.first)
    yield f"The last twelve months begin on {now}, the twelve before on {before}."
    yield "A change is told only where the intervals do not overlap."
    yield from cut_off(asked, years.before)


def _year(median: Measure) -> dict[str, object]:
    return {**basis_data(median), **value_data(median)}
