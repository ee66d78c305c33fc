"""The catalogues hold every text of the interface, and translations keep what is put into texts."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import postmortems
from postmortems.texts import LANGUAGES, gettext, known_messages, load_texts, ngettext, use_language

PACKAGE = Path(postmortems.__file__).parent
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z]+\}")


def catalogue(language):
    return read_po(io.BytesIO((PACKAGE / f"texts/locales/{language}.po").read_bytes()), locale=language)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """All texts of code and templates, as `make texts` finds them."""
    pot = tmp_path_factory.mktemp("texts") / "texts.pot"
    subprocess.run(
        [
            *(sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"),
            *("--mapping", str(PACKAGE / "texts/babel.cfg"), "--omit-header", "--no-location"),
            *("--keyword", "_", "--keyword", "N_", "--keyword", "ngettext:1,2"),
            *("--output", str(pot), str(PACKAGE)),
        ],
        check=True,
    )
    return {message.id for message in read_po(io.BytesIO(pot.read_bytes())) if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_those_of_the_code(extracted, language):
    """Run `make texts` where this fails."""
    assert {message.id for message in catalogue(language) if message.id} == extracted


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_text_is_translated(language):
    missing = [m.id for m in catalogue(language) if m.id and not all(_forms(m.string))]
    assert missing == []
    assert [m.id for m in catalogue(language) if m.id and m.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_translations_keep_the_placeholders(language):
    for message in catalogue(language):
        if message.id:
            wanted = {*PLACEHOLDER.findall(_forms(message.id)[-1])}
            for form in _forms(message.string):
                found = {*PLACEHOLDER.findall(form)}
                assert found <= wanted, message.id
            assert {*PLACEHOLDER.findall(_forms(message.string)[-1])} == wanted, message.id


def test_english_is_said_as_it_is_written():
    assert all(not any(_forms(message.string)) for message in catalogue("en") if message.id)


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


def test_known_messages_are_english():
    assert "Permanent link" in known_messages()


def _forms(text):
    return (text,) if isinstance(text, str) else tuple(text)
