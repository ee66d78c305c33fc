"""A document as Markdown, in which no text of a record acts as Markdown or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.documents.document import (
    Bullets,
    Checks,
    Fold,
    Grid,
    Paragraph,
    Room,
    pieces,
)
from postmortems.findings.visible import markdown_line, markdown_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortems.documents.document import Block, Document, Phrase, Words


def as_markdown(document: Document, *, places: bool = True) -> str:
    """Write a document as CommonMark with tables, as forges and editors show it.

    With `places` each post-mortem is followed by where its file lies: the sheet may lie anywhere, so that it can't
    link there.
    """
    return "\n".join(_Writer(places).lines(document)).rstrip() + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the parts of a document; `places` is whether it says where a post-mortem lies."""

    places: bool

    def lines(self, document: Document) -> Iterator[str]:
        yield f"# {self._inline(document.title)}"
        yield ""
        yield self._inline(document.lead)
        yield ""
        for term, value in document.facts:
            yield f"- **{self._inline(term)}**: {self._inline(value)}"
        for section in document.sections:
            yield ""
            yield f"## {self._inline(section.title)}"
            for block in section.blocks:
                yield ""
                yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(words=words, note=note):
                yield f"*{self._inline(words)}*" if note else self._line(words)
            case Bullets(items=items, numbered=numbered):
                yield from (
                    f"{f'{at}.' if numbered else '-'} {self._line(item)}" for at, item in enumerate(items, 1)
                )
            case Checks(items=items):
                yield from (f"- [ ] {self._inline(item)}" for item in items)
            case Grid():
                yield from self._grid(block)
            case Room():
                yield "> …"
            case Fold(summary=summary, blocks=blocks):
                yield f"<details><summary>{self._inline(summary)}</summary>"
                for inner in blocks:
                    yield ""
                    yield from self._block(inner)
                yield ""
                yield "</details>"

    def _grid(self, grid: Grid) -> Iterator[str]:
        yield self._row(grid.columns)
        yield f"|{' --- |' * len(grid.columns)}"
        yield from (self._row(row) for row in grid.rows)
        yield from [f"|{'  |' * len(grid.columns)}"] * grid.spare

    def _row(self, cells: Sequence[Words]) -> str:
        return f"| {' | '.join(self._inline(cell) for cell in cells)} |"

    def _line(self, words: Words) -> str:
        """A text at the start of a line."""
        return markdown_line(self._inline(words))

    def _inline(self, words: Words) -> str:
        return "".join(self._piece(phrase) for phrase in pieces(words))

    def _piece(self, phrase: Phrase) -> str:
        text = markdown_text(phrase.text)
        if phrase.strong and text.strip():
            text = f"**{text}**"
        return f"{text} ({markdown_text(phrase.uri)})" if phrase.uri and self.places else text
