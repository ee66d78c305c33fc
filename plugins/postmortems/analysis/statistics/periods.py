"""Stretches of days: when an incident happened, as exactly as that is known, and the year up to now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.month_windows import months_later

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.record import Postmortem

_QUARTER = re.compile(r"(\d{4})-?[qQ]([1-4])\Z", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """All days from the first to the last."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def holds(self, other: Period) -> bool:
        """Whether all of another lies in this one."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Period) -> bool:
        """Whether a day of another lies in this one."""
        return other.first <= self.last and self.first <= other.last


def period(text: str) -> Period:
    """The period that a text names: `2025`, `2025Q1`, `2025-03` or `2025-03-04`. Raises ValueError otherwise."""
    quarter = _QUARTER.match(text)
    match = _DATE.match(text)
    if quarter:
        first, months = date(int(quarter[1]), 3 * int(quarter[2]) - 2, 1), 3
    elif match:
        first = date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        months = 0 if match[3] else 1 if match[2] else 12
    else:
        raise ValueError(f"`{text}` is no year, quarter, month or day such as 2025, 2025Q1, 2025-03 or 2025-03-04")
    return Period(first, months_later(first, months) - timedelta(days=1) if months else first)


def year_to(day: date) -> Period:
    """The twelve months that end with a day."""
    return Period(months_later(day, -12) + timedelta(days=1), day)


def year_before(later: Period) -> Period:
    """The twelve months before a period."""
    return year_to(later.first - timedelta(days=1))


def known_as(record: Postmortem) -> Period:
    """The date by which people know an incident, which is that in its id: a day, a month or a year."""
    return period(record.date_text)


def happened(record: Postmortem) -> Period:
    """When an incident began: its start as exactly as it is recorded, else the date by which people know it."""
    started = record.times.get("started")
    if started is None:
        return known_as(record)
    first = started.earliest.date()
    return Period(first, max(first, (started.latest - timedelta(microseconds=1)).date()))


def began_in(records: Iterable[Postmortem], window: Period) -> tuple[Postmortem, ...]:
    """Those that began within a period, as far as that is known exactly enough to say."""
    return tuple(record for record in records if window.holds(happened(record)))
