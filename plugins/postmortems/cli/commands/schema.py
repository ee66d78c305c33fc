"""`postmortems schema`: what is asked for."""

from __future__ import annotations

from pathlib import Path

import click

from postmortems.cli.context import any_conventions
from postmortems.conventions.editor_schema import as_json, editor_schema
from postmortems.rules.reference.field_reference import as_markdown, field_reference


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
    if output_format == "markdown":
        if for_editors:
            raise click.UsageError("--for-editors is a schema, so it can't be printed as markdown.")
        print_fields(root)
    else:
        print_schema(root, for_editors=for_editors)


def print_schema(root: Path | None, *, for_editors: bool) -> None:
    """Print the schema, with the requirements in it if an editor is to know them."""
    conventions = any_conventions(root)
    made = editor_schema(conventions) if for_editors else conventions.schema.schema
    click.echo(as_json(made), nl=False)


def print_fields(root: Path | None) -> None:
    """Print the reference of all fields as Markdown."""
    click.echo(as_markdown(field_reference(any_conventions(root))), nl=False)
