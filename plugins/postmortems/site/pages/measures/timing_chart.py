"""The picture of all durations: each incident a dot, by metric and over time, on a logarithmic axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.timing.durations import Reason
from postmortems.rendering.formatting import duration, moment
from postmortems.site.charts import Chart, ChartColumn
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import timedelta

    from postmortems.analysis.timing.durations import Timed
    from postmortems.analysis.timing.summaries import Summary

LEAST_DRAWN = 3
_LEAST_HOURS = 1 / 60  # a logarithmic axis has no zero: what took less than a minute is drawn at one
_KNOWN, _ROUGHLY, _ONGOING = N_("known"), N_("known roughly"), N_("still going on")
_TICKS = (N_("min"), N_("h"), N_("d"), N_("1 week"), N_("1 month"), N_("1 year"))
_SAID = (_KNOWN, _ROUGHLY, _ONGOING, *_TICKS)


def durations_chart(summaries: Sequence[Summary], shown: Collection[str]) -> Chart | None:
    """The durations of the records with these ids; None where there are too few incidents to see anything in."""
    entries = [
        (order, summary, entry)
        for order, summary in enumerate(summaries)
        for entry in summary.drawn
        if entry.record.id in shown
    ]
    if len({entry.record.id for _order, _summary, entry in entries}) < LEAST_DRAWN:
        return None
    drawn = [_dot(order, summary, entry) for order, summary, entry in entries]
    drawn_metrics = {order for order, _summary, _entry in entries}
    drawn += [
        band for order, summary in enumerate(summaries) if order in drawn_metrics for band in _band(order, summary)
    ]
    return Chart(
        id="durations",
        title=_("Every incident, by the time at which it began"),
        sentence=_sentence(summaries),
        spec="durations",
        drawn=drawn,
        columns=[
            ChartColumn("metric", _("Duration")),
            ChartColumn("incident", _("Incident")),
            ChartColumn("start", _("From")),
            ChartColumn("length", _("Length")),
            ChartColumn("known", _("How it is known")),
        ],
        rows=[_row(summary, entry) for _order, summary, entry in entries],
        settings={"words": {said: _(said) for said in _SAID}},
    )


def _how_known(entry: Timed) -> str:
    """How well the length of a duration is known, in a word or two."""
    if entry.reason is None:
        return _KNOWN
    return _ONGOING if entry.reason is Reason.ONGOING else _ROUGHLY


def _sentence(summaries: Iterable[Summary]) -> str:
    has_medians = any(summary.median.interval for summary in summaries)
    parts = [_("Each dot is one incident. The axis is logarithmic: each line is several times the one below.")]
    if has_medians:
        parts.append(_("The line is the median, the band its 95 % interval."))
    return " ".join(parts)


def _dot(order: int, summary: Summary, entry: Timed) -> dict[str, object]:
    assert entry.span is not None  # noqa: S101 - only those with a span are drawn
    assert entry.start is not None  # noqa: S101 - and these have a start
    low, high, kind = _hours(entry.span.low), _hours(entry.span.high), _how_known(entry)
    # Of a range, the middle on the axis; its ends are drawn as well.
    hours = (low * high) ** 0.5 if entry.reason is Reason.ROUGH else _hours(entry.span.length)
    return {
        "order": order,
        "label": _(summary.metric.label),
        "kind": kind,
        "at": f"{entry.start.at:%Y-%m-%dT%H:%M:%SZ}",
        "hours": hours,
        "low": low,
        "high": high,
    }


def _band(order: int, summary: Summary) -> Iterable[dict[str, object]]:
    median = summary.median
    if median.value is not None and median.interval and median.interval.low is not None:
        yield {
            "order": order,
            "label": _(summary.metric.label),
            "kind": None,
            "median": max(median.value / 3600, _LEAST_HOURS),
            "low": max(median.interval.low / 3600, _LEAST_HOURS),
            "high": max((median.interval.high or 0.0) / 3600, _LEAST_HOURS),
        }


def _row(summary: Summary, entry: Timed) -> dict[str, object]:
    assert entry.span is not None  # noqa: S101 - only what has a length and a start is drawn
    assert entry.start is not None  # noqa: S101 - as above
    length, known = duration(entry.span), _how_known(entry)
    return {
        "metric": (summary.metric.id, _(summary.metric.label)),
        "incident": (entry.record.id, entry.record.title),
        "start": (entry.start.text, moment(entry.start)),
        "length": (
            entry.span.length.total_seconds(),
            _("over %(value)s") % {"value": length} if entry.reason is Reason.ONGOING else length,
        ),
        "known": (known, _(known)),
    }


def _hours(length: timedelta) -> float:
    return max(length.total_seconds() / 3600, _LEAST_HOURS)
