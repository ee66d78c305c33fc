"""Answers in the terminal: a table for people, JSON for programs, from the same rows."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import click

from postmortems.findings.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDE = 4000  # a pipe has no width: nothing is wrapped or cut there


def print_json(value: object) -> None:
    """Print a value of plain types as JSON, keys in their order."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[str] = ()) -> None:
    """Print rows below columns, fitted to the terminal; columns named in `numbers` are aligned to the right.

    Control characters of what records say are escaped.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDE
    console = Console(file=sys.stdout, width=width, highlight=False, markup=False, soft_wrap=False)
    console.print(table)


def print_rows(rows: Sequence[Mapping[str, object]], columns: Mapping[str, str], *, as_json: bool) -> None:
    """Print rows as a table of `columns` (key to heading), or all their keys as JSON."""
    if as_json:
        print_json([dict(row) for row in rows])
        return
    shown = [["" if row.get(key) is None else str(row[key]) for key in columns] for row in rows]
    numeric = [
        heading
        for key, heading in columns.items()
        if rows and all(isinstance(row.get(key), int | float | None) for row in rows)
    ]
    print_table(list(columns.values()), shown, numbers=numeric)
