"""Severity drift: whether incidents turned out worse or less severe than they were declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.estimates import share_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.analysis.statistics.measures import Share
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem


@dataclass(frozen=True, slots=True)
class SeverityDrift:
    """Out of the incidents whose severities are known: settled worse than declared, less severe, or the same."""

    worse: Share
    milder: Share
    same: Share


def severity_drift(records: Iterable[Postmortem], policy: Policy) -> SeverityDrift:
    """Compare the declared severity with the final one; a record that states one only was left as declared."""
    by_change: dict[int, list[Postmortem]] = {-1: [], 0: [], 1: []}
    known: list[Postmortem] = []
    for record in records:
        declared, final = record.severity.declared or record.severity.final, record.severity.id
        if declared not in policy.severities or final not in policy.severities:
            continue
        before, after = policy.rank(declared), policy.rank(final)
        by_change[(after > before) - (after < before)].append(record)
        known.append(record)
    return SeverityDrift(*(share_of(tuple(by_change[way]), tuple(known)) for way in (-1, 1, 0)))
