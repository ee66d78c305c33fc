"""How long it took, over many incidents: what is typical of each metric, and what can't enter that and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.estimates import quantile_of
from postmortems.analysis.measures import Exclusion, Measure
from postmortems.analysis.timing import METRICS, Reason, applies, timed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from postmortems.analysis.timing import Metric, Timed
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem

MEDIAN, THREE_IN_FOUR, NINE_IN_TEN = 0.5, 0.75, 0.9
MAIN = ("ttd", "ttc", "ttrc")
"""The metrics that are told apart by severity and by year; the others lie inside these or are rarer."""


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


def summary(metric: Metric, records: Iterable[Postmortem], as_of: datetime) -> Summary:
    """Sum up one metric; what it excludes and what it rests on make up all incidents to which it applies."""
    found = tuple(timed(record, metric, as_of) for record in records if applies(metric, record))
    entered = [entry for entry in found if entry.reason is None]
    seconds = [entry.span.length.total_seconds() for entry in entered if entry.span]
    basis = tuple(entry.record for entry in entered)
    excluded = _excluded(found)

    def quantile(part: float) -> Measure:
        told = quantile_of(seconds, part)
        return Measure(told.value, "seconds", basis, len(found), told.interval, told.state, excluded)

    return Summary(metric, found, quantile(MEDIAN), quantile(THREE_IN_FOUR), quantile(NINE_IN_TEN))


def summaries(records: Iterable[Postmortem], as_of: datetime) -> dict[str, Summary]:
    """All metrics, by their ids."""
    incidents = tuple(records)
    return {metric.id: summary(metric, incidents, as_of) for metric in METRICS}


def by_severity(
    records: Iterable[Postmortem], policy: Policy, as_of: datetime
) -> Mapping[str, Mapping[str, Summary]]:
    """The main metrics for each severity that occurs, worst first; those without one, or with another, last."""
    groups: dict[str, list[Postmortem]] = {severity: [] for severity in policy.severities}
    for record in records:
        groups.setdefault(record.severity.id, []).append(record)
    metrics = [metric for metric in METRICS if metric.id in MAIN]
    return {
        severity: {metric.id: summary(metric, group, as_of) for metric in metrics}
        for severity, group in groups.items()
        if group
    }


def _excluded(found: Iterable[Timed]) -> tuple[Exclusion, ...]:
    """What was left out, by reason; reasons for which nothing was are not named."""
    left: dict[Reason, list[Postmortem]] = {reason: [] for reason in Reason}
    for entry in found:
        if entry.reason is not None:
            left[entry.reason].append(entry.record)
    return tuple(Exclusion(reason.value, tuple(records)) for reason, records in left.items() if records)
