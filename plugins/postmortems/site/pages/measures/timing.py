"""Timing: what is typical, every duration as a dot, this year beside the last, and who noticed first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis import METRICS
from postmortems.analysis.statistics.estimates import minimum_n
from postmortems.analysis.statistics.scope import own_incidents
from postmortems.analysis.timing.detection import EXTERNAL, INTERNAL, detection_shares
from postmortems.analysis.timing.durations import Reason
from postmortems.analysis.timing.summaries import (
    MEDIAN,
    NINE_IN_TEN,
    THREE_IN_FOUR,
    by_severity,
    main_metrics,
    of_some,
    summaries,
    timings,
)
from postmortems.analysis.timing.year_on_year import Trend, year_on_year
from postmortems.site.pages.measures.timing_chart import durations_chart
from postmortems.site.phase_bar import common_scale, phase_bar
from postmortems.site.tree import Page
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postmortems.analysis.timing.summaries import Summary, Timings
    from postmortems.analysis.timing.year_on_year import Years
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext

DRAWN = 60
LISTED = 200
_TRENDS = {
    Trend.LONGER: N_("longer"),
    Trend.SHORTER: N_("shorter"),
    Trend.CANNOT_TELL: N_("no clear change"),
    Trend.TOO_FEW: N_("not enough data yet"),
}
_CHANGES = {
    ("ttd", Trend.LONGER): N_("longer to detect"),
    ("ttd", Trend.SHORTER): N_("shorter to detect"),
    ("ttc", Trend.LONGER): N_("longer to contain"),
    ("ttc", Trend.SHORTER): N_("shorter to contain"),
    ("ttrc", Trend.LONGER): N_("longer to recover"),
    ("ttrc", Trend.SHORTER): N_("shorter to recover"),
}


def page(context: SiteContext) -> Page:
    """The page of all durations."""
    measured = [record for record in context.records if record.has_durations]
    measures = timings(measured, context.as_of)
    return Page(
        uri="timing/index.md",
        title=_("Timing"),
        description=_("How long detection, containment and recovery took, where it is known."),
        template="measures/timing.html",
        context={
            "site": context,
            "measured": measured,
            "apart": [record for record in context.records if record.counts and not record.has_durations],
            "reasons": Reason,
            "trends": {trend: _(label) for trend, label in _TRENDS.items()},
            "main": main_metrics(),
            **_own(context, measures),
            **_bars(measured),
            **_table(measured, measures),
        },
        updated=context.updated,
    )


def _own(context: SiteContext, measured: Timings) -> dict[str, object]:
    """The figures on the organisation's own incidents."""
    policy, as_of = context.conventions.policy, context.as_of
    own = own_incidents(context.records, policy)
    timed = of_some(measured, own)
    by_metric, severities, years = summaries(timed), by_severity(timed, policy), year_on_year(timed, as_of)
    return {
        "organisation": policy.organisation,
        "own": own,
        "summaries": by_metric,
        "reached": {
            **{
                name: any(getattr(summary, name).interval for summary in by_metric.values()) for name in _QUANTILES
            },
            "years": any(side.median.interval for row in years.rows for side in (row.now, row.before)),
            "severity": len(severities) > 1 and any(_any_median(group) for group in severities.values()),
        },
        "least": {name: minimum_n(part) for name, part in _QUANTILES.items()},
        "chart": durations_chart(tuple(by_metric.values()), {record.id for record in own[:DRAWN]}),
        "drawn": own[:DRAWN],
        "severities": severities,
        "years": years,
        "changes": _changes(years),
        "detection": detection_shares(own),
        "internal": INTERNAL,
        "external": EXTERNAL,
    }


def _changes(years: Years) -> list[str]:
    """What clearly took longer or shorter."""
    return [
        _(_CHANGES[row.now.metric.id, row.change]) for row in years.compared if row.change is not Trend.CANNOT_TELL
    ]


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


def _table(measured: Sequence[Postmortem], measures: Timings) -> dict[str, object]:
    """The newest records with each duration that at least one of all has, or goes on with."""
    metrics = [metric for metric in METRICS if any(entry.span for entry in measures[metric.id])]
    cells = {metric.id: {entry.record.id: entry for entry in measures[metric.id]} for metric in metrics}
    return {
        "metrics": metrics,
        "known": {
            name: [entry.record for entry in entries if entry.span and entry.reason is not Reason.ONGOING]
            for name, entries in measures.items()
        },
        "applicable": {name: [entry.record for entry in entries] for name, entries in measures.items()},
        "rows": [
            (record, [(metric, cells[metric.id].get(record.id)) for metric in metrics])
            for record in measured[:LISTED]
        ],
    }
