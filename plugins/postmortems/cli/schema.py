"""`postmortems schema`: what is asked for."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "--output-format",
    type=click.Choice(["json", "markdown"]),
    default="json",
    show_default=True,
    help="The JSON Schema, or a reference of all fields for people.",
)
@click.option(
    "--for-editors",
    is_flag=True,
    help="Add what each kind of record must hold, by conditions, so that an editor can ask for it.",
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the knowledge base whose schema is printed. Default: the one that holds this folder, or else "
    "the shipped one.",
)
def schema(output_format: str, root: Path | None, *, for_editors: bool) -> None:
    """Print the schema of a post-mortem's fields.

    It is a JSON Schema (2020-12). By itself it gives the shape only: what a record must hold depends on its
    status, provenance and severity.
    """
    from postmortems.cli.describing import print_fields, print_schema

    if output_format == "markdown":
        if for_editors:
            raise click.UsageError("--for-editors is a schema, so it can't be printed as markdown.")
        print_fields(root)
    else:
        print_schema(root, for_editors=for_editors)
