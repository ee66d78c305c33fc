"""The incidents on two sides of a day: those of a factor or a service that began before it, and from it on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.measures import Exclusion
from postmortems.analysis.timing.durations import phases
from postmortems.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from postmortems.record import Postmortem

_Key = tuple[str, str]
_ALL: _Key = ("", "")


@dataclass(frozen=True, slots=True)
class Window:
    """What began from `start` up to `end`, oldest first; `seconds` are durations where these are compared."""

    start: datetime
    end: datetime
    incidents: tuple[Postmortem, ...] = ()
    seconds: tuple[float, ...] = ()

    @property
    def days(self) -> float:
        """How long it lasts."""
        return max((self.end - self.start).total_seconds() / 86_400, 0.0)

    def count_in(self, start: date, end: date) -> int:
        """How many began from one day up to another."""
        low, high = midnight(start), midnight(end)
        return sum(low <= record.times["started"].at < high for record in self.incidents)


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Both sides, and what could not be put on either or not be measured."""

    before: Window
    after: Window
    excluded: tuple[Exclusion, ...]


class Incidents:
    """Incidents by factor and by service in the order in which they began, to find those of a comparison."""

    def __init__(self, records: Iterable[Postmortem]) -> None:
        """Index the records."""
        self._begun: dict[_Key, list[Postmortem]] = defaultdict(list)
        self._unknown: dict[_Key, list[Postmortem]] = defaultdict(list)
        self._measured: dict[tuple[str, str], tuple[float, str]] = {}
        for record in records:
            index = self._begun if "started" in record.times else self._unknown
            for key in _keys(record):
                index[key].append(record)
        for begun in self._begun.values():
            begun.sort(key=_began)
        self.first = _began(self._begun[_ALL][0])[0] if self._begun[_ALL] else None

    def split(  # noqa: PLR0913 - what is compared, and over which times
        self, before: Window, after: Window, *, factor: str, service: str, metric: str, without: str
    ) -> BeforeAfter:
        """Put the incidents with a factor, a service or both on the sides, but for the one with the id `without`.

        `metric` is that of a duration, or `count` where none is needed.
        """
        sides: dict[str, list[tuple[Postmortem, float]]] = {"before": [], "after": []}
        excluded: dict[str, list[Postmortem]] = defaultdict(list)
        for record in self._of(factor, service, before.start, after.end):
            if record.id == without:
                continue
            side = _side(record, before, after)
            seconds, reason = (0.0, "") if metric == "count" else self._seconds(record, metric)
            if side in sides and not reason:
                sides[side].append((record, seconds))
            elif side:
                excluded[reason if side in sides else side].append(record)
        return BeforeAfter(
            _filled(before, sides["before"], metric),
            _filled(after, sides["after"], metric),
            tuple(
                Exclusion(reason, tuple(excluded_records)) for reason, excluded_records in sorted(excluded.items())
            ),
        )

    def _of(self, factor: str, service: str, start: datetime, end: datetime) -> Iterator[Postmortem]:
        """Those that began in a stretch of time, oldest first; then those of which that is not known."""
        key = ("factor", factor) if factor else ("service", service) if service else _ALL
        begun = self._begun.get(key, [])
        low = bisect_left(begun, start, key=lambda record: _began(record)[0])
        high = bisect_right(begun, end, key=lambda record: _began(record)[0])
        for record in (*begun[low:high], *self._unknown.get(key, [])):
            if not service or service in record.services:
                yield record

    def _seconds(self, record: Postmortem, metric: str) -> tuple[float, str]:
        """A duration in seconds, or why there is none to compare; measured once for all comparisons."""
        length = self._measured.get((record.id, metric))
        if length is None:
            length = self._measured[record.id, metric] = _seconds(record, metric)
        return length


def _keys(record: Postmortem) -> Iterator[_Key]:
    yield _ALL
    for factor in dict.fromkeys(factor.factor for factor in record.factors):
        yield "factor", factor
    for service in dict.fromkeys(record.services):
        yield "service", service


def _began(record: Postmortem) -> tuple[datetime, str]:
    return record.times["started"].at, record.id


def midnight(day: date) -> datetime:
    """The start of a day in UTC."""
    return datetime.combine(day, time(), UTC)


def _side(record: Postmortem, before: Window, after: Window) -> str:
    """The side on which an incident began; empty for neither, or why one can't tell."""
    started = record.times.get("started")
    if started is None:
        # The year of the id is no datum; it only tells whether the incident is worth a mention.
        return N_("start not recorded") if before.start.year <= record.year <= after.end.year else ""
    for name, side in (("before", before), ("after", after)):
        if side.start <= started.at < side.end or started.at == side.end == after.end:
            within = side.start <= started.earliest and (started.latest <= side.end or side.end == after.end)
            return name if within else "start not known exactly enough"
    return ""


def _seconds(record: Postmortem, metric: str) -> tuple[float, str]:
    """A duration in seconds, or why there is none to compare."""
    if metric == "ttd" and record.detection.before_impact:
        return 0.0, N_("caught before impact")
    length = phases(record).durations.get(metric)
    if length is None:
        return 0.0, N_("still going on") if record.is_ongoing else N_("duration not recorded")
    return length.length.total_seconds(), "" if length.is_exact else "duration not known exactly enough"


def _filled(side: Window, timed: list[tuple[Postmortem, float]], metric: str) -> Window:
    return Window(
        side.start,
        side.end,
        tuple(record for record, _ in timed),
        () if metric == "count" else tuple(seconds for _, seconds in timed),
    )
