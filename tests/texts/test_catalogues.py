"""The catalogues hold every text of the interface, and translations keep what is put into texts."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import postmortems
from extracting import extracted_texts
from postmortems.texts import LANGUAGES, Texts, gettext, known_messages, load_texts, ngettext, use_language
from postmortems.texts.catalogue import parse_catalogue

PACKAGE = Path(postmortems.__file__).parent
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z]+\}")


def catalogue(language):
    return read_po(io.BytesIO((PACKAGE / f"texts/locales/{language}.po").read_bytes()), locale=language)


TRANSLATIONS = LANGUAGES[1:]


def test_each_language_but_english_has_a_catalogue():
    assert {path.stem for path in (PACKAGE / "texts/locales").iterdir()} == {*TRANSLATIONS}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_catalogues_are_those_of_the_code(language):
    """Run `make texts` where this fails."""
    assert {message.id for message in catalogue(language) if message.id} == {*extracted_texts()}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_catalogues_are_read_as_gettext_reads_them(language):
    expected = {_forms(message.id)[0]: _forms(message.string) for message in catalogue(language) if message.id}
    assert load_texts(language).forms == expected


def test_a_header_comments_and_blank_lines_are_no_texts():
    assert parse_catalogue("") == {}
    header = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n\n\n'
    text = header + '#, fuzzy\nmsgid "a \\"b\\""\nmsgstr ""\n"c"\n" d"\n\n\n#~ msgid "x"\n'
    assert parse_catalogue(text) == {'a "b"': ("c d",)}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_text_is_translated(language):
    missing = [m.id for m in catalogue(language) if m.id and not all(_forms(m.string))]
    assert missing == []
    assert [m.id for m in catalogue(language) if m.id and m.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_translations_keep_the_placeholders(language):
    for message in catalogue(language):
        if message.id:
            wanted = {*PLACEHOLDER.findall(_forms(message.id)[-1])}
            for form in _forms(message.string):
                found = {*PLACEHOLDER.findall(form)}
                assert found <= wanted, message.id
            assert {*PLACEHOLDER.findall(_forms(message.string)[-1])} == wanted, message.id


def test_english_is_said_as_it_is_written():
    assert gettext("Permanent link") == "Permanent link"
    assert [ngettext("%(count)s day", "%(count)s days", count) for count in (0, 1, 2)] == [
        *("%(count)s days", "%(count)s day", "%(count)s days")
    ]


def test_what_is_not_translated_yet_is_said_in_english():
    with use_language(Texts("de", {"late": ("",), "%(count)s day": ("", "")})):
        assert gettext("late") == "late"
        assert [ngettext("%(count)s day", "%(count)s days", n) for n in (1, 2)] == [
            "%(count)s day",
            "%(count)s days",
        ]


def test_speaking_holds_for_what_is_done_within():
    with use_language(load_texts("de")):
        assert gettext("Permanent link") == "Dauerhafter Link"
        assert ngettext("%(count)s day", "%(count)s days", 1) == "%(count)s Tag"
        assert ngettext("%(count)s day", "%(count)s days", 2) == "%(count)s Tage"
    assert gettext("Permanent link") == "Permanent link"


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_texts_take_the_place_of_ours(language):
    own = {"Permanent link": "Anchor", "%(count)s day": ("%(count)s sun", "%(count)s suns")}
    with use_language(load_texts(language, own)):
        assert gettext("Permanent link") == "Anchor"
        assert ngettext("%(count)s day", "%(count)s days", 3) == "%(count)s suns"
    with use_language(load_texts(language)):
        assert gettext("Permanent link") != "Anchor"


def test_unknown_language():
    with pytest.raises(KeyError):
        load_texts("xx")


def test_known_messages_are_those_of_the_code():
    assert known_messages() == {_forms(message)[0] for message in extracted_texts()}


def _forms(text):
    return (text,) if isinstance(text, str) else tuple(text)
