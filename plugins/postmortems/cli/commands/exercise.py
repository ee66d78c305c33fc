"""`postmortems exercise`: writes a tabletop exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.cli.options import audience_option, output_option, root_option, sheet_format_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Exit status: 0 written, 2 unknown post-mortem, timeline too short, or other wrong use.")
@click.argument("record", metavar="ID|PATH")
@sheet_format_option
@output_option
@audience_option
@root_option
def exercise(
    record: str, output_format: str, output: Path | None, audience: str | None, root: Path | None
) -> None:
    """Write a tabletop exercise from the timeline of an incident.

    It gives the facilitator the starting situation, what players learn and when, questions after each step and,
    folded away, what really happened, without saying who did it.
    """
    from postmortems.cli.sheets import write_exercise

    write_exercise(record, output_format, output, audience, root)
