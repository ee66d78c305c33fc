"""`postmortems check`: which rules are reported, what fails the check, and how much is said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from postmortems import checking
from postmortems.cli.check import run as run_check
from postmortems.corpus import Audience
from postmortems.findings import Finding, Severity
from postmortems.rules import RULES, Rule
from records import summed_up

NAME = "incidents/2026/2026-03-03-checkout.md"
OVERDUE = Finding(NAME, 8, 1, "D01", Severity.WARNING, "an action is overdue")


def codes(output: str) -> list[str]:
    return re.findall(r"^\S+:\d+:\d+: \w+ (\w+)", output, re.MULTILINE)


@pytest.fixture
def mixed(write, sound):
    """A record with the error F01 and the warnings T08 twice and Q… left out: a draft without two milestones."""
    text = sound.replace("change.rollout", "change.rolout").replace("  contained: 2026-03-03T15:05Z\n", "")
    return write(NAME, text.replace("  detected: 2026-03-03T14:40Z\n", ""))


@pytest.fixture
def warned(write, sound):
    return write(NAME, sound.replace("  contained: 2026-03-03T15:05Z\n", ""))


@pytest.mark.parametrize(
    ("options", "expected", "status"),
    [
        ([], ["F01", "T08", "T08"], 1),
        (["--select", "T"], ["T08", "T08"], 0),
        (["--select", "T,F01"], ["F01", "T08", "T08"], 1),
        (["--select", "T", "--select", "F"], ["F01", "T08", "T08"], 1),
        (["--select", " f , t0 "], ["F01", "T08", "T08"], 1),
        (["--select", "X"], [], 0),
        (["--ignore", "F"], ["T08", "T08"], 0),
        (["--ignore", "T08"], ["F01"], 1),
        (["--ignore", "T"], ["F01"], 1),
        (["--ignore", "F,T08"], [], 0),
        (["--select", "T,F", "--ignore", "T"], ["F01"], 1),
    ],
)
def test_rules_are_selected_and_ignored_by_code_or_its_beginning(run, mixed, options, expected, status):
    result = run("check", *options)
    assert sorted(codes(result.stdout)) == expected
    assert result.exit_code == status


@pytest.mark.parametrize("options", [["--select", "X"], ["--select", "C", "--ignore", "T"], ["--ignore", "T"]])
def test_what_ends_the_judgement_of_a_file_is_always_reported(run, write, sound, options):
    write(NAME, sound.replace("sev4", "sev9").replace("14:40Z", "14:40"))
    result = run("check", *options)
    assert codes(result.stdout) == ["S112", "T01"]
    assert result.exit_code == 1


@pytest.mark.parametrize("word", ["S", "S112", "T01", "s1"])
def test_what_ends_the_judgement_of_a_file_can_not_be_ignored(run, base, word):
    result = run("check", "--ignore", word)
    assert result.exit_code == 2
    assert f"`{word.upper()}` can't be ignored" in result.stderr


@pytest.mark.parametrize(
    ("option", "word", "told"),
    [
        ("--select", "T99", "no rule has the code `T99`"),
        ("--ignore", "T088", "no rule has the code `T088`; did you mean `T08`"),
        ("--ignore", "moment-form", "; `T01` is the rule of that name"),
        ("--select", "T,,X", "an empty entry"),
        ("--select", "", "an empty entry"),
    ],
)
def test_an_unknown_code_is_wrong_use(run, base, option, word, told):
    result = run("check", option, word)
    assert result.exit_code == 2
    assert told in result.stderr


def test_the_requirements_of_the_knowledge_base_can_be_selected(run, mixed):
    assert run("check", "--select", "Q01").exit_code == 0


@pytest.mark.parametrize(
    ("options", "status"),
    [([], 0), (["--fail-level", "error"], 0), (["--fail-level", "warning"], 1)],
)
def test_warnings_fail_only_where_that_is_asked_for(run, warned, options, status):
    result = run("check", *options)
    assert codes(result.stdout) == ["T08"]
    assert result.exit_code == status


def test_an_unknown_level_is_wrong_use(run, base):
    assert run("check", "--fail-level", "info").exit_code == 2


def test_quiet_leaves_the_findings_alone(run, warned):
    whole, quiet = run("check").stdout, run("check", "-q").stdout
    assert whole == quiet + "\n" + summed_up(2, 0, 1)
    warned.unlink()
    assert run("check", "--quiet").stdout == ""


def test_statistics_come_in_place_of_the_findings(run, mixed):
    result = run("check", "--statistics")
    assert result.stdout == (
        "2  T08  milestones-recorded\n1  F01  known-factor\n2 post-mortems checked: 1 error, 2 warnings.\n"
    )
    assert result.exit_code == 1
    assert run("check", "--statistics", "-q", "--ignore", "F,T").stdout == ""


def asked_of_the_judge(monkeypatch, findings=()):
    asked = {}

    def judge(*_: object, **options: object) -> list[Finding]:
        asked.update(options)
        return list(findings)

    monkeypatch.setattr(checking, "judge", judge)
    return asked


@pytest.mark.parametrize(
    ("environment", "options", "audience"),
    [
        ({}, [], None),
        ({"CI": "true"}, [], Audience.PUBLIC),
        ({"CI": "1"}, [], Audience.PUBLIC),
        ({"CI": "false"}, [], None),
        ({"CI": ""}, [], None),
        ({"CI": "true"}, ["--audience", "all"], None),
        ({"CI": "true"}, ["--audience", "strict"], Audience.STRICT),
        ({}, ["--audience", "organisation"], Audience.ORGANISATION),
        ({}, ["--audience", "public"], Audience.PUBLIC),
    ],
)
def test_under_ci_messages_are_for_the_public(run, base, monkeypatch, environment, options, audience):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    asked = asked_of_the_judge(monkeypatch)
    assert run("check", *options).exit_code == 0
    assert asked["audience"] is audience


def test_due_is_asked_for_and_never_fails(run, write, monkeypatch):
    write(NAME)
    asked = asked_of_the_judge(monkeypatch, [OVERDUE, replace(OVERDUE, severity=Severity.ERROR)])
    words = dict.fromkeys(("name", "family", "summary", "why", "remedy", "bad", "good"), "x")
    rules = {**RULES, "D01": Rule(code="D01", severity=Severity.WARNING, **words, blocking=False)}
    monkeypatch.setattr(checking, "all_rules", lambda _: rules)
    monkeypatch.setattr(run_check, "all_rules", lambda _: rules)
    run("check")
    assert asked["due"] is False
    result = run("check", "--due", "--fail-level", "warning")
    assert asked["due"] is True
    assert codes(result.stdout) == ["D01", "D01"]
    assert result.exit_code == 0
    assert run("check", "--due", "--select", "D").exit_code == 0
    refused = run("check", "--select", "D")
    assert refused.exit_code == 2
    assert "add --due" in refused.stderr


def test_the_order_is_the_same_every_time(run, mixed):
    assert run("check").stdout == run("check").stdout


def test_only_what_is_asked_for_is_judged(run, mixed, monkeypatch):
    asked = asked_of_the_judge(monkeypatch)
    assert run("check", mixed).exit_code == 0
    assert asked["only"] == frozenset({NAME})


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": ""}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_can_be_forced_and_forbidden(run, base, monkeypatch, environment, coloured):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run("check").stdout) is coloured


def test_it_says_how_many_are_withheld_from_an_audience_and_names_none(run, write, sound):
    write("incidents/2026/2026-03-03-checkout.md", sound)
    write("incidents/2026/2026-03-04-veiled.md", sound.replace("tlp: CLEAR", "tlp: AMBER"))
    said = run("check", "--audience", "public").stderr
    assert re.fullmatch(r"Note: 1 of \d+ post-mortems are withheld from this audience \(public\)\.\n", said)
    assert run("check", "--audience", "all").stderr == ""
