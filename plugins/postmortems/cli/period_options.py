"""Spans of days as options: `2025` is a year, `2025Q1` a quarter, `2025-03` a month, `2025-03-14` a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from postmortems.analysis.statistics.periods import Period


def first_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    """The first day of a span; a usage error where the text names none."""
    return None if value is None else _read(value).first


def last_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    """The last day of a span; a usage error where the text names none."""
    return None if value is None else _read(value).last


def _read(text: str) -> Period:
    from postmortems.analysis.statistics.periods import period

    try:
        return period(text)
    except ValueError as error:
        message = str(error) if "`" in str(error) else f"`{text}` is not a calendar date"
        raise click.BadParameter(message) from error
