"""`full`: for a person at a terminal, the place, the message, the line with a caret, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.findings.finding import Finding, Severity
from postmortems.findings.visible import cells, visible

if TYPE_CHECKING:
    from postmortems.findings.finding import Tally
    from postmortems.findings.report import Report

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_EXCERPT_WIDTH = 100


def full(report: Report) -> str:
    """Write every finding over several lines, and the counts last."""
    parts = [render_finding(finding) + "\n" for finding in report.findings]
    return "\n".join([*parts, *last_line(report)])


def last_line(report: Report) -> list[str]:
    """The line with the counts, or nothing where only findings are wanted."""
    return [] if report.brief else [render_summary(report.tally, len(report.files)) + "\n"]


def render_finding(finding: Finding) -> str:
    """Write one finding over several lines, with styles that click removes where there is no terminal."""
    colour = _COLOURS[finding.severity]
    lines = [render_line(finding)]
    if finding.excerpt.strip():
        shown, start, length = _window(finding)
        gutter = " " * len(str(finding.line))
        bar = click.style("|", fg="blue")
        lines.append(f"  {click.style(str(finding.line), fg='blue')} {bar} {shown}")
        lines.append(f"  {gutter} {bar} {' ' * start}{click.style('^' * length, fg=colour)}")
    if finding.help:
        lines.append(f"  {click.style('help:', fg='cyan')} {visible(finding.help)}")
    return "\n".join(lines)


def render_line(finding: Finding) -> str:
    """Write the place, the severity, the code and the message in one line."""
    return (
        click.style(f"{visible(finding.path)}:{finding.line}:{finding.column}:", bold=True)
        + " "
        + click.style(f"{finding.severity.value} {finding.code}", fg=_COLOURS[finding.severity], bold=True)
        + " "
        + visible(finding.message)
    )


def render_summary(tally: Tally, files: int) -> str:
    """Write the last line: how many files were checked, and what was found."""
    checked = render_count(files, "post-mortem")
    if tally.errors == tally.warnings == tally.infos == 0:
        return click.style(f"{checked} checked: no findings.", fg="green")
    return click.style(
        f"{checked} checked: {render_tally(tally)}.", fg="red" if tally.errors else "yellow", bold=True
    )


def render_tally(tally: Tally) -> str:
    """Say how many findings there are: “2 errors, 1 warning”."""
    parts = [render_count(tally.errors, "error"), render_count(tally.warnings, "warning")]
    if tally.infos:
        parts.append(render_count(tally.infos, "note"))
    return ", ".join(parts)


def render_count(number: int, noun: str) -> str:
    """Write a number and its noun: “1 error”, “2 errors”."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _window(finding: Finding) -> tuple[str, int, int]:
    """The part of the line that holds the place: its text, and where in it the caret starts and how long it is."""
    start = max(finding.column - 1, 0)
    end = max(finding.end_column - 1, start + 1)
    before = visible(finding.excerpt[:start])
    if len(before) >= _EXCERPT_WIDTH - 10:
        before = before[-(_EXCERPT_WIDTH // 2) :]
    place = visible(finding.excerpt[start:end])[: _EXCERPT_WIDTH - len(before)]
    shown = (before + place + visible(finding.excerpt[end : end + _EXCERPT_WIDTH]))[:_EXCERPT_WIDTH]
    return shown, cells(before), max(1, cells(place))
