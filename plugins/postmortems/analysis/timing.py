"""Durations between milestones, with what is not known about them.

The definitions below are the only ones: pages and documentation are made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from postmortems.record import Postmortem
    from postmortems.source import Moment

_TOLERANCE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Metric:
    """A duration: `end` minus `start`, which are milestones, or `trigger` for `trigger.at`."""

    id: str
    abbreviation: str
    label: str
    start: str
    end: str
    note: str = ""


METRICS = (
    Metric(
        "ttd",
        "TTD",
        "Time to detect",
        "started",
        "detected",
        "An incident caught before any harm has none; it is counted as caught before impact.",
    ),
    Metric(
        "exposure",
        "",
        "Exposure",
        "trigger",
        "detected",
        "In security this is the dwell time.",
    ),
    Metric("tta", "TTA", "Time to acknowledge", "detected", "acknowledged"),
    Metric(
        "ttr",
        "TTR",
        "Time to respond",
        "detected",
        "responded",
        "It ends when someone works on it; elsewhere the same letters can mean repair or resolution.",
    ),
    Metric("ttc", "TTC", "Time to contain", "detected", "contained", "The time to respond lies inside it."),
    Metric(
        "ttrc",
        "TTRc",
        "Time to recover",
        "started",
        "recovered",
        "What users lived through, from the first harm to normal operation.",
    ),
    Metric(
        "fdrt",
        "",
        "Failed deployment recovery",
        "trigger",
        "recovered",
        "Only where a deployment or a configuration change set the incident off.",
    ),
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time between two moments; the true one lies between `low` and `high`.

    `estimated` is true where one of the moments is an estimate without a margin.
    """

    length: timedelta
    low: timedelta
    high: timedelta
    estimated: bool

    @property
    def width(self) -> timedelta:
        """How far apart the bounds are."""
        return self.high - self.low

    @property
    def is_exact(self) -> bool:
        """Whether it may enter a summary: at most 10 % of it or 15 minutes wide, and nothing a guess."""
        return not self.estimated and self.width <= max(self.length / 10, _TOLERANCE)


@dataclass(frozen=True, slots=True)
class Phases:
    """The durations of one record that are known, by the id of their metric."""

    record: Postmortem
    durations: Mapping[str, Duration]


def duration(start: Moment, end: Moment) -> Duration:
    """The time from one moment to another.

    With `a` known to `[a, a + w_a)` and `b` to `[b, b + w_b)` it is `[b - a - w_a, b - a + w_b]`; a margin to
    either side widens both ends. A lower bound is never negative.
    """
    return Duration(
        length=max(end.at - start.at, timedelta(0)),
        low=max(end.earliest - start.latest, timedelta(0)),
        high=max(end.latest - start.earliest, timedelta(0)),
        estimated=not (start.in_summaries and end.in_summaries),
    )


def phases(record: Postmortem) -> Phases:
    """All durations of a record that its moments give."""
    if not record.has_durations:
        return Phases(record, {})
    found = {metric.id: span for metric in METRICS if (span := _measure(record, metric))}
    return Phases(record, found)


def known(rows: Iterable[Phases], metric: Metric) -> int:
    """In how many records a metric is known."""
    return sum(metric.id in row.durations for row in rows)


def _measure(record: Postmortem, metric: Metric) -> Duration | None:
    if metric.id == "ttd" and record.detection.before_impact:
        return None
    if metric.id == "fdrt" and record.trigger.kind not in {"deploy", "config-change"}:
        return None
    start = record.trigger.at if metric.start == "trigger" else record.times.get(metric.start)
    end = record.times.get(metric.end)
    if start is None or end is None or start.surely_after(end):
        return None
    return duration(start, end)
