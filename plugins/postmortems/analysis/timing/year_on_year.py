"""Durations of the last twelve months beside those of the twelve before, and whether they clearly differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.periods import happened, year_before, year_to
from postmortems.analysis.timing.summaries import MAIN, main_metrics, summary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from postmortems.analysis.statistics.measures import Interval
    from postmortems.analysis.statistics.periods import Period
    from postmortems.analysis.timing.durations import Timed
    from postmortems.analysis.timing.summaries import Summary, Timings
    from postmortems.record import Postmortem


class Trend(StrEnum):
    """What two years say of a duration."""

    LONGER = "longer"
    SHORTER = "shorter"
    CANNOT_TELL = "cannot tell"
    TOO_FEW = "too few"


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """A metric in the incidents of both years."""

    now: Summary
    before: Summary

    @property
    def change(self) -> Trend:
        """Longer or shorter only where the intervals of both medians lie apart.

        That is more cautious than a test at 5 %: of two samples of one distribution, fewer than one pair in a
        hundred lies so far apart. Fewer incidents than a median needs, on either side, say nothing.
        """
        now, before = _bounds(self.now), _bounds(self.before)
        if now is None or before is None:
            return Trend.TOO_FEW
        if now[0] > before[1]:
            return Trend.LONGER
        return Trend.SHORTER if now[1] < before[0] else Trend.CANNOT_TELL


@dataclass(frozen=True, slots=True)
class Years:
    """The main metrics in the twelve months to now and in those before; `unplaced` may lie in one or neither."""

    now: Period
    before: Period
    rows: tuple[YearOnYear, ...]
    unplaced: tuple[Postmortem, ...]

    @property
    def compared(self) -> tuple[YearOnYear, ...]:
        """Those with enough incidents on both sides."""
        return tuple(row for row in self.rows if row.change is not Trend.TOO_FEW)


def year_on_year(measured: Timings, as_of: datetime) -> Years:
    """Put incidents into the two years by the day on which they began, where that is known exactly enough."""
    now = year_to(as_of.date())
    before = year_before(now)
    began = {entry.record.id: happened(entry.record) for entry in measured[MAIN[0]]}

    def within(year: Period, entries: Iterable[Timed]) -> Iterable[Timed]:
        return (entry for entry in entries if year.holds(began[entry.record.id]))

    return Years(
        now,
        before,
        tuple(
            YearOnYear(
                summary(metric, within(now, measured[metric.id])),
                summary(metric, within(before, measured[metric.id])),
            )
            for metric in main_metrics()
        ),
        tuple(
            entry.record
            for entry in measured[MAIN[0]]
            if _between(began[entry.record.id], now) or _between(began[entry.record.id], before)
        ),
    )


def _between(began: Period, year: Period) -> bool:
    """Whether a start may lie in a year or outside it."""
    return year.meets(began) and not year.holds(began)


def _bounds(durations: Summary) -> tuple[float, float] | None:
    interval: Interval | None = durations.median.interval
    if interval is None or interval.low is None or interval.high is None:
        return None
    return interval.low, interval.high
