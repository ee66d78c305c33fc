"""Prints what may be written in a record: the schema, or a reference of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.cli.desk import any_conventions
from postmortems.conventions.editor_schema import as_json, editor_schema
from postmortems.rules.field_reference import as_markdown, field_reference

if TYPE_CHECKING:
    from pathlib import Path


def print_schema(root: Path | None, *, for_editors: bool) -> None:
    """Print the schema, with the requirements in it if an editor is to know them."""
    conventions = any_conventions(root)
    made = editor_schema(conventions) if for_editors else conventions.schema.schema
    click.echo(as_json(made), nl=False)


def print_fields(root: Path | None) -> None:
    """Print the reference of all fields as Markdown."""
    click.echo(as_markdown(field_reference(any_conventions(root))), nl=False)
