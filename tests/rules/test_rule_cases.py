"""Every rule is shown by files that break it and files that keep it; a new file in the folder is a new test."""

from __future__ import annotations

import pytest
from rule_bench import CASES, FULL, SMALL, Case, cases, conventions, judge_text, read

from postmortems.rules import RULES, all_rules

# Bytes and file trees, which no file of the folder can be: test_file_rules.py makes them.
MADE_BY_CODE = {"S101", "S121", "S122", "S123"}
ALL = cases()
REQUIREMENTS = [case for case in ALL if case.code == "Q"]


@pytest.mark.parametrize("case", [case for case in ALL if case.is_bad], ids=str)
def test_bad_case_yields_what_it_says(case: Case):
    found = sorted((f.line, f.column, f.code, f.severity.value) for f in case.findings)
    assert found == case.expected
    assert case.code == "Q" or {code for _, _, code, _ in found} == {case.code}, "one case, one rule"


@pytest.mark.parametrize("case", [case for case in ALL if not case.is_bad], ids=str)
def test_good_case_yields_nothing(case: Case):
    assert case.path.name.startswith("good-")
    assert case.findings == []


@pytest.mark.parametrize("text", [SMALL, FULL], ids=["small", "full"])
def test_records_that_cases_are_made_from_are_good(text: str):
    assert judge_text(text) == []


def test_each_rule_has_cases_of_both_kinds():
    bad = {case.code for case in ALL if case.is_bad}
    good = {case.code for case in ALL if not case.is_bad}
    assert bad == good == set(RULES) - MADE_BY_CODE | {"Q"}


@pytest.mark.parametrize("case", ALL, ids=str)
def test_no_case_waits_to_be_written(case: Case):
    assert "TODO" not in case.text


def test_no_folder_without_a_rule():
    folders = {path.name for path in CASES.iterdir() if path.is_dir()}
    assert folders <= set(RULES) | {"Q"}


@pytest.mark.parametrize("code", sorted(set(all_rules(conventions())) - set(RULES)))
def test_each_requirement_has_cases_of_both_kinds(code: str):
    rule = all_rules(conventions())[code]
    assert any(code in {found for _, _, found, _ in case.expected} for case in REQUIREMENTS if case.is_bad)
    assert any(_is_about(rule, case) for case in REQUIREMENTS if not case.is_bad), (
        "a good record that it applies to"
    )


def _is_about(rule, case: Case) -> bool:
    record = read(case.text)
    return rule.applies.to(
        provenance=record.provenance, status=record.status, full_review=record.full_review
    ) and not any(rule.code == acceptance.rule for acceptance in record.accepted)
