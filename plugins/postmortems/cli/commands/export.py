"""`postmortems export`: writes the files for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from postmortems.cli.corpus_option import read_for
from postmortems.cli.options import json_option, root_option
from postmortems.cli.tables import print_rows
from postmortems.exports import Addresses, ExportContext, Tables, formats
from postmortems.runtime.atomic_files import write_file, write_folder
from postmortems.source import did_you_mean

if TYPE_CHECKING:
    from postmortems.exports import Files, Format


@click.command(
    epilog="Exit status: 0 written, 1 errors in the conventions, 2 wrong use, or the file could not be written."
)
@click.argument("format_name", metavar="[FORMAT]", required=False)
@click.option("--list", "listed", is_flag=True, help="List the formats and what each is for.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write, or a new folder for formats with several files. Default: standard output.",
)
@click.option(
    "--audience",
    type=click.Choice(["public", "organisation", "strict"]),
    help="Who may see the files. Default: the audience in policy.yaml, as for the site.",
)
@click.option(
    "--site-url",
    metavar="URL",
    default="",
    help="Site address for absolute links, as `site_url` in mkdocs.yml. Default: relative links.",
)
@root_option
@json_option
def export(  # noqa: PLR0913 - one for each option, by name
    format_name: str | None,
    output: Path | None,
    audience: str | None,
    site_url: str,
    root: Path | None,
    *,
    listed: bool,
    as_json: bool,
) -> None:
    """Write data for other programs, byte-identical to the files on the site.

    FORMAT is a name from --list, such as csv or atom.
    """
    if listed:
        list_formats(as_json=as_json)
    elif format_name is None:
        raise click.UsageError("name a format; `postmortems export --list` lists them.")
    else:
        write_export(format_name, output, audience=audience, site_url=site_url, root=root)


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
        for each in formats().values()
    ]
    columns = {"format": "Format", "place": "On the site", "needs": "Needs", "description": "What it is"}
    print_rows(rows, columns, as_json=as_json)


def write_export(
    name: str, output: Path | None, *, audience: str | None, site_url: str, root: Path | None
) -> None:
    """Write an export to a file, a folder or standard output.

    Raises click.UsageError for options that do not go together, Failure where a library is missing or nothing
    could be written; then nothing was.
    """
    chosen = _format(name)
    _refuse_what_can_not_be(chosen, output, site_url)
    reading = read_for(root, audience, as_on_site=True)
    context = ExportContext(reading.corpus, reading.conventions, reading.as_of, Addresses.of(site_url))
    files = chosen.files(Tables(context))
    _write(chosen, files, output)


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
    known = formats()
    if name not in known:
        question = did_you_mean(name, known) or f"there are {', '.join(known)}."
        raise click.BadParameter(f"unknown format `{name}`; {question}", param_hint="FORMAT")
    return known[name]


def _refuse_what_can_not_be(chosen: Format, output: Path | None, site_url: str) -> None:
    if output is None and chosen.is_folder:
        raise click.UsageError(f"{chosen.name} consists of several files: name a new folder with -o.")
    if output is None and chosen.name in _BINARY and sys.stdout.isatty():
        raise click.UsageError(f"{chosen.name} is a binary format: name a file with -o.")
    address = urlsplit(site_url)
    if site_url and (address.scheme not in {"http", "https"} or not address.netloc):
        raise click.BadParameter(
            f"`{site_url}` is not an address such as https://postmortems.example.org/.", param_hint="--site-url"
        )
