"""Words of a list that are spelt in another way: in capitals, with a space for the hyphen, by an older name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortems.fixes.edits import Edit, FixKind, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.source import Shape, Source

_JOINTS = re.compile(r"[\s_+-]+")
_TLP_PREFIX = re.compile(r"TLP\s*:\s*", re.IGNORECASE)
# TLP 2.0 calls CLEAR what TLP 1.0 called WHITE.
_OLDER_NAMES = {"white": "CLEAR"}


def spelling(source: Source, shape: Shape) -> Iterator[Edit]:
    """Words that are known here but for capitals, spaces, hyphens and underscores; and the older TLP name."""
    for text in texts(source):
        word = known_word(text.value, shape.at(text.pointer), is_tlp=text.pointer == ("tlp",))
        if word and word != text.value:
            yield text.edit(FixKind.SPELLING, word)


def known_word(text: str, shape: Shape, *, is_tlp: bool) -> str:
    """The listed word that a text stands for; empty where it is none of them, or could be two."""
    if text in shape.known_values:
        return text
    wanted = _bare(_TLP_PREFIX.sub("", text, count=1) if is_tlp else text)
    if is_tlp and wanted in _OLDER_NAMES:
        return _OLDER_NAMES[wanted]
    matches = [word for word in shape.known_values if _bare(word) == wanted]
    return matches[0] if len(matches) == 1 else ""


def _bare(word: str) -> str:
    """A word in lower case without spaces, hyphens and underscores."""
    return _JOINTS.sub("", word).casefold()
