"""The languages that rules know. To add one, add a folder beside `english` and an entry here."""

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
    """The language of a knowledge base; one without word lists finds nothing."""
    return _LANGUAGES.get(policy.language, _UNKNOWN)
