"""Catalogues: gettext's files, one a translation, with the texts that a knowledge base words otherwise."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("en", "de")
"""The languages of the interface: English, in which the code has the texts, and those that have a catalogue."""

Wording = str | tuple[str, str]
"""A text, or its form for one and its form for more."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a language: the forms of each by its English; a text that has none stays English."""

    language: str
    forms: Mapping[str, tuple[str, ...]]

    def one(self, message: str) -> str:
        """A text."""
        return self.forms.get(message, (message,))[0] or message

    def counted(self, one: str, many: str, count: int) -> str:
        """The form of a text for a count. All languages so far have one form for one and another for the rest."""
        forms = self.forms.get(one, (one, many))
        return (forms[0] or one) if count == 1 else (forms[-1] or many)


def load_texts(language: str = LANGUAGES[0], own: Mapping[str, Wording] | None = None) -> Texts:
    """The texts of a language, with those of `own` in their place, by what they are in English.

    Raises KeyError for a language without a catalogue.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    forms = {} if language == LANGUAGES[0] else _catalogue(language)
    if not own:
        return Texts(language, forms)
    worded = {english: (wording,) if isinstance(wording, str) else wording for english, wording in own.items()}
    return Texts(language, {**forms, **worded})


def known_messages() -> frozenset[str]:
    """All texts of the interface, as they are in English; of those for one and for more, the form for one."""
    return frozenset(_catalogue(LANGUAGES[1]))


@cache
def _catalogue(language: str) -> Mapping[str, tuple[str, ...]]:
    text = files("postmortems.texts").joinpath(f"locales/{language}.po").read_text(encoding="utf-8")
    return MappingProxyType(parse_catalogue(text))


def parse_catalogue(text: str) -> dict[str, tuple[str, ...]]:
    """The forms of each text by its English, from a `.po` file without contexts."""
    forms = {}
    for entry in text.split("\n\n"):
        strings: list[str] = []  # the English, its form for more where it has one, and the translations
        for line in entry.splitlines():
            keyword, quote, rest = line.partition('"')
            if keyword.startswith("#") or not quote:
                continue
            if keyword:
                strings.append("")
            strings[-1] += json.loads(quote + rest)
        if strings and strings[0]:  # the header of a file has no English
            forms[strings[0]] = tuple(strings[len(strings) // 2 :])
    return forms
