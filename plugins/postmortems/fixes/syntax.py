"""Quotes around the text that keeps a file from being read, such as `title: Payments: certificate expired`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.fixes.edits import Edit, FixKind, quoted, takes_words
from postmortems.fixes.spelling import known_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortems.source import Pointer, Shape

_KEY = r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<key>[A-Za-z0-9_.-]+):"
_KEY_LINE = re.compile(rf"{_KEY}(?=\s|\Z)")
# A key, text on one line, and maybe a comment; `#3` is text.
_TEXT_LINE = re.compile(rf"{_KEY} +(?P<text>\S.*?)(?:\s+#(?!\d).*|\s*)\Z")
_COLON_OR_NUMBER = re.compile(r":(?:\s|\Z)|\s#")
# Quotes and signs that may start something other than text.
_OTHER_STARTS = tuple("\"'|>&*!{?-")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the form `key: text`, perhaps the first of a list's entry."""

    pointer: Pointer
    key: str
    text: str
    key_start: int
    start: int
    end: int
    is_entry: bool


def text_that_breaks(lines: Sequence[str], number: int, shape: Shape) -> Edit | None:
    """The quotes that a line (counted from 1) needs so that YAML can read it; None where that is not sure."""
    line = _read(lines, number)
    if line is None or not _is_misread(line.text):
        return None
    if line.is_entry:
        entry = shape.at(line.pointer[:-1])
        if takes_words(entry) and not entry.knows(line.key):
            written = f"{line.key}: {line.text}"
            return Edit(
                FixKind.QUOTES, number, line.key_start, line.end, quoted(written), line.pointer[:-1], written
            )
    place = shape.at(line.pointer)
    if takes_words(place):
        return Edit(FixKind.QUOTES, number, line.start, line.end, quoted(line.text), line.pointer, line.text)
    word = known_word(line.text, place, is_tlp=line.pointer == ("tlp",))
    return Edit(FixKind.SPELLING, number, line.start, line.end, word, line.pointer, word) if word else None


def _is_misread(text: str) -> bool:
    """Whether YAML can't take a text for what it is without quotes."""
    if text.startswith("["):
        return not text.endswith("]")
    return not text.startswith(_OTHER_STARTS) and bool(
        text.startswith(("@", "`", "%")) or _COLON_OR_NUMBER.search(text)
    )


def _read(lines: Sequence[str], number: int) -> _Line | None:
    match = _TEXT_LINE.match(lines[number - 1])
    if not match:
        return None
    return _Line(
        pointer=_pointer(lines, number),
        key=match["key"],
        text=match["text"],
        key_start=match.start("key"),
        start=match.start("text"),
        end=match.end("text"),
        is_entry=bool(match["dashes"]),
    )


def _pointer(lines: Sequence[str], number: int) -> Pointer:
    """What the key of a line is called, told by the indentation above it; every entry of a list counts as 0.

    The content of a block of text never misleads, since it stands deeper than the key that it belongs to.
    """
    steps: list[str | int] = []
    column = len(lines[number - 1])  # of the mapping, or of the list's hyphens, whose key is looked for
    in_list = False
    for line in reversed(lines[1:number]):
        match = _KEY_LINE.match(line)
        if not match:
            continue
        indent, key_column = len(match["indent"]), match.start("key")
        if key_column < column or (in_list and key_column == column):
            steps.insert(0, match["key"])
            column, in_list = key_column, False
        if key_column == column and not in_list and match["dashes"]:
            steps.insert(0, 0)
            column, in_list = indent, True
    return tuple(steps)
