"""`postmortems worksheet`: what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.cli.options import audience_option, output_option, root_option, sheet_format_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Exit status: 0 written, 2 no such post-mortem or other wrong use.")
@click.argument("record", metavar="ID|PATH")
@sheet_format_option
@output_option
@audience_option
@root_option
def worksheet(
    record: str, output_format: str, output: Path | None, audience: str | None, root: Path | None
) -> None:
    """Write a facilitator's sheet for the review of an incident.

    It is made from the record, a draft too: who should be in the room, what happened with the gaps pointed out,
    the decisions, who was told what, what is not recorded yet, the seven questions with what the record answers,
    the factors so far, and rows for the actions to write.
    """
    from postmortems.cli.sheets import write_worksheet

    write_worksheet(record, output_format, output, audience, root)
