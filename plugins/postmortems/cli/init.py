"""`postmortems init`: what is asked for."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", help="Name of the site. Default: made from the folder's name.")
@click.option(
    "--organisation",
    help="Whose knowledge base it is. Default: the owner of the Git remote, or else the folder's name.",
)
def init(folder: Path, name: str | None, organisation: str | None) -> None:
    """Lay down a knowledge base: a site, a policy and one example.

    DIR is a new or empty folder, or one in which nothing is in the way; by default the current folder. Nothing is
    ever overwritten: where a file is in the way, nothing is written at all.
    """
    from postmortems.cli.laying_down import lay_down

    lay_down(folder, name=name, organisation=organisation)
