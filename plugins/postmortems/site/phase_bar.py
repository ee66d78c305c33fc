"""The phases of an incident drawn to scale: segments, marks and ticks in percent of the width."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from postmortems.rendering.formatting import length_of, lower_first
from postmortems.rendering.labels import word
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.record import Postmortem
    from postmortems.source import Moment

MILESTONES = ("started", "detected", "contained", "recovered")

_STEPS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720)) + tuple(
    timedelta(days=days) for days in (1, 2, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1825, 3650)
)
_LOG_FROM_RATIO = 40
_LEAST_WIDTH = 0.6  # percent, so that a stretch without length is still seen
_LEAST_GAP = 15.0  # percent between two ticks, so that their labels do not touch at 360 px


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch that ends with a milestone; `start` and `width` in percent."""

    until: str
    start: float
    width: float
    length: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick of the axis, in percent; `anchor` keeps its label inside the drawing."""

    position: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of time since the first milestone, linear or logarithmic, up to `end`."""

    end: timedelta
    logarithmic: bool

    def position(self, elapsed: timedelta) -> float:
        """Percent of the width at which a time lies."""
        if self.end <= timedelta(0):
            return 0.0
        share = (
            math.log1p(elapsed / timedelta(minutes=1)) / math.log1p(self.end / timedelta(minutes=1))
            if self.logarithmic
            else elapsed / self.end
        )
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def ticks(self) -> tuple[Tick, ...]:
        """Ticks at round times, far enough apart for their labels."""
        marks: list[Tick] = [Tick(0.0, "0", "start")]
        for elapsed in self._round_times():
            position = self.position(elapsed)
            if elapsed <= self.end and position - marks[-1].position >= _LEAST_GAP:
                anchor = "end" if position > 92 else "middle"
                marks.append(Tick(position, length_of(elapsed), anchor))
        return tuple(marks)

    def _round_times(self) -> Iterable[timedelta]:
        if self.logarithmic:
            return _STEPS
        step = next((step for step in _STEPS if self.end / step <= 5), _STEPS[-1])
        return (step * n for n in range(1, 7))


@dataclass(frozen=True, slots=True)
class PhaseBar:
    """One incident's phases on a scale. `first` is the milestone at which the bar begins."""

    first: str
    segments: tuple[Segment, ...]
    scale: Scale
    estimated: bool

    @property
    def sentence(self) -> str:
        """The bar in words, for those who do not see it."""
        parts = [
            _("%(milestone)s after %(length)s")
            % {"milestone": _milestone(segment.until), "length": segment.length}
            for segment in self.segments
        ]
        return _("From %(milestone)s: %(phases)s.") % {
            "milestone": _milestone(self.first),
            "phases": "; ".join(parts),
        }


def _milestone(name: str) -> str:
    return lower_first(word(name))


def phase_bar(record: Postmortem, scale: Scale | None = None) -> PhaseBar | None:
    """The bar of a record, or None where fewer than two milestones are known or the incident has no durations."""
    if not record.has_durations:
        return None
    moments = _in_order(record)
    if len(moments) < 2:
        return None
    origin = moments[0][1].at
    scale = scale or scale_for([moments])
    segments: list[Segment] = []
    for (_before, start), (until, end) in pairwise(moments):
        if end.at == start.at:  # reached in the same moment: nothing to draw
            continue
        left, right = scale.position(start.at - origin), scale.position(end.at - origin)
        width = round(max(right - left, _LEAST_WIDTH), 2)
        segments.append(Segment(until, min(left, round(100 - width, 2)), width, _length(start, end)))
    if not segments:
        return None
    return PhaseBar(moments[0][0], tuple(segments), scale, any(m.estimated for _name, m in moments))


def common_scale(records: Iterable[Postmortem]) -> Scale:
    """One logarithmic scale on which the bars of all records can be compared."""
    ends = [moments[-1][1].at - moments[0][1].at for record in records if len(moments := _in_order(record)) > 1]
    return Scale(max(ends, default=timedelta(0)), logarithmic=True)


def scale_for(rows: list[list[tuple[str, Moment]]]) -> Scale:
    """The scale for one bar: logarithmic where a short phase would vanish beside a long one."""
    spans = [end.at - start.at for row in rows for (_before, start), (_after, end) in pairwise(row)]
    total = max((row[-1][1].at - row[0][1].at for row in rows), default=timedelta(0))
    shortest = min((span for span in spans if span > timedelta(0)), default=total)
    return Scale(total, logarithmic=shortest > timedelta(0) and total / shortest > _LOG_FROM_RATIO)


def _in_order(record: Postmortem) -> list[tuple[str, Moment]]:
    named = [(name, record.times[name]) for name in MILESTONES if name in record.times]
    unclear = {_less_exact(a, b) for a, b in combinations(named, 2) if _only_seems_inverted(a[1], b[1])}
    moments = [(name, moment) for name, moment in named if name not in unclear]
    return sorted(moments, key=lambda item: (item[1].at, MILESTONES.index(item[0])))


def _only_seems_inverted(earlier: Moment, later: Moment) -> bool:
    """Whether what comes later begins first on paper only: a day, say, that holds the moment of the other."""
    return earlier.at > later.at and not earlier.surely_after(later)


def _less_exact(one: tuple[str, Moment], other: tuple[str, Moment]) -> str:
    return max(one, other, key=lambda named: named[1].latest - named[1].earliest)[0]


def _length(start: Moment, end: Moment) -> str:
    exact = start.precision.has_clock and end.precision.has_clock
    span = end.at - start.at
    about = start.estimated or end.estimated or not exact
    return _("about %(value)s") % {"value": length_of(span)} if about else length_of(span)
