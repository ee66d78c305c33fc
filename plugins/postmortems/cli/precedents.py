"""`postmortems precedents`: what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.cli.options import audience_option, root_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Exit status: 0 answered, whether there are precedents or not, 2 wrong use.")
@click.option(
    "--trigger", metavar="KIND", help="What you are about to do, such as deploy. Without it all are listed."
)
@click.option(
    "--service",
    "services",
    metavar="ID",
    multiple=True,
    help="Only incidents of this service; others' as organisation/service. May be given several times.",
)
@click.option(
    "--output-format",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    show_default=True,
    help="How it is written.",
)
@root_option
@audience_option
def precedents(
    *, trigger: str | None, services: tuple[str, ...], output_format: str, root: Path | None, audience: str | None
) -> None:
    """Give a checklist before a change: what the like of it did to others.

    From all incidents that the same kind of trigger set off: what went wrong, what made it last longer, what
    helped and what was changed afterwards, each with its incident and organisation, as Markdown for the ticket of
    a change.
    """
    from postmortems.cli.before_change import list_triggers, print_checklist

    if trigger:
        print_checklist(trigger, services, output_format, root, audience)
    elif services:
        raise click.UsageError("--service narrows down the incidents of a --trigger: name one.")
    else:
        list_triggers(output_format, root, audience)
