"""`postmortems similar`: what is asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from postmortems.cli.options import audience_option, json_option, root_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog="Exit status: 0 compared, whether anything is alike or not, 2 wrong use or nothing to compare."
)
@click.argument("path", required=False)
@click.option(
    "--text", help="Compare a text in place of a post-mortem, by its words; - reads it from standard input."
)
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    default=5,
    show_default=True,
    help="Name at most so many; what an editor relates is always named.",
)
@root_option
@audience_option
@json_option
def similar(  # noqa: PLR0913 - one parameter an option
    *, path: str | None, text: str | None, limit: int, root: Path | None, audience: str | None, as_json: bool
) -> None:
    """Say whether it happened before: name the post-mortems that are like one, or like a text, and why.

    PATH is a post-mortem, a draft among them: a file, or the id of one in incidents/. First stands what its editor
    relates to it, then what it repeats, with the action that was to prevent it, then what is like it by words,
    factors, services and trigger. Where nothing is alike enough, nothing is named.
    """
    from postmortems.cli.comparing import compare_record, compare_text

    if (path is None) == (text is None):
        raise click.UsageError("name a post-mortem by PATH, or give a --text: one of the two.")
    if text is not None:
        compare_text(sys.stdin.read() if text == "-" else text, limit, root, audience, as_json)
    elif path is not None:
        compare_record(path, limit, root, audience, as_json)
