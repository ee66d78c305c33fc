"""A document as plain values, for programs: its texts, and its figures by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.documents.document import Bullets, Checks, Fold, Grid, Paragraph, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postmortems.documents.document import Block, Document, Words


def as_data(document: Document) -> dict[str, object]:
    """What a document says: `lead` is its first sentence, `figures` the numbers in it by their names on the site.

    The lines of a section are those of its paragraphs and lists, and each row of its tables; room to write in is
    left out.
    """
    return {
        "title": document.title,
        "lead": _text(document.lead),
        "facts": {term: _text(value) for term, value in document.facts},
        "figures": dict(_figures(document)),
        "sections": [
            {
                "id": section.anchor,
                "title": section.title,
                "lines": [_line(words) for words in _said(section.blocks)],
            }
            for section in document.sections
        ],
    }


def _said(blocks: Iterable[Block]) -> Iterator[tuple[Words, ...]]:
    """The texts of blocks, line by line: a row of a table has several."""
    for block in blocks:
        match block:
            case Paragraph():
                yield (block.words,)
            case Bullets() | Checks():
                yield from ((item,) for item in block.items)
            case Grid():
                yield from (tuple(row) for row in block.rows)
            case Fold():
                yield from _said(block.blocks)


def _figures(document: Document) -> Iterator[tuple[str, int]]:
    lines = [words for section in document.sections for words in _said(section.blocks)]
    for words in ((document.lead,), *((value,) for _, value in document.facts), *lines):
        for text in words:
            yield from ((phrase.figure, phrase.value) for phrase in pieces(text) if phrase.figure)


def _line(words: Iterable[Words]) -> str:
    return " | ".join(_text(text) for text in words)


def _text(words: Words) -> str:
    return "".join(phrase.text for phrase in pieces(words))
