"""Text from anywhere, made safe to show: what would act instead of being seen is written out."""

from __future__ import annotations

import re
import unicodedata

from postmortems.runtime.patterns import Pattern

# Controls, line breaks, marks that turn the direction of text, byte order marks, and halves of characters, which
# stand for bytes of a file's name that are not UTF-8.
UNSEEN = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
HALVES = r"\ud800-\udfff"
_INVISIBLE = Pattern(f"[{UNSEEN}{HALVES}]")
# What could mean something within a line of Markdown, an underscore only at the edge of a word; and at its start.
_MARKUP = Pattern(r"([\\`*\[\]|~]|(?<!\w)_|_(?!\w))")
_ENTITY = Pattern(r"&(?=#?\w+;)")
_OPENING = Pattern(r"^(\s*)([#+=>-]|\d{1,9}(?=[.)]))")


def visible(text: str) -> str:
    """Escape characters that would act on a terminal instead of being shown; a tab becomes one space."""
    return _INVISIBLE.sub(lambda match: " " if match[0] == "\t" else _escaped(ord(match[0])), text)


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for wide characters, none for combining ones."""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 0 if unicodedata.combining(character) else 1
        for character in text
    )


def markdown_text(text: str) -> str:
    """A text within a line of Markdown, where it reads as it was written."""
    line = _MARKUP.sub(r"\\\1", visible(re.sub(r"\s+", " ", text)))
    return _ENTITY.sub("&amp;", line).replace("<", "&lt;")


def markdown_line(markdown: str) -> str:
    """Markdown at the start of a line, as the text of a paragraph."""
    return _OPENING.sub(r"\1\\\2", markdown)


def _escaped(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
