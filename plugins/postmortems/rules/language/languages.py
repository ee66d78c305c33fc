"""The door to what rules know of languages. A new language is a folder beside `english`, and an entry here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.rules.language.english import ENGLISH
from postmortems.rules.language.language import Language

if TYPE_CHECKING:
    from postmortems.conventions import Policy

_LANGUAGES = {"en": ENGLISH}
_UNKNOWN = Language()

KNOWN_LANGUAGES = tuple(language.name for language in _LANGUAGES.values())
"""The names of the languages that rules on wording know."""


def language_of(policy: Policy) -> Language:
    """The language of the records of a knowledge base; of one without word lists nothing is known."""
    return _LANGUAGES.get(policy.language, _UNKNOWN)
