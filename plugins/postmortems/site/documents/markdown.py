"""A document as Markdown, in which no text of a record acts as Markdown or HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortems.findings.visible import visible
from postmortems.site.documents.document import (
    Bullets,
    Checks,
    Fold,
    Grid,
    Paragraph,
    Room,
    pieces,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortems.site.documents.document import Block, Document, Phrase, Words

# What could mean something within a line.
_MARKS = re.compile(r"([\\`*_\[\]<>|~&])")
# What could at its start: headings, lists, rules.
_OPENING = re.compile(r"^(\s*)([#+=-]|\d{1,9}(?=[.)]))")


def as_markdown(document: Document) -> str:
    """Write a document as CommonMark with tables, as forges and editors show it."""
    return "\n".join(_lines(document)).rstrip() + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"# {_inline(document.title)}"
    yield ""
    yield _inline(document.lead)
    yield ""
    for term, value in document.facts:
        yield f"- **{_inline(term)}**: {_inline(value)}"
    for section in document.sections:
        yield ""
        yield f"## {_inline(section.title)}"
        for block in section.blocks:
            yield ""
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(words=words, note=note):
            yield f"*{_inline(words)}*" if note else _line(words)
        case Bullets(items=items, numbered=numbered):
            yield from (f"{f'{at}.' if numbered else '-'} {_line(item)}" for at, item in enumerate(items, 1))
        case Checks(items=items):
            yield from (f"- [ ] {_inline(item)}" for item in items)
        case Grid():
            yield from _grid(block)
        case Room():
            yield "> …"
        case Fold(summary=summary, blocks=blocks):
            yield f"<details><summary>{_inline(summary)}</summary>"
            for inner in blocks:
                yield ""
                yield from _block(inner)
            yield ""
            yield "</details>"


def _grid(grid: Grid) -> Iterator[str]:
    yield _row(grid.columns)
    yield f"|{' --- |' * len(grid.columns)}"
    yield from (_row(row) for row in grid.rows)
    yield from [f"|{'  |' * len(grid.columns)}"] * grid.spare


def _row(cells: Sequence[Words]) -> str:
    return f"| {' | '.join(_inline(cell) for cell in cells)} |"


def _line(words: Words) -> str:
    """A text at the start of a line."""
    return _OPENING.sub(r"\1\\\2", _inline(words))


def _inline(words: Words) -> str:
    return "".join(_piece(phrase) for phrase in pieces(words))


def _piece(phrase: Phrase) -> str:
    text = _plain(phrase.text)
    if phrase.strong and text.strip():
        text = f"**{text}**"
    # The sheet may lie anywhere, so it says where a post-mortem is and does not link there.
    return f"{text} ({_plain(phrase.uri)})" if phrase.uri else text


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", visible(text.replace("\n", " ")))
