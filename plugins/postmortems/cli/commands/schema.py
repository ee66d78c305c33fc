"""`postmortems schema`: prints the schema of front matter."""

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
    help="JSON Schema, or a field reference for people.",
)
@click.option(
    "--for-editors",
    is_flag=True,
    help="Add what each kind of record must have, so that an editor can ask for it.",
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Knowledge base whose schema is printed. Default: the one containing the current folder, else the "
    "shipped schema.",
)
def schema(output_format: str, root: Path | None, *, for_editors: bool) -> None:
    """Print the JSON Schema (2020-12) of a post-mortem's fields.

    The schema alone describes the shape. Which fields a record must have depends on its status, provenance and
    severity; see --for-editors.
    """
    if output_format == "markdown":
        if for_editors:
            raise click.UsageError("--for-editors needs --output-format json.")
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
