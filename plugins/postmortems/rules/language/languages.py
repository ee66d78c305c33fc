"""The languages that rules know. To add one, add a folder beside `english` and an entry here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.rules.language.english import ENGLISH

if TYPE_CHECKING:
    from postmortems.conventions import Policy
    from postmortems.rules.language.language import Language

_LANGUAGES: dict[str, Language] = {"en": ENGLISH}

KNOWN_LANGUAGES = tuple(language.name for language in _LANGUAGES.values())
"""The names of the languages that rules on wording know."""


def language_of(policy: Policy) -> Language:
    """The language of a knowledge base; English where its own has no word lists, since much is written in it."""
    return _LANGUAGES.get(policy.language, ENGLISH)
