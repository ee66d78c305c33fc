"""Every rule is documented, its examples hold, and every code that the program issues is a rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rule_bench import FULL, SMALL, codes, conventions, judge_text, with_body, with_fields, without_fields

import postmortems
from postmortems.findings import Severity
from postmortems.rules import RULES, Applies, Rule, all_rules, requirement_rules
from postmortems.rules.engine.registry import CHECKS, rule

RULE_LIST = list(all_rules(conventions()).values())
# Their examples show file names, whole files, bytes or conventions, or what changed since a base.
NOT_FIELDS = {
    *("S101", "S102", "S107", "S118", "S120", "S121", "S122", "S123"),
    *(code for code, known in RULES.items() if known.family == "history"),
}
FIRST_HAND = Applies(provenance=frozenset({"first-hand"}))


@pytest.mark.parametrize("documented", RULE_LIST, ids=lambda documented: documented.code)
def test_rule_is_documented(documented: Rule):
    assert re.fullmatch(r"[A-Z]\d{2,3}", documented.code)
    assert re.fullmatch(r"[a-z]\d*[a-z0-9-]*[a-z0-9]", documented.name)
    assert documented.name != documented.code.lower(), "a name says what the rule asks for"
    assert documented.family
    assert documented.severity in Severity
    for text in (documented.summary, documented.why, documented.remedy, documented.bad, documented.good):
        assert text.strip() == text != ""
        assert "TODO" not in text
    assert "\n" not in documented.summary + documented.why + documented.remedy
    assert not documented.summary.endswith(".")
    assert documented.why.endswith(".")
    assert documented.remedy.endswith((".", "?"))
    assert documented.bad != documented.good


def test_warning_says_how_it_is_accepted_or_answered():
    for documented in RULE_LIST:
        if documented.severity is Severity.WARNING:
            assert "`accepted`" in documented.remedy or "`not_stated`" in documented.remedy


def test_only_rules_that_depend_on_the_day_do_not_gate():
    deadlines = {documented.code for documented in RULE_LIST if documented.family == "deadlines"}
    assert {documented.code for documented in RULE_LIST if not documented.blocking} == deadlines != set()


def test_rules_are_sorted_and_their_names_differ():
    for rules in (RULES, all_rules(conventions())):
        assert list(rules) == sorted(rules) == [rule.code for rule in rules.values()]
    names = [documented.name for documented in RULE_LIST]
    assert len(set(names)) == len(names)


def test_all_rules_hold_the_requirements():
    asked = {requirement.code for requirement in conventions().requirements}
    assert {documented.code for documented in requirement_rules(conventions())} == asked
    assert set(all_rules(conventions())) == set(RULES) | asked


def test_every_code_that_the_program_issues_is_a_rule():
    rooms = ("source", "record", "conventions", "rules")
    package = Path(postmortems.__file__).parent
    files = [package / "corpus.py", *(path for room in rooms for path in (package / room).rglob("*.py"))]
    issued = {code for path in files for code in re.findall(r'"([A-Z]\d{2,3})"', path.read_text(encoding="utf-8"))}
    assert {"S101", "T01", "T08", "C01", "F01", "X01", "X03", "P01"} <= issued
    assert issued == set(RULES)


@pytest.mark.parametrize("code", sorted(set(RULES) - NOT_FIELDS))
def test_examples_of_a_rule_hold(code: str):
    documented = RULES[code]
    for example, expected in ((documented.bad, True), (documented.good, False)):
        text = _record_with(documented, example)
        assert (code in codes(judge_text(text, due=not documented.blocking))) is expected, text


@pytest.mark.parametrize("documented", requirement_rules(conventions()), ids=lambda documented: documented.code)
def test_example_of_a_requirement_meets_it(documented: Rule):
    provenance = "public-report" if "first-hand" not in documented.applies.provenance else "first-hand"
    found = codes(judge_text(with_fields(FULL, f"provenance: {provenance}\n{documented.good}\n")))
    assert documented.code not in found
    assert not [code for code in found if code.startswith("S")]


def _record_with(documented: Rule, example: str) -> str:
    if documented.code == "C01":
        return with_body(
            FULL, FULL.split("---\n", 2)[2].split("## Impact")[1].join([example + "\n\n## Impact", ""])
        )
    record = with_fields(FULL if documented.applies.full_review_only else SMALL, example)
    return without_fields(record, "no_actions_reason") if "actions:" in example else record


@pytest.mark.parametrize(
    ("applies", "words"),
    [
        (Applies(), "all records"),
        (Applies(statuses=frozenset()), "all records, withdrawn ones too"),
        (FIRST_HAND, "first-hand records"),
        (
            Applies(frozenset({"public-report", "first-hand"}), frozenset({"in-review", "published"}), "full"),
            "first-hand and public-report records, outside drafts, full review",
        ),
        (
            Applies(statuses=frozenset({"published"}), review="small"),
            "all records, status published, small record",
        ),
    ],
)
def test_applies_is_told_in_words(applies: Applies, words: str):
    assert applies.describe() == words


def test_applies_to_what_it_says():
    assert FIRST_HAND.to(provenance="first-hand", status="draft", full_review=False)
    assert not FIRST_HAND.to(provenance="imported", status="draft", full_review=False)
    assert not FIRST_HAND.to(provenance="first-hand", status="withdrawn", full_review=False)
    full = Applies(review="full")
    assert full.full_review_only
    assert not full.to(provenance="first-hand", status="draft", full_review=False)
    assert Applies(review="small").to(provenance="first-hand", status="draft", full_review=False)


def test_a_code_is_given_once():
    words = dict.fromkeys(("name", "family", "summary", "why", "remedy", "bad", "good"), "x")
    again = rule(code="T02", severity=Severity.ERROR, **words)
    with pytest.raises(ValueError, match="T02"):
        again(CHECKS["T02"].run)
