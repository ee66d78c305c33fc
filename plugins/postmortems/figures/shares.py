"""Shares that hold where durations do not: who noticed, what was caught, and how severities turned out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.frequency.severity_drift import severity_drift
from postmortems.analysis.timing.detection import detection_shares
from postmortems.figures.section import StatsSection, figure_row, share_data

if TYPE_CHECKING:
    from postmortems.figures.section import Asked


def shares_section(asked: Asked) -> StatsSection:
    """Each share with Wilson's interval."""
    detection = detection_shares(asked.incidents)
    drift = severity_drift(asked.incidents, asked.policy)
    shares = {
        "internal_detection": ("Noticed by the organisation itself", detection.internal),
        "caught_before_impact": ("Caught before impact", detection.before_impact),
        "severity_worse": ("Turned out worse than declared", drift.worse),
        "severity_milder": ("Turned out less severe than declared", drift.milder),
    }
    return StatsSection(
        id="shares",
        title="Shares",
        columns=("Share", "Incidents", "", "95 % interval", "Left out"),
        rows=[figure_row(label, share) for label, share in shares.values()],
        data=[{"share": name, "label": label, **share_data(share)} for name, (label, share) in shares.items()],
        numbers=("",),
    )
