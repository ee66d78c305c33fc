"""The incidents of a quarter beside those of the quarter before it, and whether they clearly differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.frequency.counts import LEAST_TO_COMPARE, Verdict
from postmortems.analysis.statistics.estimates import LEVEL, rate_ratio

if TYPE_CHECKING:
    from postmortems.analysis.frequency.counts import Frequency, QuarterCount
    from postmortems.analysis.statistics.quarters import Coverage, Quarter
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem


@dataclass(frozen=True, slots=True)
class SeverityCount:
    """The incidents of one severity in both quarters; `severity` is empty for those that state none."""

    severity: str
    now: tuple[Postmortem, ...]
    before: tuple[Postmortem, ...]


@dataclass(frozen=True, slots=True)
class QuarterChange:
    """Two quarters of incidents.

    `coverage` and `coverage_before` say how much of each the records cover, None for nothing. `verdict` is None
    where one of the two isn't covered whole, so that there is nothing to compare.
    """

    quarter: Quarter
    coverage: Coverage | None
    coverage_before: Coverage | None
    incidents: tuple[Postmortem, ...]
    incidents_before: tuple[Postmortem, ...]
    near_misses: tuple[Postmortem, ...]
    exercises: tuple[Postmortem, ...]
    by_severity: tuple[SeverityCount, ...]
    verdict: Verdict | None


def quarter_change(counted: Frequency, quarter: Quarter, policy: Policy) -> QuarterChange:
    """Compare a quarter with the one before, both of them as counted by `frequency`."""
    counts = {count.quarter: count for count in counted.quarters}
    now, before = counts.get(quarter), counts.get(quarter.preceding)
    incidents = now.incidents if now else ()
    incidents_before = before.incidents if before else ()
    return QuarterChange(
        quarter=quarter,
        coverage=now.seen.coverage if now else None,
        coverage_before=before.seen.coverage if before else None,
        incidents=incidents,
        incidents_before=incidents_before,
        near_misses=now.near_misses if now else (),
        exercises=now.exercises if now else (),
        by_severity=_by_severity(incidents, incidents_before, policy),
        verdict=_verdict(now, before, clustered=counted.is_clustered),
    )


def _by_severity(
    now: tuple[Postmortem, ...], before: tuple[Postmortem, ...], policy: Policy
) -> tuple[SeverityCount, ...]:
    """The severities that occur in either quarter, worst first; what states none comes last."""
    counts = (
        SeverityCount(
            severity,
            tuple(record for record in now if _known(record, policy) == severity),
            tuple(record for record in before if _known(record, policy) == severity),
        )
        for severity in (*policy.severities, "")
    )
    return tuple(count for count in counts if count.now or count.before)


def _known(record: Postmortem, policy: Policy) -> str:
    return record.severity.id if record.severity.id in policy.severities else ""


def _verdict(now: QuarterCount | None, before: QuarterCount | None, *, clustered: bool) -> Verdict | None:
    if now is None or before is None or not (now.is_whole and before.is_whole):
        return None
    k, k_before = len(now.incidents), len(before.incidents)
    if k + k_before < LEAST_TO_COMPARE:
        return Verdict.TOO_FEW
    if clustered:
        return Verdict.CLUSTERED
    if rate_ratio(k, now.seen.days, k_before, before.seen.days).p > 1 - LEVEL:
        return Verdict.CANNOT_TELL
    return Verdict.MORE if k > k_before else Verdict.FEWER
