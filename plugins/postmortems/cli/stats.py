"""`postmortems stats`: which incidents the figures are asked of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.cli.options import audience_option, json_option, root_option
from postmortems.cli.periods import first_day

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

# In the order in which they are told, as in `postmortems.cli.figures`, which takes longer to load than help may.
SECTIONS = (
    *("timing", "years", "frequency", "shares", "factors", "dimensions", "repeats"),
    *("follow-through", "effect", "review", "questions"),
)


@click.command(epilog="Exit status: 0 told, also where there is too little to tell; 2 wrong use.")
@click.option(
    "--since",
    metavar="DATE",
    callback=first_day,
    help="Only incidents that began in this year, quarter, month or day, or later: 2025, 2025Q3, 2025-03.",
)
@click.option("--severity", "severities", multiple=True, metavar="ID", help="Only of this severity. Repeatable.")
@click.option("--service", "services", multiple=True, metavar="ID", help="Only on this service. Repeatable.")
@click.option(
    "--section",
    "sections",
    multiple=True,
    type=click.Choice(SECTIONS),
    help="Only this section. Repeatable. Default: all of them.",
)
@json_option
@audience_option
@root_option
def stats(  # noqa: PLR0913 - one parameter an option
    *,
    since: date | None,
    severities: tuple[str, ...],
    services: tuple[str, ...],
    sections: tuple[str, ...],
    as_json: bool,
    audience: str | None,
    root: Path | None,
) -> None:
    """Tell the figures of the organisation's own incidents, as the pages do.

    How long it took, this year beside the last; how many incidents a quarter; shares; which factors recur, and
    what came back; follow-through, and whether actions worked; reviews, and what they answered. Each figure says
    what it rests on, how sure it is, and what was left out; of too few incidents, nothing is told. Retold
    incidents of other organisations enter none of them.
    """
    from postmortems.cli.summing_up import sum_up

    sum_up(since, severities, services, sections or SECTIONS, root=root, audience=audience, as_json=as_json)
