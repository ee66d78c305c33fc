"""`postmortems evidence`: what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.cli.options import audience_option, json_option, root_option
from postmortems.cli.periods import first_day, last_day

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command(epilog="Exit status: 0 answered, 2 no such control or other wrong use.")
@click.option("--control", metavar="ID", help="List the records of one control, such as soc-2-cc7-5.")
@click.option(
    "--since",
    metavar="DATE",
    callback=first_day,
    help="Only records of this year, quarter, month or day, and later ones.",
)
@click.option(
    "--until",
    metavar="DATE",
    callback=last_day,
    help="Only records of this year, quarter, month or day, and earlier ones.",
)
@json_option
@audience_option
@root_option
def evidence(  # noqa: PLR0913, PLR0917 - the options of a command
    control: str | None,
    since: date | None,
    until: date | None,
    as_json: bool,
    audience: str | None,
    root: Path | None,
) -> None:
    """List the records that may support a control of an audit, and what is not in them.

    Without --control, all controls are listed, with how many of the records that each concerns hold everything it
    looks for. Controls and what they look for are data, in schemas/controls.yaml. Nothing here says that anyone
    complies with anything, and nothing here is legal advice.
    """
    from postmortems.cli.evidence_listing import list_controls, list_records

    if control is None:
        list_controls(root, audience, since, until, as_json=as_json)
    else:
        list_records(control, root, audience, since, until, as_json=as_json)
