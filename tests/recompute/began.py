"""When an incident began, from raw front matter: as days, since a start may be known to a month or a year only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from lengths import when

if TYPE_CHECKING:
    from raw import Raw, World


def began(raw: Raw) -> tuple[date, date]:
    """The first and the last day on which it may have begun: its start in UTC, else the date in its id."""
    start = when(raw["times"].get("started"))
    if start is not None:
        first = start.earliest.date()
        return first, max(first, (start.latest - timedelta(microseconds=1)).date())
    parts = [int(part) for part in raw["date"].split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 2:
        return date(*parts, 1), (date(*parts, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


def years(world: World) -> tuple[tuple[date, date], tuple[date, date]]:
    """The twelve months to now and the twelve before, each from its first day to its last."""
    last = world.today
    turn, back = (_earlier(last, count) for count in (1, 2))
    return (turn + timedelta(days=1), last), (back + timedelta(days=1), turn)


def _earlier(day: date, count: int) -> date:
    try:
        return day.replace(year=day.year - count)
    except ValueError:  # 29 February
        return day.replace(year=day.year - count, day=28)


def in_period(raw: Raw, period: tuple[date, date]) -> bool:
    first, last = began(raw)
    return period[0] <= first and last <= period[1]
