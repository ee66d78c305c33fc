"""Rules on wording know the words of some languages, take English for the others, and say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rule_bench import POLICY, SMALL, codes, conventions, judge_text, with_body

from postmortems.rules import RULES
from postmortems.rules.language import languages
from postmortems.rules.language.language import Language, Phrases
from postmortems.rules.reference.explain import explain

if TYPE_CHECKING:
    import pytest

GERMAN = POLICY + "language: de\n"
ON_WORDING = {"L01", "L02", "L03", "L04", "L05", "A02", "F05"}
NO_HUMAN_ERROR = "It was caused by human error."
NAMED = "Ms Doe and @jdoe restarted it."


def found(text: str, policy: str) -> list[str]:
    return codes(judge_text(with_body(SMALL, f"\n## Response\n\n{text}\n"), using=conventions(policy)))


def test_a_language_without_words_of_its_own_takes_the_english_ones():
    assert found(NO_HUMAN_ERROR, POLICY) == ["L01"]
    assert found(NO_HUMAN_ERROR, GERMAN) == ["L01"]


def test_what_needs_no_words_is_found_in_any_language():
    assert found(NAMED, GERMAN) == found(NAMED, POLICY) == ["P03", "P03"]


def test_another_language_is_an_entry_behind_the_door(monkeypatch: pytest.MonkeyPatch):
    phrase = re.compile("menschliches Versagen")
    german = Language("German", {"L01": Phrases(phrase, ("versagen",), lambda text: "versagen" in text)})
    monkeypatch.setitem(languages._LANGUAGES, "de", german)
    assert found("Grund war menschliches Versagen.", GERMAN) == ["L01"]
    assert found("Grund war menschliches Versagen.", POLICY) == []


def test_it_is_said_where_rules_are_explained():
    saying = {code for code, rule in RULES.items() if "written in English" in explain(rule).scope}
    assert saying == ON_WORDING
