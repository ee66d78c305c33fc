"""The published schema of the exports: which tables there are, their columns, and what each means.

What a column is called, holds and means is written down in `schemas/export.schema.json` and nowhere else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from postmortems.conventions import shipped_schemas
from postmortems.exports.own_columns import with_own_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.conventions import OwnField

VERSION = "1.1"
"""The version of the schema. A minor version may only add; tests hold it to what was published last."""

TABLES = ("incidents", "milestones", "durations", "factors", "lessons", "actions")
"""The names of the tables, each after those that it refers to."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `kind` is string, integer, number, boolean or array, of texts; `form` date, date-time or empty.

    `values` are those that it can have, where they are few. An `optional` one is null where it is not known.
    """

    name: str
    title: str
    description: str
    kind: str
    form: str
    optional: bool
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table: what a row of it is, and its columns in their order."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]


@cache
def schema_bytes(own: tuple[OwnField, ...] = ()) -> bytes:
    """The schema as it is published, with the columns that an organisation adds.

    A knowledge base can't have one of its own: others rely on it.
    """
    shipped = (shipped_schemas() / "export.schema.json").read_bytes()
    if not own:
        return shipped
    return f"{json.dumps(with_own_columns(json.loads(shipped), own), ensure_ascii=False, indent=2)}\n".encode()


@cache
def table_shapes(own: tuple[OwnField, ...] = ()) -> Mapping[str, TableShape]:
    """The tables by their names, with the columns that an organisation adds."""
    definitions = json.loads(schema_bytes(own))["$defs"]
    return {name: _shape(name, definitions[name]) for name in TABLES}


def _shape(name: str, definition: Mapping[str, Any]) -> TableShape:
    columns = tuple(_column(column, of) for column, of in definition["properties"].items())
    return TableShape(name, definition["title"], definition["description"], columns)


def _column(name: str, definition: Mapping[str, Any]) -> Column:
    kinds = definition.get("type", "string")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return Column(
        name,
        definition["title"],
        definition["description"],
        kinds[0],
        definition.get("format", ""),
        "null" in kinds,
        tuple(value for value in definition.get("enum", ()) if value is not None),
    )
