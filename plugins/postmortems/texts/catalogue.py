"""Catalogues: gettext's files, one a language, with the texts that a knowledge base words otherwise."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from babel.messages import Catalog

LANGUAGES = ("en", "de")
"""The languages that there are catalogues of, the one that texts are written in first."""

Wording = str | tuple[str, str]
"""A text, or its form for one and its form for more."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a language; `translations` are gettext's."""

    language: str
    translations: NullTranslations


@cache
def _written() -> Texts:
    return Texts(LANGUAGES[0], NullTranslations())


def load_texts(language: str = LANGUAGES[0], own: Mapping[str, Wording] | None = None) -> Texts:
    """The texts of a language, with those of `own` in their place, by what they are in English.

    Raises KeyError for a language without a catalogue.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    if language == LANGUAGES[0] and not own:
        return _written()
    return _loaded(language, tuple(sorted((own or {}).items(), key=lambda entry: entry[0])))


def known_messages() -> frozenset[str]:
    """All texts of the interface, as they are in English; of those for one and for more, the form for one."""
    return frozenset(_forms(message.id)[0] for message in _catalogue(LANGUAGES[0]) if message.id)


@cache
def _loaded(language: str, own: tuple[tuple[str, Wording], ...]) -> Texts:
    from babel.messages.mofile import write_mo

    catalogue = _catalogue(language)
    messages = {_forms(message.id)[0]: message for message in catalogue if message.id}
    for english, wording in own:
        message = messages.get(english)
        if message:
            forms = (wording, wording) if isinstance(wording, str) else wording
            message.string = forms[0] if isinstance(message.id, str) else forms
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Texts(language, GNUTranslations(compiled))


def _catalogue(language: str) -> Catalog:
    from babel.messages.pofile import read_po

    data = files("postmortems.texts").joinpath(f"locales/{language}.po").read_bytes()
    return read_po(io.BytesIO(data), locale=language)


def _forms(message_id: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (message_id,) if isinstance(message_id, str) else tuple(message_id)
