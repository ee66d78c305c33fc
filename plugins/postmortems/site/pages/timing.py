"""Timing: what is typical, every duration as a dot, this year beside the last, and who noticed first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis import METRICS
from postmortems.analysis.detection import EXTERNAL, INTERNAL, detection_shares
from postmortems.analysis.durations import (
    MAIN,
    MEDIAN,
    NINE_IN_TEN,
    THREE_IN_FOUR,
    by_severity,
    summaries,
)
from postmortems.analysis.estimates import minimum_n
from postmortems.analysis.scope import own_incidents
from postmortems.analysis.timing import Reason, applies, timed
from postmortems.analysis.year_on_year import year_on_year
from postmortems.site.pages.timing_chart import durations_chart
from postmortems.site.phase_bar import common_scale, phase_bar
from postmortems.site.tree import Page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from postmortems.analysis.durations import Summary
    from postmortems.analysis.timing import Metric, Timed
    from postmortems.record import Postmortem
    from postmortems.site.context import Context

DRAWN = 60
LISTED = 200


def page(context: Context) -> Page:
    """The page of all durations."""
    measured = [record for record in context.records if record.has_durations]
    return Page(
        uri="timing/index.md",
        title="Timing",
        description="How long detection, containment and recovery took, where it is known.",
        template="timing.html",
        context={
            "site": context,
            "measured": measured,
            "apart": [record for record in context.records if record.counts and not record.has_durations],
            "reasons": Reason,
            "main": [metric for metric in METRICS if metric.id in MAIN],
            **_own(context),
            **_bars(measured),
            **_table(measured, context.as_of),
        },
        updated=context.updated,
    )


def _own(context: Context) -> dict[str, object]:
    """What is told of the organisation's own incidents, and of no others."""
    policy, as_of = context.conventions.policy, context.as_of
    own = own_incidents(context.records, policy)
    found = summaries(own, as_of)
    severities, years = by_severity(own, policy, as_of), year_on_year(own, as_of)
    return {
        "organisation": policy.organisation,
        "own": own,
        "summaries": found,
        "reached": {
            **{name: any(getattr(summary, name).interval for summary in found.values()) for name in _QUANTILES},
            "years": any(side.median.interval for row in years.rows for side in (row.now, row.before)),
            "severity": len(severities) > 1 and any(_any_median(group) for group in severities.values()),
        },
        "least": {name: minimum_n(part) for name, part in _QUANTILES.items()},
        "chart": durations_chart(tuple(found.values()), {record.id for record in own[:DRAWN]}),
        "drawn": own[:DRAWN],
        "severities": severities,
        "years": years,
        "detection": detection_shares(own),
        "internal": INTERNAL,
        "external": EXTERNAL,
    }


_QUANTILES = {"median": MEDIAN, "three_in_four": THREE_IN_FOUR, "nine_in_ten": NINE_IN_TEN}


def _any_median(group: Mapping[str, Summary]) -> bool:
    return any(summary.median.interval for summary in group.values())


def _bars(measured: Sequence[Postmortem]) -> dict[str, object]:
    drawable = [record for record in measured if phase_bar(record)]
    scale = common_scale(drawable[:DRAWN])
    return {
        "bars": [(record, phase_bar(record, scale)) for record in drawable[:DRAWN]],
        "drawable": drawable,
        "scale": scale,
    }


def _table(measured: Sequence[Postmortem], as_of: datetime) -> dict[str, object]:
    """The newest records with each duration that at least one of all has, or goes on with."""
    cells = {metric.id: [_cell(record, metric, as_of) for record in measured] for metric in METRICS}
    known = {
        name: [entry.record for entry in column if entry and entry.span and entry.reason is not Reason.ONGOING]
        for name, column in cells.items()
    }
    metrics = [metric for metric in METRICS if any(entry and entry.span for entry in cells[metric.id])]
    return {
        "metrics": metrics,
        "known": known,
        "applicable": {name: [entry.record for entry in column if entry] for name, column in cells.items()},
        "rows": [
            (record, [(metric, cells[metric.id][place]) for metric in metrics])
            for place, record in enumerate(measured[:LISTED])
        ],
    }


def _cell(record: Postmortem, metric: Metric, as_of: datetime) -> Timed | None:
    """A duration of a record, or None where it can have none of this kind."""
    return timed(record, metric, as_of) if applies(metric, record) else None
