"""Moments whose form states their precision: `2019-07-02T13:42Z` is known to the minute, `2019-07` to a month."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Month, day, hour, second, offset.
_FORM = re.compile(
    r"\d{4}(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):\d\d(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?)?)?\Z",
    re.ASCII,
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_MARGIN = re.compile(r"(\d{1,5})([smhd])\Z", re.ASCII)
_MARGIN_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}

# A date without a clock time is local: it can begin 14 hours before UTC's and end 12 hours after.
_EARLIEST_ZONE = timedelta(hours=14)
_LATEST_ZONE = timedelta(hours=12)
_NO_TIME = timedelta(0)


class MomentError(ValueError):
    """Why a text is not a moment, in words for its author."""


class Precision(StrEnum):
    """How exactly a moment is known."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    @property
    def has_clock(self) -> bool:
        """Whether a clock time is known."""
        return self is Precision.SECOND or self is Precision.MINUTE


class Margin(NamedTuple):
    """A margin to either side of a moment, as written and as a length of time."""

    text: str
    length: timedelta

    @classmethod
    def parse(cls, text: str) -> Margin:
        """Read `15m`, `2h`, `30s` or `1d`; raises MomentError otherwise."""
        match = _MARGIN.match(text)
        if not match:
            raise MomentError(f"`{text}` is not a margin such as 15m, 2h or 1d")
        return cls(text, timedelta(**{_MARGIN_UNITS[match[2]]: int(match[1])}))


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as it was recorded.

    `at` is in UTC and the start of what the text names; the true time lies in `[earliest, latest)`. `text` is the
    moment as written. `estimated` without `within` is drawn and enters no summary.
    """

    text: str
    at: datetime
    precision: Precision
    offset: str = ""
    estimated: bool = False
    within: Margin | None = None
    note: str = ""

    @property
    def length(self) -> timedelta:
        """How long the second, minute, day, month or year lasts that the text names."""
        return _length(self.at, self.precision)

    @property
    def margin(self) -> timedelta:
        """The margin to either side; zero where none is stated."""
        return self.within.length if self.within else _NO_TIME

    @property
    def earliest(self) -> datetime:
        """The earliest time that this can be."""
        return _shift(self.at, -self.within.length) if self.within else self.at

    @property
    def latest(self) -> datetime:
        """The time before which this must be."""
        return _shift(self.at, self.length + self.margin)

    @property
    def in_summaries(self) -> bool:
        """Whether it is precise enough for summaries."""
        return not self.estimated or self.within is not None

    def surely_after(self, other: Moment) -> bool:
        """Whether this is later than the other whatever the true times are, dates being in unknown time zones."""
        if self.at <= other.at:
            return False
        mine = self.earliest if self.precision.has_clock else _shift(self.earliest, -_EARLIEST_ZONE)
        theirs = other.latest if other.precision.has_clock else _shift(other.latest, _LATEST_ZONE)
        return mine >= theirs

    @property
    def day(self) -> date:
        """The day as it was written, in the writer's own time zone; the first of a month or year."""
        return date(self.at.year, self.at.month, self.at.day) if not self.precision.has_clock else self._local()

    def _local(self) -> date:
        return date.fromisoformat(self.text[:10])


# The digits of a text up to its precision; a missing day is the first.
_COMPLETED: Mapping[Precision, Callable[[str], str]] = {
    Precision.SECOND: lambda text: text[:19],
    Precision.MINUTE: lambda text: text[:16],
    Precision.DAY: lambda text: text,
    Precision.MONTH: lambda text: f"{text}-01",
    Precision.YEAR: lambda text: f"{text}-01-01",
}


def parse_moment(text: str, *, estimated: bool = False, within: Margin | None = None, note: str = "") -> Moment:
    """Read a moment; raises MomentError with a message for its author."""
    moment = _exact_moment(text)
    if not (estimated or within or note):
        return moment
    return Moment(text, moment.at, moment.precision, moment.offset, estimated, within, note)


@lru_cache(maxsize=4096)  # each is read twice: to see whether it is one, and for what it says
def _exact_moment(text: str) -> Moment:
    match = _FORM.match(text)
    if not match:
        raise MomentError(f"`{text[:40]}` is not a time")
    month, day, hour, second, offset = match.groups()
    precision = _precision(month, day, hour, second)
    if hour and not offset:
        raise MomentError(f"`{text}` has no UTC offset")
    try:
        at = _start_of(text, precision, hour) - _shift_of(offset)
    except ValueError as error:
        raise MomentError(f"`{text}` does not exist: {error}") from None
    except OverflowError:
        raise MomentError(f"`{text}` is outside the years 1 to 9999 in UTC") from None
    return Moment(text, at, precision, offset or "")


def parse_date(text: str) -> date:
    """Read `YYYY-MM-DD`; raises MomentError with a message for its author."""
    return _exact_date(text)


@lru_cache(maxsize=4096)
def _exact_date(text: str) -> date:
    if not _DATE.match(text):
        raise MomentError(f"`{text[:40]}` is not a date such as 2026-03-31")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise MomentError(f"`{text}` does not exist: {error}") from None


def _precision(month: str | None, day: str | None, hour: str | None, second: str | None) -> Precision:
    if hour:
        return Precision.SECOND if second else Precision.MINUTE
    if day:
        return Precision.DAY
    return Precision.MONTH if month else Precision.YEAR


def _start_of(text: str, precision: Precision, hour: str | None) -> datetime:
    """The start of what a text names, as if it had no offset; raises ValueError where there is no such time."""
    if hour == "24":  # which newer Pythons take for the day after
        raise ValueError("hour must be in 0..23")
    return datetime.fromisoformat(_COMPLETED[precision](text)).replace(tzinfo=UTC)


def _shift_of(offset: str | None) -> timedelta:
    """How far an offset is ahead of UTC."""
    if offset is None or offset == "Z":
        return _NO_TIME
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    if hours > 23 or minutes > 59:
        raise ValueError("the offset exceeds 23:59")
    ahead = timedelta(hours=hours, minutes=minutes)
    return ahead if offset[0] == "+" else -ahead


def _length(at: datetime, precision: Precision) -> timedelta:
    match precision:
        case Precision.SECOND:
            return timedelta(seconds=1)
        case Precision.MINUTE:
            return timedelta(minutes=1)
        case Precision.DAY:
            return timedelta(days=1)
        case Precision.MONTH:
            return timedelta(days=calendar.monthrange(at.year, at.month)[1])
        case Precision.YEAR:
            return timedelta(days=366 if calendar.isleap(at.year) else 365)


def _shift(at: datetime, by: timedelta) -> datetime:
    """Add a time, staying within what a datetime can hold."""
    try:
        return at + by
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC) if by > _NO_TIME else datetime.min.replace(tzinfo=UTC)
