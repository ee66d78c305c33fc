"""How many incidents there are a quarter, how exactly that is known, and whether it has changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.control_chart import control_limits
from postmortems.analysis.statistics.estimates import (
    CHANCE,
    minimum_n,
    overdispersion,
    poisson,
    rate_ratio,
    rejects,
)
from postmortems.analysis.statistics.measures import Exclusion, Interval, Measure, State
from postmortems.analysis.statistics.quarters import Coverage, quarter_in_which, seen_quarters
from postmortems.analysis.statistics.scope import own
from postmortems.analysis.statistics.selection import EVERYTHING, Selection
from postmortems.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from postmortems.analysis.statistics.control_chart import ProcessLimits
    from postmortems.analysis.statistics.estimates import Comparison
    from postmortems.analysis.statistics.quarters import Quarter, Seen
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem

NEWEST = 24
"""So many quarters are looked at: what an organisation was before them tells little of what it is now."""

YEAR = 4
LEAST_TO_COMPARE = minimum_n(0.5)
"""Of fewer incidents in two years together, no split could be told from chance: 2 x 0.5^n is above 5 %."""


class Verdict(StrEnum):
    """What a comparison of two years says."""

    MORE = "more"
    FEWER = "fewer"
    CANNOT_TELL = "cannot tell"
    CLUSTERED = "incidents cluster"
    TOO_FEW = "too few"


@dataclass(frozen=True, slots=True)
class QuarterCount:
    """What began in a quarter. `count` is that of incidents, None where nobody could see them.

    Near misses and exercises are kept apart.
    """

    seen: Seen
    count: Measure | None
    incidents: tuple[Postmortem, ...]
    near_misses: tuple[Postmortem, ...]
    exercises: tuple[Postmortem, ...]

    @property
    def quarter(self) -> Quarter:
        """Which one it is."""
        return self.seen.quarter

    @property
    def is_whole(self) -> bool:
        """Whether all of it could be seen, so that its count enters the figures."""
        return self.seen.coverage is Coverage.WHOLE


@dataclass(frozen=True, slots=True)
class LastYears:
    """The last four whole quarters beside the four before them; empty, and not compared, where there are fewer."""

    now: tuple[QuarterCount, ...]
    before: tuple[QuarterCount, ...]
    comparison: Comparison | None
    verdict: Verdict

    @property
    def incidents_now(self) -> tuple[Postmortem, ...]:
        """The incidents of the last four."""
        return _incidents_of(self.now)

    @property
    def incidents_before(self) -> tuple[Postmortem, ...]:
        """The incidents of the four before."""
        return _incidents_of(self.before)


@dataclass(frozen=True, slots=True)
class Frequency:
    """Quarters, oldest first, and what the whole ones among them say.

    `rate` is the mean of the whole quarters. `clusters` is the p-value of their counts if these vary by chance
    alone, None where there are too few. `limits` are those of an XmR chart of them, None where they are too few
    or too small. `older` are quarters left out at the beginning, `unplaced` incidents whose start is not known to
    the quarter.
    """

    quarters: tuple[QuarterCount, ...]
    rate: Measure
    clusters: float | None
    limits: ProcessLimits | None
    years: LastYears
    older: int
    unplaced: tuple[Postmortem, ...]

    @property
    def whole(self) -> tuple[QuarterCount, ...]:
        """The quarters that can be seen as a whole."""
        return tuple(count for count in self.quarters if count.is_whole)

    @property
    def is_clustered(self) -> bool:
        """Whether the counts vary more than chance would let them."""
        return self.clusters is not None and self.clusters < CHANCE

    @property
    def outside(self) -> tuple[QuarterCount, ...]:
        """The quarters beyond the limits of the XmR chart, oldest first."""
        return tuple(self.whole[place] for place in (self.limits.outside if self.limits else ()))

    @property
    def runs(self) -> tuple[tuple[QuarterCount, QuarterCount], ...]:
        """The first and last quarters of its runs on one side of the mean."""
        return tuple((self.whole[a], self.whole[b]) for a, b in (self.limits.runs if self.limits else ()))


def frequency(
    records: Iterable[Postmortem], policy: Policy, as_of: datetime, selection: Selection = EVERYTHING
) -> Frequency:
    """Count an organisation's own incidents by the quarter in which they began.

    Which quarters can be seen follows from all of its records; a selection narrows down what is counted in them.
    """
    mine = own(records, policy)
    asked = tuple(record for record in mine if selection.holds(record))
    seen = seen_quarters(mine, as_of, selection.since)
    by_quarter: dict[Quarter | None, list[Postmortem]] = defaultdict(list)
    for record in asked:
        by_quarter[quarter_in_which(record)].append(record)
    counts = tuple(_count(quarter, by_quarter[quarter.quarter]) for quarter in seen[-NEWEST:])
    whole = tuple(count for count in counts if count.is_whole)
    numbers = [len(count.incidents) for count in whole]
    unplaced = tuple(record for record in by_quarter[None] if record.has_durations)
    clusters = overdispersion(numbers) if len(whole) >= YEAR else None
    return Frequency(
        counts,
        _rate(whole, unplaced),
        clusters,
        control_limits(numbers),
        _last_years(whole, clustered=clusters is not None and clusters < CHANCE),
        max(len(seen) - NEWEST, 0),
        unplaced,
    )


def _count(seen: Seen, here: Sequence[Postmortem]) -> QuarterCount:
    incidents = tuple(record for record in here if record.has_durations)
    return QuarterCount(
        seen,
        None
        if seen.coverage is Coverage.NO_DATA
        else Measure(len(incidents), "count", incidents, len(incidents), poisson(len(incidents))),
        incidents,
        tuple(record for record in here if record.incident_class == "near-miss"),
        tuple(record for record in here if record.incident_class == "exercise"),
    )


def _rate(whole: Sequence[QuarterCount], unplaced: tuple[Postmortem, ...]) -> Measure:
    """Incidents a quarter: all of them by the number of quarters, and so the exact bounds of their count."""
    incidents = _incidents_of(whole)
    excluded = (Exclusion(N_("start not known to the quarter"), unplaced),) if unplaced else ()
    of = len(incidents) + len(unplaced)
    if len(whole) < YEAR:
        return Measure(None, "per-quarter", incidents, of, None, State.TOO_FEW, excluded)
    bounds = poisson(len(incidents))
    low, high = (bound / len(whole) if bound is not None else None for bound in (bounds.low, bounds.high))
    return Measure(
        len(incidents) / len(whole), "per-quarter", incidents, of, Interval(low, high), State.OK, excluded
    )


def _last_years(whole: Sequence[QuarterCount], *, clustered: bool) -> LastYears:
    if len(whole) < 2 * YEAR:
        return LastYears((), (), None, Verdict.TOO_FEW)
    now, before = tuple(whole[-YEAR:]), tuple(whole[-2 * YEAR : -YEAR])
    k, k_before = len(_incidents_of(now)), len(_incidents_of(before))
    if k + k_before < LEAST_TO_COMPARE:
        return LastYears(now, before, None, Verdict.TOO_FEW)
    comparison = rate_ratio(k, _days(now), k_before, _days(before))
    if clustered:
        return LastYears(now, before, comparison, Verdict.CLUSTERED)
    verdict = Verdict.CANNOT_TELL
    if rejects(comparison.p):
        verdict = Verdict.MORE if k > k_before else Verdict.FEWER
    return LastYears(now, before, comparison, verdict)


def _incidents_of(counts: Iterable[QuarterCount]) -> tuple[Postmortem, ...]:
    """The incidents of quarters, newest first as records are."""
    incidents = (record for count in counts for record in count.incidents)
    return tuple(sorted(incidents, key=lambda record: (record.date_text, record.id), reverse=True))


def _days(counts: Iterable[QuarterCount]) -> int:
    return sum(count.seen.days for count in counts)
