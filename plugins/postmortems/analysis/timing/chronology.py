"""What happened in order: the timeline of one record with its milestones, and where nothing is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from postmortems.record import Postmortem, TimelineEntry
    from postmortems.source import Moment

# A gap is pointed out from a quarter of an hour, where it is a tenth of the whole or more.
_LEAST = timedelta(minutes=15)
_PART = 10


@dataclass(frozen=True, slots=True)
class Point:
    """An entry of the timeline, or the milestones (`trigger` among them) that were recorded for one moment."""

    at: Moment
    entry: TimelineEntry | None = None
    milestones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of the incident for which nothing is recorded."""

    start: Moment
    end: Moment

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end.at - self.start.at


def chronology(record: Postmortem) -> tuple[Point, ...]:
    """The timeline as it was written, with the milestones put where they belong by their time.

    A milestone that has no entry of its own comes before the first entry that is later.
    """
    points = [Point(entry.at, entry) for entry in record.timeline]
    moments = {**({"trigger": record.trigger.at} if record.trigger.at else {}), **record.times}
    for name, at in sorted(moments.items(), key=lambda item: item[1].at):
        same = next((i for i, point in enumerate(points) if _is_same(point.at, at)), None)
        if same is not None:
            point = points[same]
            points[same] = Point(point.at, point.entry, (*point.milestones, name))
        else:
            place = next((i for i, point in enumerate(points) if point.at.at > at.at), len(points))
            points.insert(place, Point(at, None, (name,)))
    return tuple(points)


def beginning(record: Postmortem) -> Moment | None:
    """From where time is counted: the start, else the first moment that has a clock time."""
    started = record.times.get("started")
    if started and started.precision.has_clock:
        return started
    return min((point.at for point in _clocked(chronology(record))), key=lambda at: at.at, default=None)


def gaps(record: Postmortem) -> tuple[Gap, ...]:
    """Where nothing is recorded between the beginning and recovery, in order of time.

    Only moments with a clock time count; the length of the whole is that from the beginning to the last of them.
    """
    start, recovered = beginning(record), record.times.get("recovered")
    if start is None:
        return ()
    end = recovered.at if recovered and recovered.precision.has_clock else None
    moments = _within((point.at for point in _clocked(chronology(record))), start.at, end)
    return _long(moments)


def silences(record: Postmortem) -> tuple[Gap, ...]:
    """Where nothing is recorded to have been told between detection and recovery, in order of time."""
    start, end = record.times.get("detected"), record.times.get("recovered")
    if not (start and end and start.precision.has_clock and end.precision.has_clock):
        return ()
    moments = [
        entry.at for entry in record.timeline if entry.kind == "communication" and entry.at.precision.has_clock
    ]
    return _long([start, *_within(moments, start.at, end.at), end])


def _clocked(points: Iterable[Point]) -> list[Point]:
    return [point for point in points if point.at.precision.has_clock]


def _within(moments: Iterable[Moment], start: datetime, end: datetime | None) -> list[Moment]:
    kept = (at for at in moments if at.at >= start and (end is None or at.at <= end))
    return sorted(kept, key=lambda at: at.at)


def _long(moments: Sequence[Moment]) -> tuple[Gap, ...]:
    if len(moments) < 2:
        return ()
    least = max(_LEAST, (moments[-1].at - moments[0].at) / _PART)
    gaps = (Gap(before, after) for before, after in pairwise(moments))
    return tuple(gap for gap in gaps if gap.length >= least)


def _is_same(one: Moment, other: Moment) -> bool:
    return one.at == other.at and one.precision.has_clock == other.precision.has_clock
