"""`postmortems actions`: which actions are asked for."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import click

from postmortems.cli.options import audience_option, json_option, root_option

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

STATES = ("open", "overdue", "closed", "all")


@click.command(epilog="Exit status: 0 listed, also where there are none; 2 wrong use.")
@click.option("--open", "state", flag_value="open", default="open", help="What waits to be done. The default.")
@click.option("--overdue", "state", flag_value="overdue", help="What waits past its due date.")
@click.option("--closed", "state", flag_value="closed", help="What was done, declined or superseded.")
@click.option("--all", "state", flag_value="all", help="All of them.")
@click.option("--owner", "owners", multiple=True, metavar="TEAM", help="Only of this team or role. Repeatable.")
@click.option(
    "--due-before",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only what is due before a day, such as 2026-07-01.",
)
@click.option(
    "--priority", "priorities", multiple=True, metavar="LEVEL", help="high, medium, low or none. Repeatable."
)
@click.option(
    "--output", "outputs", multiple=True, metavar="OUTPUT", help="Only what changes this, such as runbook."
)
@audience_option
@json_option
@root_option
def actions(  # noqa: PLR0913 - one parameter an option
    *,
    state: str,
    owners: tuple[str, ...],
    due_before: datetime | None,
    priorities: tuple[str, ...],
    outputs: tuple[str, ...],
    audience: str | None,
    root: Path | None,
    as_json: bool,
) -> None:
    """List the actions of first-hand post-mortems, most pressing first.

    Overdue ones come first; among these, and among the others, those of a higher priority, then those due earlier.
    Closed ones come last, the newest first.
    """
    from postmortems.cli.following import Wanted, list_actions

    day = due_before.replace(tzinfo=UTC).date() if due_before else None
    list_actions(Wanted(state, owners, day, priorities, outputs), root=root, audience=audience, as_json=as_json)
