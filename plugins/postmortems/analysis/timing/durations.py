"""Durations between milestones, with what is not known about them.

The definitions below are the only ones: pages and documentation are made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from postmortems.record import MILESTONES
from postmortems.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from postmortems.record import Postmortem
    from postmortems.source import Moment

_TOLERANCE = timedelta(minutes=15)
_DEPLOYMENTS = frozenset({"deploy", "config-change"})


@dataclass(frozen=True, slots=True)
class Metric:
    """A duration: `end` minus `start`, which are milestones, or `trigger` for `trigger.at`.

    `label` and `note` are said in the language of the reader where they are shown.
    """

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
        N_("Time to detect"),
        "started",
        "detected",
        N_("An incident caught before any harm has none; it is counted as caught before impact."),
    ),
    Metric(
        "exposure",
        "",
        N_("Exposure"),
        "trigger",
        "detected",
        N_("In security this is the dwell time."),
    ),
    Metric("tta", "TTA", N_("Time to acknowledge"), "detected", "acknowledged"),
    Metric(
        "ttr",
        "TTR",
        N_("Time to respond"),
        "detected",
        "responded",
        N_("It ends when someone works on it; elsewhere the same letters can mean repair or resolution."),
    ),
    Metric(
        "ttc",
        "TTC",
        N_("Time to contain"),
        "detected",
        "contained",
        N_("The time to respond lies inside it."),
    ),
    Metric(
        "ttrc",
        "TTRc",
        N_("Time to recover"),
        "started",
        "recovered",
        N_("What users lived through, from the first harm to normal operation."),
    ),
    Metric(
        "fdrt",
        "",
        N_("Failed deployment recovery"),
        "trigger",
        "recovered",
        N_("Only where a deployment or a configuration change set the incident off."),
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


class Reason(StrEnum):
    """Why a duration of an incident enters no summary."""

    CAUGHT = N_("caught before impact")
    ONGOING = N_("still going on")
    NOT_RECORDED = N_("not recorded")
    IMPOSSIBLE = N_("ends before it starts")
    ESTIMATED = N_("estimated without a margin")
    ROUGH = "not known exactly enough"


@dataclass(frozen=True, slots=True)
class Timed:
    """A metric of one incident, from `start` on; `reason` is None where its duration enters summaries.

    What still goes on has as its `span` the time so far, which the true one will exceed.
    """

    record: Postmortem
    start: Moment | None
    span: Duration | None
    reason: Reason | None


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


def applies(metric: Metric, record: Postmortem) -> bool:
    """Whether an incident can have a duration of this kind at all."""
    if metric.id == "fdrt":
        return record.has_durations and record.trigger.kind in _DEPLOYMENTS
    return record.has_durations


def timed(record: Postmortem, metric: Metric, as_of: datetime) -> Timed:
    """A metric of an incident to which it applies: how long it took, or why that is unknown."""
    start, end = _ends(record, metric)
    span = _measure(record, metric)
    if span is not None:
        reason = Reason.ESTIMATED if span.estimated else None if span.is_exact else Reason.ROUGH
    elif _caught(record, metric):
        reason = Reason.CAUGHT
    elif start is not None and end is None and _goes_on(record, metric):
        span, reason = _so_far(start, as_of), Reason.ONGOING
    else:
        reason = Reason.NOT_RECORDED if start is None or end is None else Reason.IMPOSSIBLE
    return Timed(record, start, span, reason)


def phases(record: Postmortem) -> Phases:
    """All durations of a record that its moments give."""
    spans = {metric.id: span for metric in METRICS if (span := _measure(record, metric))}
    return Phases(record, spans)


def known(rows: Iterable[Phases], metric: Metric) -> int:
    """In how many records a metric is known."""
    return sum(metric.id in row.durations for row in rows)


def _measure(record: Postmortem, metric: Metric) -> Duration | None:
    if not applies(metric, record) or _caught(record, metric):
        return None
    start, end = _ends(record, metric)
    if start is None or end is None or start.surely_after(end):
        return None
    return duration(start, end)


def _ends(record: Postmortem, metric: Metric) -> tuple[Moment | None, Moment | None]:
    start = record.trigger.at if metric.start == "trigger" else record.times.get(metric.start)
    return start, record.times.get(metric.end)


def _caught(record: Postmortem, metric: Metric) -> bool:
    return metric.id == "ttd" and record.detection.before_impact


def _goes_on(record: Postmortem, metric: Metric) -> bool:
    """Whether the end of a metric is still to come: what comes after it has not been reached either."""
    later = MILESTONES[MILESTONES.index(metric.end) :]
    return record.is_ongoing and record.times.keys().isdisjoint(later)


def _so_far(start: Moment, as_of: datetime) -> Duration:
    nothing = timedelta(0)
    return Duration(
        length=max(as_of - start.at, nothing),
        low=max(as_of - start.latest, nothing),
        high=max(as_of - start.earliest, nothing),
        estimated=not start.in_summaries,
    )
