"""Each format, to the byte, for the same few findings; `report_bench.py` writes the files anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_bench import GOLDEN, GOLDEN_FILES, odd_report, read_report, rendered

from postmortems.findings import Report
from postmortems.findings.formats.registry import FORMATS


@pytest.mark.parametrize("name", GOLDEN_FILES)
def test_a_format_is_what_it_was(name):
    assert rendered(name, read_report()) == (GOLDEN / GOLDEN_FILES[name]).read_text(encoding="utf-8")


def test_every_format_has_a_golden_file():
    assert set(FORMATS) < set(GOLDEN_FILES)
    assert {path.name for path in GOLDEN.iterdir()} == {*GOLDEN_FILES.values(), "report.json"}


@pytest.mark.parametrize("name", GOLDEN_FILES)
def test_the_same_report_gives_the_same_bytes(name):
    assert rendered(name, odd_report()) == rendered(name, odd_report())


@pytest.mark.parametrize("name", GOLDEN_FILES)
def test_nothing_found_is_still_a_whole_report(name):
    report = Report((), ("incidents/2026/2026-03-31-a.md",))
    text = rendered(name, report)
    assert text.endswith("\n")
    assert "\n\n\n" not in text
    rendered(name, replace(report, files=()))


@pytest.mark.parametrize("name", ["full", "concise", "github", "statistics"])
def test_a_brief_report_has_no_line_of_counts(name):
    report = read_report()
    text, brief = rendered(name, report), rendered(name, replace(report, brief=True))
    counts = "3 post-mortems checked: 2 errors, 2 warnings, 1 note.\n"
    assert text == brief + ("\n" if name == "full" else "") + counts or text == brief + counts
    assert rendered(name, Report((), (), brief=True)) == ""


@pytest.mark.parametrize("name", GOLDEN_FILES)
def test_whatever_a_finding_holds_can_be_written_and_acts_nowhere(name):
    text = rendered(name, odd_report())
    text.encode()
    allowed = "\n"
    acting = {character for character in text if character < " " or "\x7f" <= character < "\xa0"} - set(allowed)
    assert not acting
    assert not set(text) & set("\u202e\u2066\u2028\u2029\ufeff\u200f")
