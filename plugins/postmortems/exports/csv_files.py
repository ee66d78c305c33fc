"""CSV by RFC 4180: UTF-8, a line of column names, lines that end in CR LF; an empty cell is what is not known."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmortems.exports.rows import Cell
    from postmortems.exports.tables import Table

# Spreadsheets run a text that begins with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_file(table: Table) -> bytes:
    """A table as CSV. Lists are joined by `; `; before a text that could be a formula stands an apostrophe."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    names = [column.name for column in table.shape.columns]
    writer.writerow(names)
    writer.writerows([_shown(row[name]) for name in names] for row in table.rows)
    return made.getvalue().encode()


def _shown(cell: Cell) -> str | int | float | None:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list):
        cell = "; ".join(cell)
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
