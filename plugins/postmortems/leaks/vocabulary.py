"""Words that can give a text away, and which of them are in use elsewhere.

Such a word has at least eight letters, as `handshake` has, or holds both letters and digits, as `db-prod-17` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.runtime.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS = Pattern(r"[^\W\d_]{7,}")
_MIXED = Pattern(r"[^\W_]+(?:[-_.][^\W_]+)*")
_IS_DATE = Pattern(r"\d{4}-\d\d")
_LEAST_LETTERS = 8
_LEAST_MIXED = 6


def telling_words(text: str) -> set[str]:
    """The words of a text that can give it away, as written."""
    words = {word for word in _LETTERS.findall(text) if len(word) >= _LEAST_LETTERS}
    return words | {word for word in _MIXED.findall(text) if _tells(word)}


def _tells(word: str) -> bool:
    """Whether a word with digits is a name rather than a figure, a date or a time."""
    if len(word) < _LEAST_MIXED or _IS_DATE.match(word) or not any(map(str.isdigit, word)):
        return False
    return sum(map(str.isalpha, word)) >= 2


class Vocabulary:
    """Words that are in use, in any form.

    Its ending does not count, since a search index cuts it off: `processor` is in use where `processors` is.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        """The words of these texts."""
        lower = " ".join({chunk.casefold() for text in texts for chunk in text.split()})
        least = _LEAST_LETTERS - 1
        words = set(_LETTERS.findall(lower))
        self._stems = {word[:end] for word in words for end in range(least, len(word) + 1)}
        self._mixed = {word for word in _MIXED.findall(lower) if _tells(word)}

    def has(self, word: str) -> bool:
        """Whether a word is in use."""
        lower = word.casefold()
        return lower[:-1] in self._stems if lower.isalpha() else lower in self._mixed
