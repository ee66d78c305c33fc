"""Findings for a person at a terminal: the place, the message, the line with a caret, and what to do."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import click

from postmortems.findings.finding import Finding, Severity

if TYPE_CHECKING:
    from postmortems.findings.finding import Tally

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_EXCERPT_WIDTH = 100
# Controls, line breaks, marks that turn the direction of text, byte order marks, and halves of characters, which
# stand for bytes of a file's name that are not UTF-8.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def _visible(text: str) -> str:
    """Escape characters that would act on a terminal instead of being shown; a tab becomes one space."""
    return _CONTROLS.sub(lambda match: " " if match[0] == "\t" else _escaped(ord(match[0])), text)


def _escaped(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for wide characters, none for combining ones."""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 0 if unicodedata.combining(character) else 1
        for character in text
    )


def _window(finding: Finding) -> tuple[str, int, int]:
    """The part of the line that holds the place: its text, and where in it the caret starts and how long it is."""
    start = max(finding.column - 1, 0)
    end = max(finding.end_column - 1, start + 1)
    before = _visible(finding.excerpt[:start])
    if len(before) >= _EXCERPT_WIDTH - 10:
        before = before[-(_EXCERPT_WIDTH // 2) :]
    place = _visible(finding.excerpt[start:end])[: _EXCERPT_WIDTH - len(before)]
    shown = (before + place + _visible(finding.excerpt[end : end + _EXCERPT_WIDTH]))[:_EXCERPT_WIDTH]
    return shown, _cells(before), max(1, _cells(place))


def render_finding(finding: Finding) -> str:
    """Write one finding over several lines, with styles that click removes where there is no terminal."""
    colour = _COLOURS[finding.severity]
    head = (
        click.style(f"{_visible(finding.path)}:{finding.line}:{finding.column}:", bold=True)
        + " "
        + click.style(f"{finding.severity.value} {finding.code}", fg=colour, bold=True)
        + " "
        + _visible(finding.message)
    )
    lines = [head]
    if finding.excerpt.strip():
        shown, start, length = _window(finding)
        gutter = " " * len(str(finding.line))
        bar = click.style("|", fg="blue")
        lines.append(f"  {click.style(str(finding.line), fg='blue')} {bar} {shown}")
        lines.append(f"  {gutter} {bar} {' ' * start}{click.style('^' * length, fg=colour)}")
    if finding.help:
        lines.append(f"  {click.style('help:', fg='cyan')} {_visible(finding.help)}")
    return "\n".join(lines)


def render_summary(tally: Tally, files: int) -> str:
    """Write the last line: how many files were checked, and what was found."""
    checked = _count(files, "post-mortem")
    if tally.errors == tally.warnings == tally.infos == 0:
        return click.style(f"{checked} checked: no findings.", fg="green")
    parts = [_count(tally.errors, "error"), _count(tally.warnings, "warning")]
    if tally.infos:
        parts.append(_count(tally.infos, "note"))
    return click.style(
        f"{checked} checked: {', '.join(parts)}.", fg="red" if tally.errors else "yellow", bold=True
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
