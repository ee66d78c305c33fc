"""`postmortems export`: what is asked for."""

from __future__ import annotations

from pathlib import Path

import click

from postmortems.cli.options import json_option, root_option


@click.command(epilog="Exit status: 0 written, 1 faulty conventions, 2 wrong use, or it could not be written.")
@click.argument("format_name", metavar="[FORMAT]", required=False)
@click.option("--list", "listed", is_flag=True, help="List the formats, and what each is for.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file to write, or a new folder for a format of several files. Default: standard output.",
)
@click.option(
    "--audience",
    type=click.Choice(["public", "organisation", "strict"]),
    help="For whom; what they may not see is not in it. Default: as the site, for whom policy.yaml says.",
)
@click.option(
    "--site-url",
    metavar="URL",
    default="",
    help="The address of the site, for absolute links: `site_url` of mkdocs.yml. Without it links are relative.",
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
    """Write the post-mortems as files for other programs: the same bytes as on the site, without a site.

    FORMAT is a name that --list prints, such as csv or atom.
    """
    from postmortems.cli.exporting import list_formats, write_export

    if listed:
        list_formats(as_json=as_json)
    elif format_name is None:
        raise click.UsageError("name a format; `postmortems export --list` tells which there are.")
    else:
        write_export(format_name, output, audience=audience, site_url=site_url, root=root)
