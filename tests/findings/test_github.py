"""Annotations and the step's summary on GitHub Actions: limits, order, and text that tries to be a command."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from report_bench import BASE, ODD_TEXTS, odd_report, read_report, rendered

from postmortems.findings import Report, Severity
from postmortems.findings.formats.github_summary import STEP_LIMIT, github_summary

WARNING = replace(BASE, severity=Severity.WARNING, code="T08")
NOTE = replace(BASE, severity=Severity.INFO, code="L05")
BEFORE = replace(BASE, severity=Severity.WARNING, code="X02", path="incidents/2026/z.md")


def github(*findings):
    return rendered("github", Report(findings, ())).splitlines()


def annotations(*findings):
    return [line for line in github(*findings) if re.match("::(error|warning|notice) ", line)]


def test_no_more_than_github_shows_and_how_many_more_there_are():
    findings = [*[BASE] * 11, *[WARNING] * 12, *[NOTE] * 13]
    shown = annotations(*findings)
    kinds = [line.split(" ", 1)[0] for line in shown]
    assert kinds == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 10
    assert shown[-1].startswith("::notice title=postmortems::7 more: ")
    assert len(github(*findings)) == len(shown) + 1 + len(findings) + 1 + 1


def test_within_the_limits_nothing_is_said_of_more():
    assert not any("more" in line for line in github(*[BASE] * 10, *[WARNING] * 10, *[NOTE] * 9))


def test_what_happened_before_comes_first_then_errors():
    shown = annotations(NOTE, *[WARNING] * 12, *[BASE] * 2, BEFORE)
    assert shown[0].startswith("::warning file=incidents/2026/z.md,")
    assert [line.split(" ", 1)[0] for line in shown[1:4]] == ["::error", "::error", "::warning"]


def test_the_order_within_a_kind_stays():
    findings = [replace(BASE, line=line) for line in (3, 1, 2)]
    assert [re.search(r",line=(\d)", line)[1] for line in annotations(*findings)] == ["3", "1", "2"]


@pytest.mark.parametrize("part", ["path", "message", "help", "code"])
@pytest.mark.parametrize("text", ODD_TEXTS)
def test_no_text_breaks_out_of_its_command(text, part):
    lines = github(replace(BASE, **{part: ODD_TEXTS[text]}))
    assert len(lines) == 5
    command = re.fullmatch(r"::error ([^:]*)::(.*)", lines[0])
    assert command
    keys = [pair.split("=", 1)[0] for pair in command[1].split(",")]
    assert keys == ["file", "line", "endLine", "col", "endColumn", "title"]


def test_text_arrives_as_it_was():
    line = annotations(replace(BASE, path="a:b,c%.md", message="50 %, a: b", help="x"))[0]
    assert "file=a%3Ab%2Cc%25.md," in line
    assert line.endswith("::50 %25, a: b%0Ax")


def test_no_line_of_the_list_is_a_command():
    findings = [
        replace(BASE, path="::error::x.md", message="##[add-mask]x"),
        replace(BASE, path="##[error]x.md", message="::stop-commands::x"),
    ]
    lines = github(*findings)
    listed = lines[lines.index("::group::All findings: 2 errors, 0 warnings") + 1 : lines.index("::endgroup::")]
    assert len(listed) == 2
    assert not any(line.startswith("::") or "##[" in line for line in listed)


def test_odd_findings_give_one_line_each():
    report = odd_report()
    lines = rendered("github", report).splitlines()
    assert sum(line.startswith("- ") for line in lines) == len(report.findings)


def test_the_summary_lists_what_happened_before_on_top_and_all_by_file():
    text = github_summary(read_report())
    headings = re.findall("^(#+) (.*)$", text, re.MULTILINE)
    assert [heading[1].split(":")[0] for heading in headings if len(heading[0]) < 4] == [
        "Post-mortems",
        "Happened before",
        "Findings",
    ]
    assert sum(line.startswith("- ") for line in text.splitlines()) == 5
    assert github_summary(Report((), ("a.md",))) == "## Post-mortems: no findings\n\n1 post-mortem checked.\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a `b*c` d", "a `b*c` d"),
        ("a ` b", "a \\` b"),
        ("`a` and ` b", "`a` and \\` b"),
        ("``x``", "\\``x`\\`"),
        ("[a](b) ![c](d)", "\\[a\\](b) \\!\\[c\\](d)"),
        ("<b>&amp;", "\\<b\\>\\&amp;"),
        ("@team #1 $x$ ~y~", "\\@team \\#1 \\$x\\$ \\~y\\~"),
        ("https://example.org www.example.org", "https\\://example\\.org www\\.example\\.org"),
        ("a\nb", "a\\\\x0ab"),
    ],
)
def test_messages_are_text_and_not_markdown(text, shown):
    assert f"column 3: {shown}\n" in github_summary(Report((replace(BASE, message=text),), ()))


@pytest.mark.parametrize("room", [0, 50, 200, 1000, 5000, STEP_LIMIT])
def test_the_summary_keeps_within_its_room(room):
    report = Report(tuple(replace(BASE, line=line, message="日本") for line in range(1, 200)), ())
    text = github_summary(report, room)
    assert len(text.encode()) <= room
    assert not text or text.startswith("## Post-mortems: 199 errors, 0 warnings\n")
    whole = "line 199," in text
    assert whole == (room == STEP_LIMIT)
    assert whole == ("more findings than this summary has room for" not in text) or not text


def test_a_very_long_list_is_cut_at_the_limit_of_github():
    report = Report(tuple(replace(BASE, line=line, message="x" * 500) for line in range(5000)), ())
    assert STEP_LIMIT - 1000 < len(github_summary(report).encode()) <= STEP_LIMIT
