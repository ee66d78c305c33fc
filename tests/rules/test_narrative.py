"""What counts as a section, and as text in it."""

from __future__ import annotations

import pytest
from rule_bench import FULL, codes, judge_text, read, with_body

from postmortems.rules.text.narrative import read_narrative, sections

OTHERS = "## Impact\n\nText.\n\n## Response\n\nText.\n\n## Root causes\n\nText.\n"


@pytest.mark.parametrize(
    "overview",
    [
        "## Overview\nText.",
        "##Overview\nText.",
        "## **Overview** ##\nText.",
        "## Overview { #overview .wide }\nText.",
        "# Overview\nText.",
        "Overview\n---\nText.",
        "## Overview\n### When\nText.",
        "## Overview\n```\nlog line\n```",
        "## Overview\n<!-- a note --> Text.",
        "## Overview\n<!--\n\nText.\n-->\nText.",
        "## Overview\n\n## Overview\nText.",
        "## Overview\n- one\n- two",
        "## Overview\n`<!--` is where a comment starts.\n\nText. <!-- so this ends here -->",
    ],
)
def test_section_with_text(overview: str):
    assert codes(judge_text(with_body(FULL, f"{overview}\n\n{OTHERS}"))) == []


@pytest.mark.parametrize(
    "overview",
    [
        "",
        "## Overview",
        "## Overview\n\n### When\n",
        "## Overview\n\n<!-- Text. -->",
        "## Overview\n\n<!--\nText.\n-->",
        "Overview\n---\n",
        "### Overview\nText.",
        "## Overviews\nText.",
        "~~~\n## Overview\nText.\n```\n~~~",
        "- item\n\n    ```\n## Overview\n    ```\n",
        "<!--\n## Overview\nText.\n-->",
        "Some words in front\nOverview\n---\nText.",
        "## Overview\n\n<!-- hint: what happened? -->",
    ],
)
def test_section_missing_or_empty(overview: str):
    assert codes(judge_text(with_body(FULL, f"{overview}\n\n{OTHERS}"))) == ["C01"]


def test_places_are_those_of_the_file():
    record = read(with_body(FULL, f"\n## Overview\n\n{OTHERS}"))
    found = sections(read_narrative(record.source))
    assert [section.title for section in found] == ["overview", "impact", "response", "root causes"]
    for section in found:
        line = record.source.text.split("\n")[section.heading.line - 1]
        assert line.lower() == f"## {section.title}"
        assert section.heading.end_column == len(line) + 1


def test_hint_may_go_on_over_several_lines():
    record = read(with_body(FULL, "## Overview\nText. <!-- hint: what happened,\nand when? -->\n"))
    (hint,) = read_narrative(record.source).hints
    assert record.source.line(hint.line)[hint.column - 1 : hint.end_column - 1] == "<!-- hint: what happened,"


@pytest.mark.parametrize("line", ["#" * 200_000, "# " * 100_000, "## x" + " " * 200_000 + "{", "<!--" * 50_000])
def test_long_lines_are_read_in_no_time(line: str):
    assert len(sections(read_narrative(read(with_body(FULL, f"{line}\n\n## Overview\n")).source))) <= 2
