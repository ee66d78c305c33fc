"""Frequency: how many incidents there are a quarter, and whether one can tell that there are more or fewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.frequency.by_year import year_table
from postmortems.analysis.frequency.counts import LEAST_TO_COMPARE, YEAR, Verdict, frequency
from postmortems.analysis.frequency.severity_drift import severity_drift
from postmortems.analysis.statistics.control_chart import LEAST_MEAN, LEAST_POINTS
from postmortems.analysis.statistics.scope import own
from postmortems.rendering.formatting import decimal
from postmortems.site.charts import Chart, ChartColumn
from postmortems.site.tree import Page
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.analysis.frequency.counts import Frequency, QuarterCount
    from postmortems.analysis.statistics.quarters import Quarter
    from postmortems.rendering.context import SiteContext

CLASSES = ("operational", "security", "privacy")
LEAST_DRAWN = 4
VERDICTS: Mapping[Verdict, str] = {
    Verdict.MORE: N_("more often than then"),
    Verdict.FEWER: N_("less often than then"),
    Verdict.CANNOT_TELL: N_("no clear change"),
    Verdict.CLUSTERED: N_("no clear change, because incidents come in clusters"),
    Verdict.TOO_FEW: N_("not enough data yet"),
}
_WHOLE, _PART = N_("complete quarter"), N_("part of a quarter")


def page(context: SiteContext) -> Page:
    """The page of counts."""
    policy = context.conventions.policy
    found = frequency(context.records, policy, context.as_of)
    mine = own(context.records, policy)
    incidents = tuple(record for record in mine if record.has_durations)
    return Page(
        uri="frequency/index.md",
        title=_("Frequency"),
        description=_("Incidents a quarter, with 95 % intervals."),
        template="measures/frequency.html",
        context={
            "site": context,
            "organisation": policy.organisation,
            "own": mine,
            "incidents": incidents,
            "retold": [record for record in context.records if record.provenance == "public-report"],
            "frequency": found,
            "counted": tuple(record for count in found.quarters for record in count.incidents),
            "verdicts": VERDICTS,
            "name": quarter_name,
            "tenths": tenths,
            "hundredths": hundredths,
            "chart": counts_chart(found),
            "severities": year_table(found.quarters, lambda record: record.severity.id, policy.severities),
            "classes": year_table(found.quarters, lambda record: record.incident_class, CLASSES),
            "drift": severity_drift(incidents, policy),
            "least": {
                "rate": YEAR,
                "years": 2 * YEAR,
                "compare": LEAST_TO_COMPARE,
                "points": LEAST_POINTS,
                "mean": LEAST_MEAN,
            },
        },
        updated=context.updated,
    )


def quarter_name(quarter: Quarter) -> str:
    """A quarter as it is written: `Q3 2026`."""
    return f"Q{quarter.number} {quarter.year}"


def tenths(value: float) -> str:
    """A number with one decimal."""
    return decimal(value, 1)


def hundredths(value: float) -> str:
    """A number with two decimals."""
    return decimal(value, 2)


def counts_chart(found: Frequency) -> Chart | None:
    """The counts with their intervals; None where there are too few quarters to see anything in."""
    seen = [count for count in found.quarters if count.count]
    if len(seen) < LEAST_DRAWN:
        return None
    lines: list[Mapping[str, object]] = []
    if found.limits:
        lines = [{"mean": found.limits.mean}, {"limit": found.limits.low}, {"limit": found.limits.high}]
    elif found.rate.value is not None:
        lines = [{"mean": found.rate.value}]
    return Chart(
        id="counts",
        title=_("Incidents a quarter"),
        sentence=_sentence(found),
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


def _sentence(found: Frequency) -> str:
    parts = [_("Each dot is a count; its line is the 95 % interval of the rate.")]
    if found.rate.value is not None:
        parts.append(_("The line is the mean of the complete quarters."))
    if found.limits:
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
        "low": (bounds.low, tenths(bounds.low)) if bounds and bounds.low is not None else None,
        "high": (bounds.high, tenths(bounds.high)) if bounds and bounds.high is not None else None,
        "kind": (kind, _(kind)),
    }


def _kind(count: QuarterCount) -> str:
    return _WHOLE if count.is_whole else _PART
