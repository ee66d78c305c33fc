"""Quotes around text that YAML reads as something else, though the file can be read: lines and cut-off text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortems.fixes.edits import Edit, FixKind, Text, quoted, takes_words, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.source import Pointer, Shape, Source, Value

_BEFORE_ENTRY = re.compile(r" *- +\Z")
# A space and a number sign with a number: host #3. In a comment, a space or text follows the sign.
_CUT_OFF = re.compile(r" (#\d.*?)(?=\s+#(?!\d)|\s*\Z)")


def lines_as_text(source: Source, shape: Shape) -> Iterator[Edit]:
    """Entries that were meant as one line of text, such as `- improve: …`, and read as a mapping."""
    by_pointer = {text.pointer: text for text in texts(source)}
    for pointer, entry in _entries(source.meta, ()):
        if len(entry) != 1:
            continue
        (key,) = entry
        text, place = by_pointer.get((*pointer, key)), shape.at(pointer)
        if text and takes_words(place) and not place.knows(key):
            edit = _line_edit(source, pointer, key, text)
            if edit:
                yield edit


def _line_edit(source: Source, pointer: Pointer, key: str, text: Text) -> Edit | None:
    """The quotes around a whole entry; none where it does not stand on a line of its own."""
    start = source.keys[*pointer, key]
    line = source.line(start.line)
    if start.line != text.line or not _BEFORE_ENTRY.match(line[: start.column - 1]):
        return None
    end = text.end if text.is_plain else text.end + 1
    written = line[start.column - 1 : end] if text.is_plain else f"{key}: {text.value}"
    if not written.startswith(f"{key}:"):  # the key itself is in quotes
        written = f"{key}: {text.value}"
    return Edit(FixKind.QUOTES, start.line, start.column - 1, end, quoted(written), pointer, written)


def _entries(value: Value, pointer: Pointer) -> Iterator[tuple[Pointer, dict[str, Value]]]:
    """Every mapping that is the entry of a list."""
    if isinstance(value, dict):
        if pointer and isinstance(pointer[-1], int):
            yield pointer, value
        for key, inner in value.items():
            yield from _entries(inner, (*pointer, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _entries(inner, (*pointer, i))


def cut_off(source: Source, shape: Shape) -> Iterator[Edit]:
    """Text that ends at ` #3` because YAML takes the rest for a comment."""
    for text in texts(source):
        if not text.is_plain or not takes_words(shape.at(text.pointer)) or _in_braces(source, text.pointer):
            continue
        line = source.line(text.line)
        rest = _CUT_OFF.match(line, text.end)
        if rest:
            value = f"{text.value} {rest[1]}"
            yield Edit(FixKind.QUOTES, text.line, text.start, rest.end(), quoted(value), text.pointer, value)


def _in_braces(source: Source, pointer: Pointer) -> bool:
    return any(pointer[:length] in source.flow for length in range(len(pointer)))
