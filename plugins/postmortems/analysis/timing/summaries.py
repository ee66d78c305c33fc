"""How long it took, over many incidents: what is typical of each metric, and what can't enter that and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.estimates import quantile_of
from postmortems.analysis.statistics.measures import Exclusion, Measure
from postmortems.analysis.timing.durations import METRICS, Reason, applies, timed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from postmortems.analysis.timing.durations import Metric, Timed
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem

MEDIAN, THREE_IN_FOUR, NINE_IN_TEN = 0.5, 0.75, 0.9
MAIN = ("ttd", "ttc", "ttrc")
"""The metrics that every incident can have and that are told apart; the others lie inside these or are rarer."""

Timings = Mapping[str, tuple["Timed", ...]]
"""By the id of a metric, the incidents to which it applies, and what it is in each."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A metric over the incidents to which it applies; all quantiles rest on the same of them, in seconds."""

    metric: Metric
    timed: tuple[Timed, ...]
    median: Measure
    three_in_four: Measure
    nine_in_ten: Measure

    @property
    def records(self) -> tuple[Postmortem, ...]:
        """The incidents to which it applies."""
        return tuple(entry.record for entry in self.timed)

    @property
    def drawn(self) -> tuple[Timed, ...]:
        """Those of which a length is known, however roughly."""
        return tuple(entry for entry in self.timed if entry.span)


def timings(records: Iterable[Postmortem], as_of: datetime) -> Timings:
    """Look at every metric of every incident once, however often they are summed up afterwards."""
    incidents = tuple(records)
    return {
        metric.id: tuple(timed(record, metric, as_of) for record in incidents if applies(metric, record))
        for metric in METRICS
    }


def of_some(measured: Timings, records: Iterable[Postmortem]) -> Timings:
    """Those of some records only."""
    ids = {record.id for record in records}
    return {
        name: tuple(entry for entry in entries if entry.record.id in ids) for name, entries in measured.items()
    }


def summary(metric: Metric, entries: Iterable[Timed]) -> Summary:
    """Sum up one metric; what it excludes and what it rests on make up all incidents to which it applies."""
    timed = tuple(entries)
    entered = [entry for entry in timed if entry.reason is None]
    seconds = [entry.span.length.total_seconds() for entry in entered if entry.span]
    basis = tuple(entry.record for entry in entered)
    excluded = _excluded(timed)

    def quantile(part: float) -> Measure:
        estimate = quantile_of(seconds, part)
        return Measure(estimate.value, "seconds", basis, len(timed), estimate.interval, estimate.state, excluded)

    return Summary(metric, timed, quantile(MEDIAN), quantile(THREE_IN_FOUR), quantile(NINE_IN_TEN))


def summaries(measured: Timings) -> dict[str, Summary]:
    """All metrics, by their ids."""
    return {metric.id: summary(metric, measured[metric.id]) for metric in METRICS}


def by_severity(measured: Timings, policy: Policy) -> Mapping[str, Mapping[str, Summary]]:
    """The main metrics for each severity that occurs, worst first; those without one, or with another, last."""
    groups: dict[str, dict[str, list[Timed]]] = {severity: _groups() for severity in policy.severities}
    for name in MAIN:
        for entry in measured[name]:
            groups.setdefault(entry.record.severity.id, _groups())[name].append(entry)
    return {
        severity: {metric.id: summary(metric, group[metric.id]) for metric in main_metrics()}
        for severity, group in groups.items()
        if any(group.values())
    }


def main_metrics() -> tuple[Metric, ...]:
    """The metrics that are summarised by severity and by year."""
    return tuple(metric for metric in METRICS if metric.id in MAIN)


def _groups() -> dict[str, list[Timed]]:
    return {name: [] for name in MAIN}


def _excluded(timed: Iterable[Timed]) -> tuple[Exclusion, ...]:
    """What was left out, by reason; reasons for which nothing was are not named."""
    left: dict[Reason, list[Postmortem]] = {reason: [] for reason in Reason}
    for entry in timed:
        if entry.reason is not None:
            left[entry.reason].append(entry.record)
    return tuple(Exclusion(reason.value, tuple(records)) for reason, records in left.items() if records)
