"""One explanation of a rule, as Markdown and as text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown import Markdown
from rule_bench import conventions

from postmortems.findings import Severity
from postmortems.rules import RULES, Rule, all_rules
from postmortems.rules.reference.explain import as_markdown, as_text, explain

RULE_LIST = list(all_rules(conventions()).values())
RULE = replace(
    RULES["T08"],
    code="Z09",
    name="an-example",
    severity=Severity.WARNING,
    summary="`times` is odd",
    why="So that `times` is even. " * 8,
    remedy="Make it even.",
    bad="times:\n  odd: 1",
    good="times:\n  even: 2",
)

TEXT = """\
Z09 an-example
Warning. `times` is odd. Applies to first-hand records.

Why
  So that `times` is even. So that `times` is even. So that `times` is even. So that
  `times` is even. So that `times` is even. So that `times` is even. So that `times` is
  even. So that `times` is even.

Bad
    times:
      odd: 1

Good
    times:
      even: 2

How to fix it
  Make it even.

How to accept it
  If the record is right as it is, say so in it, with the reason.
    accepted:
      - rule: Z09
        reason: Why it is right here.
"""


def test_text():
    assert as_text(explain(RULE), width=88) == TEXT


def test_headings_of_a_text_can_be_styled():
    text = as_text(explain(RULE), style=lambda heading: f"<{heading}>")
    assert [line for line in text.splitlines() if line.startswith("<")] == [
        *("<Z09 an-example>", "<Why>", "<Bad>", "<Good>", "<How to fix it>", "<How to accept it>")
    ]


def test_markdown():
    assert as_markdown(explain(replace(RULE, why="So that `times` is even."))) == (
        "# Z09 an-example\n\n**Warning.** `times` is odd. Applies to first-hand records.\n\n"
        "## Why\n\nSo that `times` is even.\n\n"
        "## Bad\n\n```\ntimes:\n  odd: 1\n```\n\n"
        "## Good\n\n```\ntimes:\n  even: 2\n```\n\n"
        "## How to fix it\n\nMake it even.\n\n"
        "## How to accept it\n\nIf the record is right as it is, say so in it, with the reason.\n\n"
        "```\naccepted:\n  - rule: Z09\n    reason: Why it is right here.\n```\n"
    )


def test_a_fence_in_an_example_does_not_end_it():
    text = as_markdown(explain(replace(RULE, bad="## Overview\n\n````\ncode\n````")))
    assert "\n`````\n## Overview\n\n````\ncode\n````\n`````\n" in text


@pytest.mark.parametrize("rule", RULE_LIST, ids=lambda rule: rule.code)
def test_every_rule_is_explained(rule: Rule):
    explanation = explain(rule)
    for text in (as_text(explanation), as_markdown(explanation)):
        for part in ("Why", "Bad", "Good", "How to fix it", "How to accept it"):
            assert f"{part}\n" in text
    lines = as_text(explanation).splitlines()
    assert all(len(line) <= 100 or line.startswith("    ") for line in lines)
    converter = Markdown(extensions=["fenced_code"])
    html = converter.convert(as_markdown(explanation))
    assert html.count("<h2>") == 5
    assert html.count("<pre>") == (2 if rule.severity is Severity.ERROR else 3)


def test_only_what_is_no_error_can_be_accepted():
    assert "can't be accepted" in as_text(explain(replace(RULE, severity=Severity.ERROR)))
    assert "- rule: Z09" not in as_text(explain(replace(RULE, severity=Severity.ERROR)))
    assert "Note. " in as_text(explain(replace(RULE, severity=Severity.INFO)))


def test_what_depends_on_the_date_says_so():
    assert "`check --due`" in explain(replace(RULE, blocking=False)).scope
    assert "`check --due`" not in explain(RULE).scope
