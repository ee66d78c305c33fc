"""Parquet, for DuckDB and data frames; written by pyarrow, an extra because few need it and it is large."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from postmortems.runtime.extras import require

if TYPE_CHECKING:
    from postmortems.exports.rows import Cell
    from postmortems.exports.schema import Column
    from postmortems.exports.tables import Table


def parquet_file(table: Table) -> bytes:
    """A table as Parquet, with dates, times and lists as such; the same bytes with the same version of pyarrow.

    Raises MissingExtraError where pyarrow is not installed.
    """
    require("parquet", "Parquet")
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = table.shape.columns
    arrays = [
        pa.array([_typed(row[column.name], column) for row in table.rows], _type(pa, column)) for column in columns
    ]
    fields = [
        pa.field(column.name, _type(pa, column), column.optional, {"description": column.description})
        for column in columns
    ]
    made = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), made, compression="zstd")
    return made.getvalue()


def _type(pa: Any, column: Column) -> Any:
    match column.kind, column.form:
        case "string", "date":
            return pa.date32()
        case "string", "date-time":
            return pa.timestamp("s", tz="UTC")
        case "array", _:
            return pa.list_(pa.string())
    return {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}[
        column.kind
    ]


def _typed(cell: Cell, column: Column) -> Cell | date | datetime:
    if not isinstance(cell, str):
        return cell
    match column.form:
        case "date":
            return date.fromisoformat(cell)
        case "date-time":
            return datetime.fromisoformat(cell)
    return cell
