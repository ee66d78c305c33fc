"""Edits of single lines: which columns are written anew, and what the place then means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postmortems.source import Pointer, Shape, Source, Value


class FixKind(StrEnum):
    """What kind of thing is put right, in words for the report."""

    QUOTES = "quotes"
    SPELLING = "spelling"
    MOMENT = "form of a moment"
    ORDER = "order of fields"


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing that was put right: its kind, and the line on which it stood."""

    kind: FixKind
    line: int


@dataclass(frozen=True, slots=True)
class Edit:
    """A part of a line, written anew. Lines count from 1; `start` and `end` are columns counted from 0.

    `value` is what then stands at `pointer`.
    """

    kind: FixKind
    line: int
    start: int
    end: int
    text: str
    pointer: Pointer
    value: str

    @property
    def fix(self) -> Fix:
        """The edit as it is reported."""
        return Fix(self.kind, self.line)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Write edits into a text; they do not overlap. Line ends stay as they are."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.start), reverse=True):
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[: edit.start] + edit.text + line[edit.end :]
    return "\n".join(lines)


def quoted(text: str) -> str:
    """A text of one line in quotes: double ones where nothing in it has to be escaped, else single ones."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def takes_words(shape: Shape) -> bool:
    """Whether text is expected here that is no listed word; a date in quotes by mistake is found on rereading."""
    return "string" in shape.types and not shape.known_values


@dataclass(frozen=True, slots=True)
class Text:
    """A text value that stands on one line. `start` and `end` are its columns within its quotes, from 0."""

    pointer: Pointer
    value: str
    line: int
    start: int
    end: int
    is_plain: bool

    def edit(self, kind: FixKind, value: str) -> Edit:
        """The edit that writes another value in its place; the quotes stay."""
        return Edit(kind, self.line, self.start, self.end, value, self.pointer, value)


def texts(source: Source) -> Iterator[Text]:
    """Every text value that stands on one line and reads as it is written, in the order of the file."""
    for pointer, value in _leaves(source.meta, ()):
        span = source.values[pointer]
        line = source.line(span.line)
        start, end = span.column - 1, span.end_column - 1
        if line[start:end] == value:
            yield Text(pointer, value, span.line, start, end, is_plain=True)
        elif line[start : start + 1] in {'"', "'"} and line[start + 1 : end - 1] == value:
            yield Text(pointer, value, span.line, start + 1, end - 1, is_plain=False)


def _leaves(value: Value, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*pointer, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _leaves(inner, (*pointer, i))
