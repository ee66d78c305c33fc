"""`postmortems brief`: what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.cli.options import (
    audience_option,
    json_option,
    output_option,
    root_option,
    sheet_format_option,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Exit status: 0 written, 2 no such quarter or other wrong use.")
@click.option("--quarter", metavar="YYYYQN", help="Such as 2026Q3. Default: the last one that is over.")
@sheet_format_option
@json_option
@output_option
@audience_option
@root_option
def brief(  # noqa: PLR0913 - one parameter an option
    *,
    quarter: str | None,
    output_format: str,
    as_json: bool,
    output: Path | None,
    audience: str | None,
    root: Path | None,
) -> None:
    """Write a brief for leadership: one quarter on one page of A4.

    It tells what needs a decision, the incidents beside those of the quarter before, the most serious ones, what
    came back, what becomes of actions and reviews, and whether they helped: as it was at the end of the quarter.
    """
    from postmortems.cli.briefing import write_brief

    write_brief(quarter, "json" if as_json else output_format, output, audience, root)
