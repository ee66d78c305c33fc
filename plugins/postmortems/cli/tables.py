"""Answers in the terminal: a table for people, JSON for programs, from the same rows."""

from __future__ import annotations

import json
import shutil
import sys
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

from postmortems.findings.visible import cells, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_GAP = "  "
_NARROW = 4  # columns are made no narrower than that
_WIDE = 4000  # a pipe has no width: nothing is wrapped or cut there


def print_json(value: object) -> None:
    """Print a value of plain types as JSON, keys in their order."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[str] = ()) -> None:
    """Print rows below columns, fitted to the terminal; columns named in `numbers` are aligned to the right.

    Control characters of what records say are escaped.
    """
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDE
    texts = [list(columns), *([visible(cell) for cell in row] for row in rows)]
    widths = _fitted([max(map(cells, column)) for column in zip(*texts, strict=True)], room)
    for number, row in enumerate(texts):
        wrapped = [_wrapped(text, width) for text, width in zip(row, widths, strict=True)]
        for line in zip_longest(*wrapped, fillvalue=""):
            padded = (
                _padded(text, width, right=column in numbers)
                for text, width, column in zip(line, widths, columns, strict=True)
            )
            click.secho(_GAP.join(padded).rstrip(), bold=True if number == 0 else None)


def _fitted(widths: list[int], room: int) -> list[int]:
    """The widths of columns, the widest made narrower until all fit, where they can."""
    room -= len(_GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _NARROW:
        widths[widths.index(max(widths))] -= 1
    return widths


def _wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most a width, broken between words where it can be."""
    lines, line = [], ""
    for word in text.split(" ") if cells(text) > width else [text]:
        joined = f"{line} {word}" if line else word
        if cells(joined) > width and line:
            lines.append(line)
            joined = word
        while cells(joined) > width > 1:
            first = next(end for end in range(len(joined), 0, -1) if cells(joined[:end]) <= width)
            lines.append(joined[:first])
            joined = joined[first:]
        line = joined
    return [*lines, line]


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - cells(text))
    return space + text if right else text + space


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
