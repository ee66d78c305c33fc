"""`github`: annotations for GitHub Actions, as many as GitHub shows, and below them the whole list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings.finding import Severity
from postmortems.findings.formats.full import last_line, render_tally
from postmortems.findings.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postmortems.findings.finding import Finding
    from postmortems.findings.report import Report

HAPPENED_BEFORE = "X02"

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
# GitHub shows ten of each kind of one step, and 50 of a job; one notice is kept to say how many are not shown.
_LIMITS = {Severity.ERROR: 10, Severity.WARNING: 10, Severity.INFO: 9}


def github(report: Report) -> str:
    """Write workflow commands, the most important first, and every finding again in a folded group of the log."""
    shown = list(_within_limits(by_importance(report.findings)))
    lines = [_annotation(report, finding) for finding in shown]
    if left := len(report.findings) - len(shown):
        lines.append(
            f"::notice title=postmortems::{left} more: GitHub shows no more than {_LIMITS[Severity.ERROR]} errors"
            " and as many warnings of a step. The job's summary and its log hold all of them."
        )
    if report.findings:
        lines.append(f"::group::All findings: {render_tally(report.tally)}")
        lines += [_log_line(finding) for finding in report.findings]
        lines.append("::endgroup::")
    return "".join([*(f"{line}\n" for line in lines), *last_line(report)])


def by_importance(findings: Iterable[Finding]) -> list[Finding]:
    """What happened before comes first, since it matters most; then errors, warnings and notes, as they were."""
    order = list(Severity)
    return sorted(findings, key=lambda finding: (finding.code != HAPPENED_BEFORE, order.index(finding.severity)))


def _within_limits(findings: Iterable[Finding]) -> Iterator[Finding]:
    left = dict(_LIMITS)
    for finding in findings:
        if left[finding.severity]:
            left[finding.severity] -= 1
            yield finding


def _annotation(report: Report, finding: Finding) -> str:
    line, column = max(finding.line, 1), max(finding.column, 1)
    properties = {
        "file": finding.path,
        "line": str(line),
        "endLine": str(line),
        "col": str(column),
        "endColumn": str(max(finding.end_column, column)),
        "title": f"{finding.code} {report.name(finding)}".rstrip(),
    }
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    text = f"{visible(finding.message)}\n{visible(finding.help)}" if finding.help else visible(finding.message)
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")


def _log_line(finding: Finding) -> str:
    """A line of the log that the runner takes for no command: it obeys `::` at the start and `##[` anywhere."""
    place = f"{finding.path}:{finding.line}:{finding.column}"
    text = visible(f"{place}: {finding.severity.value} {finding.code} {finding.message}")
    return ("- " + text).replace("##[", "## [")
