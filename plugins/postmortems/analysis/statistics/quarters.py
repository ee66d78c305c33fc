"""Quarters of the calendar, and which of them an organisation's own records let one see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.month_windows import months_later
from postmortems.analysis.statistics.periods import Period, happened
from postmortems.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from postmortems.record import Postmortem


_NAME = re.compile(r"([1-9]\d{3})-?[qQ]([1-4])", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year, by its number from 1 to 4."""

    year: int
    number: int

    @property
    def period(self) -> Period:
        """Its days."""
        first = date(self.year, 3 * self.number - 2, 1)
        return Period(first, months_later(first, 3) - timedelta(days=1))

    @property
    def following(self) -> Quarter:
        """The quarter after it."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def preceding(self) -> Quarter:
        """The quarter before it."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


class Coverage(StrEnum):
    """How much of a quarter the records let one see; only whole ones enter rates and comparisons."""

    WHOLE = "whole"
    BEGINS = N_("not seen from its start")
    RUNNING = N_("not over yet")
    NO_DATA = N_("nothing written down since")


@dataclass(frozen=True, slots=True)
class Seen:
    """A quarter, how much of it can be seen, and how many of its days lie in what was observed so far."""

    quarter: Quarter
    coverage: Coverage
    days: int


def quarter_named(text: str) -> Quarter:
    """The quarter that a text such as `2026Q3` names. Raises ValueError where it names none."""
    match = _NAME.fullmatch(text)
    if not match:
        raise ValueError(f"`{text}` is no quarter such as 2026Q3")
    return Quarter(int(match[1]), int(match[2]))


def quarter_of(day: date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarter_in_which(record: Postmortem) -> Quarter | None:
    """The quarter in which an incident began; None where its start is not known to the quarter."""
    began = happened(record)
    quarter = quarter_of(began.first)
    return quarter if quarter.period.holds(began) else None


def seen_quarters(records: Iterable[Postmortem], as_of: datetime, since: date | None = None) -> tuple[Seen, ...]:
    """The quarters from the first record to now, oldest first; none where no record can be placed.

    A quarter without an incident is a zero only where somebody would have written one down. So the quarter in
    which records begin is not whole, nor is the current one, and none can be seen after the last thing that was
    written down anywhere. `since` cuts off what lies before that day.
    """
    kept = tuple(records)
    placed = [happened(record).last for record in kept if quarter_in_which(record)]
    if not placed:
        return ()
    today, first = as_of.date(), min(placed)
    observed = Period(max(first, since or first), today)
    last_written = max((day for record in kept for day in _signs(record) if day <= today), default=first)
    # The given day may be the first of a quarter that can be seen as a whole; that of the first record can't.
    whole_from = max(first + timedelta(days=1), observed.first)
    return tuple(_seen(quarter, observed, whole_from, last_written) for quarter in _quarters(observed))


def _seen(quarter: Quarter, observed: Period, whole_from: date, last_written: date) -> Seen:
    period = quarter.period
    days = (min(period.last, observed.last) - max(period.first, observed.first)).days + 1
    if period.first > last_written:
        return Seen(quarter, Coverage.NO_DATA, days)
    if period.last >= observed.last:
        return Seen(quarter, Coverage.RUNNING, days)
    return Seen(quarter, Coverage.WHOLE if period.first >= whole_from else Coverage.BEGINS, days)


def _quarters(observed: Period) -> Iterator[Quarter]:
    quarter = quarter_of(observed.first)
    while quarter.period.first <= observed.last:
        yield quarter
        quarter = quarter.following


def _signs(record: Postmortem) -> Iterator[date]:
    """The days on which something was done that the record holds: it shows that records were still being kept."""
    yield happened(record).first
    yield from (moment.day for moment in record.times.values())
    yield from (day for day in (record.published, record.review.held if record.review else None) if day)
    yield from (amendment.date for amendment in record.amended)
    yield from (action.closed for action in record.actions if action.closed)
