"""`postmortems explain`: a rule by its code or name, or all of them."""

from __future__ import annotations

import json

import pytest

from postmortems.rules import RULES, all_rules
from postmortems.rules.reference.explain import as_markdown, as_text, explain


@pytest.mark.parametrize("word", ["T08", "t08", "milestones-recorded", "Milestones-Recorded"])
def test_a_rule_by_its_code_or_name(run, base, word):
    result = run("explain", word)
    assert result.exit_code == 0
    assert result.output == as_text(explain(RULES["T08"]))


def test_every_rule_can_be_explained(run, base, conventions):
    for code, rule in all_rules(conventions).items():
        assert run("explain", code).output == as_text(explain(rule))


def test_as_markdown(run, base):
    assert run("explain", "S103", "--output-format", "markdown").output == as_markdown(explain(RULES["S103"]))


def test_as_json(run, base):
    made = json.loads(run("explain", "P01", "--output-format", "json").output)
    rule = RULES["P01"]
    assert made == {
        "code": "P01",
        "name": rule.name,
        "severity": "error",
        "family": "publication",
        "summary": rule.summary,
        "applies": "all records, withdrawn ones too",
        "why": rule.why,
        "bad": rule.bad,
        "good": rule.good,
        "remedy": rule.remedy,
    }


def test_without_a_code_all_are_listed(run, base, conventions):
    rules = all_rules(conventions)
    lines = run("explain").output.splitlines()
    assert len(lines) == len(rules)
    for line, rule in zip(lines, rules.values(), strict=True):
        assert line.split() == [rule.code, rule.severity.value, rule.name]
    assert (
        f"- T08 milestones-recorded: {RULES['T08'].summary}"
        in run("explain", "--output-format", "markdown").output
    )
    assert [entry["code"] for entry in json.loads(run("explain", "--output-format", "json").output)] == list(rules)


@pytest.mark.parametrize(
    ("word", "question"),
    [
        ("T8", "did you mean `T"),
        ("mileston-recorded", "did you mean `milestones-recorded`"),
        ("Zebra", "`postmortems explain` lists them all"),
    ],
)
def test_an_unknown_code_is_wrong_use(run, base, word, question):
    result = run("explain", word)
    assert result.exit_code == 2
    assert f"there is no rule `{word}`; {question}" in result.stderr
    assert result.stdout == ""


def test_headings_stand_out_on_a_terminal(run, base):
    assert "\x1b[1mT08 milestones-recorded\x1b[0m" in run("explain", "T08", color=True).output


def test_it_works_anywhere(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("explain", "Q05")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith("Q05 needs-severity\n")


def test_requirements_are_those_of_the_knowledge_base(run, base, tmp_path, monkeypatch):
    text = "schema: 1\nrequirements:\n  - code: Q77\n    field: x-cost-centre\n    why: says who pays\n"
    (base / "schemas/requirements.yaml").write_text(text, encoding="utf-8")
    assert "`x-cost-centre` says who pays." in run("explain", "q77").output
    assert run("explain", "Q05").exit_code == 2
    monkeypatch.chdir(tmp_path)
    assert run("explain", "Q77").exit_code == 2
    assert run("explain", "Q77", "--root", base).exit_code == 0


def test_faulty_conventions_are_no_reason_not_to_explain(run, base):
    (base / "schemas/policy.yaml").write_text("schema: 1\nteams: 1\n", encoding="utf-8")
    result = run("explain", "S118")
    assert result.exit_code == 0
    assert result.stdout.startswith("S118 sound-conventions\n")
    assert "the shipped ones" in result.stderr
