"""`postmortems worksheet`: writes the worksheet of a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.cli.options import audience_option, output_option, root_option, sheet_format_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Exit status: 0 written, 2 unknown post-mortem or other wrong use.")
@click.argument("record", metavar="ID|PATH")
@sheet_format_option
@output_option
@audience_option
@root_option
def worksheet(
    record: str, output_format: str, output: Path | None, audience: str | None, root: Path | None
) -> None:
    """Write the facilitator's worksheet for a review.

    It is made from the record, even a draft: who should attend, what happened and where the gaps are, decisions,
    who was told what, what is not recorded yet, the seven questions with the record's answers, the factors so far,
    and space for actions.
    """
    from postmortems.cli.sheets import write_worksheet

    write_worksheet(record, output_format, output, audience, root)
