"""One SQLite database with all tables and their keys, for Datasette and whatever else opens such files."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from postmortems.exports.rows import instant
from postmortems.exports.schema import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postmortems.exports.export_context import ExportContext
    from postmortems.exports.rows import Cell
    from postmortems.exports.schema import Column, TableShape
    from postmortems.exports.tables import Tables

_KINDS = {"string": "TEXT", "array": "TEXT", "integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}


def sqlite_file(tables: Tables) -> bytes:
    """The database. Lists are JSON texts, truth is 1 or 0, and what is not known is NULL.

    The table `about` says what it is and for whom, `columns` what each column means. The same rows give the same
    bytes with the same version of SQLite.
    """
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
        _fill(database, "about", 2, _about(tables.context))
        database.execute("CREATE TABLE columns (in_table TEXT, name TEXT, description TEXT)")
        shapes = [table.shape for table in tables.by_name.values()]
        described = ((shape.name, column.name, column.description) for shape in shapes for column in shape.columns)
        _fill(database, "columns", 3, described)
        for name, table in tables.by_name.items():
            names = [column.name for column in table.shape.columns]
            database.execute(_definition(table.shape))
            _fill(database, name, len(names), ([_stored(row[key]) for key in names] for row in table.rows))
            if name != "incidents":
                database.execute(f'CREATE INDEX "{name} of an incident" ON "{name}" (incident)')
        database.commit()
        return database.serialize()


def _fill(database: sqlite3.Connection, table: str, width: int, rows: Iterable[Iterable[object]]) -> None:
    marks = ", ".join("?" * width)
    database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', map(tuple, rows))  # noqa: S608 - our own names


def _about(context: ExportContext) -> Iterator[tuple[str, str | None]]:
    yield "version", VERSION
    yield "organisation", context.organisation
    yield "audience", context.corpus.audience.value
    yield "licence", context.licence or None
    yield "as_of", instant(context.as_of)


def _definition(shape: TableShape) -> str:
    columns = ",\n  ".join(_column(shape, column) for column in shape.columns)
    return f'CREATE TABLE "{shape.name}" (\n  {columns}\n)'


def _column(shape: TableShape, column: Column) -> str:
    defined = f'"{column.name}" {_KINDS[column.kind]}{"" if column.optional else " NOT NULL"}'
    if (shape.name, column.name) == ("incidents", "id"):
        return f"{defined} PRIMARY KEY"
    return f"{defined} REFERENCES incidents (id)" if column.name == "incident" else defined


def _stored(cell: Cell) -> str | int | float | None:
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else cell
