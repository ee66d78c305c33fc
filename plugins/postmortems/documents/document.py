"""A sheet before it is written anywhere: sections of paragraphs, lists, tables and room to write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortems.analysis.statistics.measures import Basis


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a text: strong, muted, or a link to the page with a uri where there is such a page to go to.

    `said` marks what a record says, in which digits are no figures; of a date, `date` gives the form for machines.
    A `figure` is a number under that name, with its plain `value` and what is behind it, whose list is called
    `title`; so it is written on a site.
    """

    text: str
    strong: bool = False
    muted: bool = False
    uri: str = ""
    said: bool = False
    date: str = ""
    figure: str = ""
    value: int = 0
    basis: Basis = ()
    title: str = ""


Words = str | tuple[str | Phrase, ...]
"""A text, plain or in pieces."""


def pieces(words: Words) -> tuple[Phrase, ...]:
    """A text in pieces, whatever it was."""
    parts = (words,) if isinstance(words, str) else words
    return tuple(Phrase(part) if isinstance(part, str) else part for part in parts)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a `note` stands back behind the others."""

    kind: ClassVar[str] = "paragraph"
    words: Words
    note: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `numbered` where the order matters."""

    kind: ClassVar[str] = "bullets"
    items: Sequence[Words]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Checks:
    """A list whose entries are ticked off."""

    kind: ClassVar[str] = "checks"
    items: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; an empty cell is there to be written in, and so are `spare` rows below the others."""

    kind: ClassVar[str] = "grid"
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Words]]
    spare: int = 0

    @property
    def blank(self) -> frozenset[int]:
        """The columns in which nothing stands yet."""
        return frozenset(at for at in range(len(self.columns)) if not any(row[at] for row in self.rows))


@dataclass(frozen=True, slots=True)
class Room:
    """Empty lines to write on."""

    kind: ClassVar[str] = "room"
    lines: int = 2


@dataclass(frozen=True, slots=True)
class Fold:
    """What is hidden until somebody opens it."""

    kind: ClassVar[str] = "fold"
    summary: str
    blocks: Sequence[Block]


Block = Paragraph | Bullets | Checks | Grid | Room | Fold


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading; `anchor` is unique in its document."""

    anchor: str
    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Document:
    """A sheet: its title, what it is in a sentence, facts as terms and values, and its sections."""

    title: str
    lead: Words
    facts: Sequence[tuple[str, Words]]
    sections: Sequence[Section] = field(default_factory=tuple)
