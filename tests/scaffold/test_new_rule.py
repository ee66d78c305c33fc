"""A rule that is laid down and written passes the tests of all rules, with no other file touched."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from repository_copy import Copy

from sites import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

NEW_RULE = "tests/scaffold/new_rule.py"
OF_RULES = ("tests/rules/test_rule_cases.py", "tests/rules/test_rule_catalogue.py")
OF_ALL_RULES = (
    *OF_RULES,
    *("tests/rules/test_partial_records.py", "tests/rules/test_explaining.py"),
    *("tests/site/test_reference_pages.py", "tests/cli/test_explain.py"),
    *("-k", "C31 or not test_partial_records"),  # which breaks each case in many places
)
MODULE = "plugins/postmortems/rules/text/no_full_stop.py"
BAD, GOOD = "tests/rules/cases/C31/bad-1.md", "tests/rules/cases/C31/good-1.md"
TITLE = "title: Expired certificate stopped card payments"


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.mark.slow
def test_a_rule_that_is_written_passes_and_one_that_is_not_fails(copy: Copy) -> None:
    done = copy.run(NEW_RULE, "C31", "no-full-stop")
    assert (done.stderr, done.stdout.splitlines()[:-1]) == ("", [MODULE, BAD, GOOD])
    assert copy.failures(*OF_RULES) == {
        "tests/rules/test_rule_cases.py::test_bad_case_yields_what_it_says[C31/bad-1.md]",
        "tests/rules/test_rule_cases.py::test_no_case_waits_to_be_written[C31/bad-1.md]",
        "tests/rules/test_rule_cases.py::test_no_case_waits_to_be_written[C31/good-1.md]",
        "tests/rules/test_rule_catalogue.py::test_rule_is_documented[C31]",
        "tests/rules/test_rule_catalogue.py::test_examples_of_a_rule_hold[C31]",
    }
    copy.edit(
        MODULE,
        (r'record\.title == "TODO.*"', 'record.title.endswith(".")'),
        ("TODO fields that break the rule", "Payments failed."),
        ("TODO the same fields as they should be", "Payments failed"),
        ("TODO ", "Here stands "),
    )
    copy.edit(BAD, (TITLE, f"{TITLE}."), ("<!-- TODO.*\n", ""), ("3:1", "3:8"))
    copy.edit(GOOD, ("<!-- TODO.*\n", ""))
    assert copy.failures(*OF_ALL_RULES) == set()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("F01", "no-guessing"), "F01 is taken by"),
        (("F3",), "two digits"),
        (("Q31", "no-guessing"), "one of the letters A, C, D"),
        (("S131", "no-guessing"), "one of the letters A, C, D"),
        (("F31", "No guessing"), "small letters"),
        (("F31", "verb-first"), "another rule"),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], told: str) -> None:
    done = subprocess.run(
        [sys.executable, REPOSITORY / NEW_RULE, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr


def test_each_kind_of_case_and_rule(copy: Copy) -> None:
    assert copy.run(NEW_RULE, "H31", "no-haste").returncode == 0
    assert sorted(path.name for path in (copy.folder / "tests/rules/cases/H31").glob("*/*")) == [
        *("base.md", "base.md", "head.md", "head.md")
    ]
    assert copy.run(NEW_RULE, "D31", "no-delay").returncode == 0
    module = copy.folder / "plugins/postmortems/rules/times/no_delay.py"
    assert "    blocking=False,\n" in module.read_text(encoding="utf-8")
