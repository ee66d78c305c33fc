"""Frequency: how many incidents there are a quarter, and whether one can tell that there are more or fewer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from postmortems.analysis.frequency.by_year import year_table
from postmortems.analysis.frequency.counts import YEAR, frequency
from postmortems.analysis.frequency.severity_drift import severity_drift
from postmortems.analysis.statistics.scope import own
from postmortems.rendering.formatting import decimal
from postmortems.site.charts import Chart, ChartColumn
from postmortems.site.pages.measures.frequency_sentences import (
    Counted,
    FrequencySentences,
    quarter_name,
    quarter_time,
)
from postmortems.site.tree import Page
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.analysis.frequency.counts import Frequency, QuarterCount
    from postmortems.rendering.context import SiteContext

CLASSES = ("operational", "security", "privacy")
LEAST_DRAWN = 4
_WHOLE, _PART = N_("complete quarter"), N_("part of a quarter")


def page(context: SiteContext) -> Page:
    """The page of counts."""
    policy = context.conventions.policy
    counts = frequency(context.records, policy, context.as_of)
    mine = own(context.records, policy)
    incidents = tuple(record for record in mine if record.has_durations)
    retold = tuple(record for record in context.records if record.provenance == "public-report")
    drift = severity_drift(incidents, policy)
    return Page(
        uri="frequency/index.md",
        title=_("Frequency"),
        description=_("Incidents a quarter, with 95 % intervals."),
        template="measures/frequency.html",
        context={
            "site": context,
            "incidents": incidents,
            "frequency": counts,
            "sentences": partial(
                FrequencySentences, Counted(policy.organisation, mine, incidents, retold), counts, drift
            ),
            "name": quarter_name,
            "quarter": quarter_time,
            "chart": counts_chart(counts),
            "severities": year_table(counts.quarters, lambda record: record.severity.id, policy.severities),
            "classes": year_table(counts.quarters, lambda record: record.incident_class, CLASSES),
            "drift": drift,
            "least": YEAR,
        },
        updated=context.updated,
    )


def counts_chart(counts: Frequency) -> Chart | None:
    """The counts with their intervals; None where there are too few quarters to see anything in."""
    seen = [count for count in counts.quarters if count.count]
    if len(seen) < LEAST_DRAWN:
        return None
    lines: list[Mapping[str, object]] = []
    if counts.limits:
        lines = [{"mean": counts.limits.mean}, {"limit": counts.limits.low}, {"limit": counts.limits.high}]
    elif counts.rate.value is not None:
        lines = [{"mean": counts.rate.value}]
    return Chart(
        id="counts",
        title=_("Incidents a quarter"),
        sentence=_sentence(counts),
        spec="counts",
        drawn=[*(_drawn(count) for count in seen), *lines],
        columns=[
            ChartColumn("quarter", _("Quarter")),
            ChartColumn("count", _("Incidents")),
            ChartColumn("low", _("From")),
            ChartColumn("high", _("To")),
            ChartColumn("kind", _("Coverage")),
        ],
        rows=[_row(count) for count in seen],
        settings={"words": {kind: _(kind) for kind in (_WHOLE, _PART)}},
    )


def _sentence(counts: Frequency) -> str:
    parts = [_("Each dot is a count; its line is the 95 % interval of the rate.")]
    if counts.rate.value is not None:
        parts.append(_("The line is the mean of the complete quarters."))
    if counts.limits:
        parts.append(_("The dashed lines are the control limits."))
    return " ".join(parts)


def _drawn(count: QuarterCount) -> dict[str, object]:
    assert count.count is not None  # noqa: S101 - only those that could be seen are drawn
    bounds = count.count.interval
    return {
        "from": f"{count.quarter.period.first}T00:00:00Z",
        "count": count.count.value,
        "low": bounds.low if bounds else None,
        "high": bounds.high if bounds else None,
        "kind": _kind(count),
    }


def _row(count: QuarterCount) -> dict[str, object]:
    assert count.count is not None  # noqa: S101 - as above
    bounds, kind = count.count.interval, _kind(count)
    return {
        "quarter": (str(count.quarter), quarter_name(count.quarter)),
        "count": len(count.incidents),
        "low": (bounds.low, decimal(bounds.low, 1)) if bounds and bounds.low is not None else None,
        "high": (bounds.high, decimal(bounds.high, 1)) if bounds and bounds.high is not None else None,
        "kind": (kind, _(kind)),
    }


def _kind(count: QuarterCount) -> str:
    return _WHOLE if count.is_whole else _PART
