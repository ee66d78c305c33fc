"""`postmortems list`: which post-mortems are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.cli.options import audience_option, json_option, root_option
from postmortems.cli.periods import first_day, last_day

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command(name="list", epilog="Exit status: 0 listed, also where there are none; 2 wrong use.")
@click.option("--factor", "factors", multiple=True, metavar="ID", help="With this factor, such as change.rollout.")
@click.option(
    "--service", "services", multiple=True, metavar="ID", help="On this service; others' as ORGANISATION/SERVICE."
)
@click.option("--trigger", "triggers", multiple=True, metavar="ID", help="Set off by this, such as deploy.")
@click.option("--severity", "severities", multiple=True, metavar="ID", help="Of this severity, such as sev1.")
@click.option("--class", "classes", multiple=True, metavar="CLASS", help="Of this class, such as near-miss.")
@click.option(
    "--provenance", "provenances", multiple=True, metavar="KIND", help="first-hand, public-report or imported."
)
@click.option("--organisation", "organisations", multiple=True, metavar="NAME", help="Of this organisation.")
@click.option(
    "--status", "statuses", multiple=True, metavar="STATUS", help="published, in-review or draft; drafts only so."
)
@click.option(
    "--since",
    metavar="DATE",
    callback=first_day,
    help="That began in this year, quarter, month or day, or later: 2025, 2025Q3, 2025-03.",
)
@click.option("--until", metavar="DATE", callback=last_day, help="That began in it or earlier.")
@audience_option
@json_option
@root_option
def list_(
    *, since: date | None, until: date | None, audience: str | None, root: Path | None, as_json: bool,
    **wanted: tuple[str, ...],
) -> None:  # fmt: skip
    """List post-mortems, the newest first.

    Each option may be given several times, and then means one or the other; different ones narrow each other down.
    """
    from postmortems.cli.listing import list_postmortems

    list_postmortems(wanted, since, until, root=root, audience=audience, as_json=as_json)
