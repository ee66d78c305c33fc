"""Timing: every incident's phases in one drawing and one table, and in how many each is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis import METRICS, known, phases
from postmortems.site.phase_bar import common_scale, phase_bar
from postmortems.site.tree import Page

if TYPE_CHECKING:
    from postmortems.site.context import Context

COLUMNS = ("exposure", "ttd", "ttr", "ttc", "ttrc")
DRAWN = 60


def page(context: Context) -> Page:
    """The page of all phases."""
    rows = [phases(record) for record in context.records if record.has_durations]
    metrics = [metric for metric in METRICS if metric.id in COLUMNS]
    drawable = [row.record for row in rows if phase_bar(row.record)]
    scale = common_scale(drawable[:DRAWN])
    return Page(
        uri="timing/index.md",
        title="Timing",
        description="How long detection, containment and recovery took, where it is known.",
        template="timing.html",
        context={
            "site": context,
            "rows": rows,
            "total": len(rows),
            "metrics": metrics,
            "known": {metric.id: known(rows, metric) for metric in metrics},
            "before_impact": sum(row.record.detection.before_impact for row in rows),
            "without_durations": sum(record.counts and not record.has_durations for record in context.records),
            "bars": [(record, phase_bar(record, scale)) for record in drawable[:DRAWN]],
            "drawable": len(drawable),
            "scale": scale,
        },
        updated=context.updated,
    )
