"""Findings as a person at a terminal reads them."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from postmortems.findings import Finding, Severity, Tally, render_finding, render_summary

BASE = {"path": "a.md", "line": 7, "code": "S112", "severity": Severity.ERROR, "message": "it is wrong"}


def rendered(**parts):
    return click.unstyle(render_finding(Finding(**{**BASE, "column": 1, **parts}))).split("\n")


def caret(lines):
    """The caret line: how many characters before the caret, and how long it is."""
    shown, pointer = lines[1], lines[2]
    assert shown.index("|") == pointer.index("|")
    after = pointer[pointer.index("|") + 2 :]
    assert not after.strip(" ^")
    return len(after) - len(after.lstrip(" ")), after.count("^")


def test_a_finding_is_its_place_its_line_and_what_to_do():
    assert rendered(line=12, column=9, end_column=13, excerpt="status: drfat", help="did you mean `draft`?") == [
        "a.md:12:9: error S112 it is wrong",
        "  12 | status: drfat",
        "     |         ^^^^",
        "  help: did you mean `draft`?",
    ]


@pytest.mark.parametrize("excerpt", ["", "   ", "\t"])
def test_without_a_line_to_show_there_is_no_caret(excerpt):
    assert rendered(excerpt=excerpt) == ["a.md:7:1: error S112 it is wrong"]


@pytest.mark.parametrize(
    ("excerpt", "column", "end_column", "expected"),
    [
        ("title: x", 8, 9, (7, 1)),
        ("title: x", 1, 6, (0, 5)),
        ("title:", 7, 8, (6, 1)),
        ("title: x", 8, 0, (7, 1)),
        ("title: x", 0, 0, (0, 1)),
        ("title: x", 50, 51, (8, 1)),
        ("title: x", 8, 500, (7, 1)),
        ("\ttitle:\tx", 9, 10, (8, 1)),
        ("\t\tx", 1, 3, (0, 2)),
        ("a\x1bb: x", 5, 6, (7, 1)),
        ("a\x1bb", 2, 3, (1, 4)),
        ("日本: x", 5, 6, (6, 1)),
        ("x: 日本", 4, 6, (3, 4)),
        ("😀: x", 4, 5, (4, 1)),
        ("e\u0301: x", 5, 6, (3, 1)),
    ],
)
def test_the_caret_stands_under_the_place(excerpt, column, end_column, expected):
    assert caret(rendered(excerpt=excerpt, column=column, end_column=end_column)) == expected


@pytest.mark.parametrize("column", [1, 80, 89, 90, 91, 150, 950, 991])
def test_of_a_long_line_the_part_around_the_place_is_shown(column):
    excerpt = "".join(f"{i:010}" for i in range(100))
    lines = rendered(excerpt=excerpt, column=column, end_column=column + 10)
    start, length = caret(lines)
    shown = lines[1].split("| ", 1)[1]
    assert len(shown) <= 100
    assert length == 10
    assert shown[start : start + length] == excerpt[column - 1 : column + 9]


def test_a_place_longer_than_the_window_is_cut():
    lines = rendered(excerpt="x" * 5000, column=20, end_column=4000)
    assert caret(lines) == (19, 81)
    assert max(map(len, lines)) < 110


def test_a_line_of_controls_keeps_the_caret_within_the_window():
    lines = rendered(excerpt="\x00" * 500, column=60, end_column=61)
    assert caret(lines) == (50, 4)
    assert max(map(len, lines)) < 110


def test_what_follows_an_escaped_place_is_not_lost():
    assert rendered(excerpt="a\x1b[31mb", column=2, end_column=3)[1] == r"  7 | a\x1b[31mb"


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\x1b", r"\x1b"),
        ("\n", r"\x0a"),
        ("\r", r"\x0d"),
        ("\x00", r"\x00"),
        ("\x7f", r"\x7f"),
        ("\x85", r"\x85"),
        ("\x9b", r"\x9b"),
        ("\u2028", r"\u2028"),
        ("\u2029", r"\u2029"),
        ("\u202e", r"\u202e"),
        ("\u2066", r"\u2066"),
        ("\u200f", r"\u200f"),
        ("\u061c", r"\u061c"),
        ("\ufeff", r"\ufeff"),
        ("\udcff", r"\udcff"),
        ("\t", " "),
    ],
)
@pytest.mark.parametrize("part", ["path", "message", "help", "excerpt"])
def test_what_would_act_on_a_terminal_is_escaped(character, shown, part):
    text = "\n".join(rendered(**{part: f"a{character}b"}))
    assert f"a{shown}b" in text
    assert character not in text.replace("\n", "") or character in "\n\t "
    text.encode()


@pytest.mark.parametrize("text", ["é", "日本", "😀", "שלום", "e\u0301", "👩\u200d🚀", "\\x1b"])
def test_ordinary_text_is_shown_as_it_is(text):
    assert text in rendered(excerpt=text)[1]


@pytest.mark.parametrize(
    ("severity", "colour"), [(Severity.ERROR, 31), (Severity.WARNING, 33), (Severity.INFO, 36)]
)
def test_colour_is_there_for_a_terminal_and_gone_elsewhere(severity, colour):
    finding = Finding(**{**BASE, "severity": severity}, column=1, end_column=2, excerpt="x", help="y")
    assert f"\x1b[{colour}m" in render_finding(finding)

    @click.command()
    def command():
        click.echo(render_finding(finding))

    plain = CliRunner().invoke(command).output
    assert "\x1b" not in plain
    assert f"{severity.value} S112" in plain
    assert f"\x1b[{colour}m" in CliRunner().invoke(command, color=True).output


@pytest.mark.parametrize(
    ("tally", "files", "line"),
    [
        (Tally(0, 0, 0), 0, "0 post-mortems checked: no findings."),
        (Tally(0, 0, 0), 1, "1 post-mortem checked: no findings."),
        (Tally(0, 0, 0), 12, "12 post-mortems checked: no findings."),
        (Tally(1, 0, 0), 1, "1 post-mortem checked: 1 error, 0 warnings."),
        (Tally(2, 1, 0), 2, "2 post-mortems checked: 2 errors, 1 warning."),
        (Tally(0, 0, 1), 2, "2 post-mortems checked: 0 errors, 0 warnings, 1 note."),
        (Tally(0, 3, 2), 2, "2 post-mortems checked: 0 errors, 3 warnings, 2 notes."),
    ],
)
def test_the_summary_counts(tally, files, line):
    assert click.unstyle(render_summary(tally, files)) == line


def test_a_tally_counts_by_severity():
    findings = [Finding(**{**BASE, "severity": s}, column=1) for s in ("error", "error", "warning", "info")]
    assert Tally.of(findings) == Tally(2, 1, 1)
    assert Tally.of([]) == Tally(0, 0, 0)


def test_findings_are_ordered_by_place_as_numbers():
    def at(path, line, column, code="S112"):
        return Finding(path=path, line=line, column=column, code=code, severity=Severity.INFO, message="")

    expected = [at("a.md", 2, 1), at("a.md", 2, 3), at("a.md", 2, 10), at("a.md", 10, 1), at("b.md", 1, 1)]
    shuffled = expected[::-1]
    shuffled.sort(key=lambda finding: finding.sort_key)
    assert shuffled == expected
    assert at("a", 1, 1, "A01").sort_key < at("a", 1, 1, "B01").sort_key
