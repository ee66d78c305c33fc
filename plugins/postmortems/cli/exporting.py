"""Makes an export of what an audience may see, and writes it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from postmortems.cli.guard import Failure
from postmortems.cli.printing import print_rows
from postmortems.cli.reading import read_for
from postmortems.cli.writing import write_file, write_folder
from postmortems.exports import FORMATS, Addresses, Edition, MissingExtraError, Tables
from postmortems.source import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from postmortems.exports import Files, Format

_BINARY = frozenset({"sqlite"})


def list_formats(*, as_json: bool) -> None:
    """Print the formats, where a site has them, and what they are for."""
    rows = [
        {
            "format": each.name,
            "place": each.place or "beside each incident's page",
            "needs": f"postmortems[{each.extra}]" if each.extra else None,
            "description": each.description,
        }
        for each in FORMATS.values()
    ]
    columns = {"format": "Format", "place": "On the site", "needs": "Needs", "description": "What it is"}
    print_rows(rows, columns, as_json=as_json)


def write_export(
    name: str, output: Path | None, *, audience: str | None, site_url: str, root: Path | None
) -> None:
    """Write an export to a file, a folder or standard output.

    Raises click.UsageError for what can't be asked for, Failure where a library is missing or nothing could be
    written; then nothing was.
    """
    chosen = _format(name)
    _refuse_what_can_not_be(chosen, output, site_url)
    reading = read_for(root, audience, as_on_site=True)
    edition = Edition(reading.corpus, reading.conventions, reading.as_of, Addresses.of(site_url))
    files = chosen.files(Tables(edition))
    try:
        _write(chosen, files, output)
    except MissingExtraError as error:
        raise Failure(str(error)) from error


def _write(chosen: Format, files: Files, output: Path | None) -> None:
    places = list(files)
    if output is None:
        click.echo(files[places[0]](), nl=False)
    elif chosen.is_folder:
        write_folder(output, files)
        click.echo(f"{len(files):,} files in {output}", err=True)
    else:
        name = places[0].rsplit("/", 1)[-1]
        write_file(output / name if output.is_dir() else output, files[places[0]]())


def _format(name: str) -> Format:
    if name not in FORMATS:
        question = did_you_mean(name, FORMATS) or f"there are {', '.join(FORMATS)}."
        raise click.BadParameter(f"`{name}` is no format; {question}", param_hint="FORMAT")
    return FORMATS[name]


def _refuse_what_can_not_be(chosen: Format, output: Path | None, site_url: str) -> None:
    if output is None and chosen.is_folder:
        raise click.UsageError(f"{chosen.name} is made of several files: name a new folder with -o.")
    if output is None and chosen.name in _BINARY and sys.stdout.isatty():
        raise click.UsageError(f"{chosen.name} is no text: name a file with -o.")
    address = urlsplit(site_url)
    if site_url and (address.scheme not in {"http", "https"} or not address.netloc):
        raise click.BadParameter(
            f"`{site_url}` is no address such as https://postmortems.example.org/.", param_hint="--site-url"
        )
