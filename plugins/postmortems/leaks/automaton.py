"""Thousands of texts searched for at once, in any bytes and in every spelling that a file may have."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


class Automaton:
    """Finds any of many texts in bytes, in one pass."""

    def __init__(self, texts: Sequence[str], forms: Callable[[str], Iterable[bytes]]) -> None:
        """Prepare the search for these texts, each in all of its forms."""
        from ahocorasick_rs import BytesAhoCorasick

        self._texts = texts
        places: dict[bytes, int] = {}
        for place, text in enumerate(texts):
            for form in forms(text):
                places.setdefault(form, place)
        self._places = list(places.values())
        self._search = BytesAhoCorasick(list(places))

    def find(self, data: bytes) -> Iterator[tuple[str, int, int]]:
        """Each text that stands in the data, with the offsets of its start and end."""
        for pattern, start, end in self._search.find_matches_as_indexes(data, overlapping=True):
            yield self._texts[self._places[pattern]], start, end

    def found_in(self, texts: Iterable[str]) -> set[str]:
        """Which of the texts stand in these, however their lines are broken."""
        return {found for text in texts for found, _, _ in self.find(" ".join(text.split()).encode())}


def spellings(text: str) -> set[bytes]:
    """The bytes of a text as it is, and as JSON, HTML, CSV and addresses spell it."""
    plain = {text}
    if not text.isalnum():
        escaped = html.escape(text, quote=False)
        plain |= {
            json.dumps(text)[1:-1],
            json.dumps(text, ensure_ascii=False)[1:-1],
            escaped,
            *(escaped.replace('"', double).replace("'", "&#39;") for double in ("&quot;", "&#34;")),
            html.escape(text),
            text.replace('"', '""'),
            quote(text),
            quote(text, safe=""),
            quote(text).replace("%20", "+"),
        }
    elif not text.isascii():
        plain |= {json.dumps(text)[1:-1], quote(text)}
    return {form.encode() for form in plain}
