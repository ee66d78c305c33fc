"""Spans of days as options: `2025` is a year, `2025-03` a month, `2025-03-14` a day."""

from __future__ import annotations

import calendar
import re
from datetime import date

import click

_FORM = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def first_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    """The first day of a year, month or day; a usage error where the text is none of them."""
    return None if value is None else _read(value)[0]


def last_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    """The last day of a year, month or day; a usage error where the text is none of them."""
    return None if value is None else _read(value)[1]


def _read(text: str) -> tuple[date, date]:
    try:
        if _FORM.fullmatch(text):
            year, *rest = (int(part) for part in text.split("-"))
            if len(rest) == 2:
                return date(year, *rest), date(year, *rest)
            first, last = (rest[0], rest[0]) if rest else (1, 12)
            return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    except ValueError:  # no such year, month or day; IllegalMonthError is one too
        pass
    raise click.BadParameter(f"`{text}` is no date; write a year, month or day: 2025, 2025-03 or 2025-03-14")
