"""`postmortems stats`: which incidents the figures are asked of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.cli.options import audience_option, json_option, root_option
from postmortems.cli.periods import first_day

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command(epilog="Exit status: 0 told, also where there is too little to tell; 2 wrong use.")
@click.option(
    "--since",
    metavar="DATE",
    callback=first_day,
    help="Only incidents that began in this year, quarter, month or day, or later: 2025, 2025Q3, 2025-03.",
)
@click.option("--severity", "severities", multiple=True, metavar="ID", help="Only of this severity. Repeatable.")
@click.option("--service", "services", multiple=True, metavar="ID", help="Only on this service. Repeatable.")
@json_option
@audience_option
@root_option
def stats(  # noqa: PLR0913 - one parameter an option
    *,
    since: date | None,
    severities: tuple[str, ...],
    services: tuple[str, ...],
    as_json: bool,
    audience: str | None,
    root: Path | None,
) -> None:
    """Tell the figures of the organisation's own incidents, as the pages do.

    How long it took, this year beside the last; how many incidents a quarter; and shares. Each figure says what
    it rests on, how sure it is, and what was left out; of too few incidents, nothing is told. Retold incidents of
    other organisations enter none of them.
    """
    from postmortems.cli.summing_up import sum_up

    sum_up(since, severities, services, root=root, audience=audience, as_json=as_json)
