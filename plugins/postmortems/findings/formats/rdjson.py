"""`rdjson`: the Reviewdog Diagnostic Format, which reviewdog posts as comments on many forges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings.finding import Severity
from postmortems.findings.formats.json_text import Json, json_text
from postmortems.findings.visible import visible

if TYPE_CHECKING:
    from postmortems.findings.finding import Finding
    from postmortems.findings.report import Report

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def rdjson(report: Report) -> str:
    """Write one DiagnosticResult."""
    return json_text(
        {"source": {"name": "postmortems"}, "diagnostics": [_diagnostic(finding) for finding in report.findings]}
    )


def _diagnostic(finding: Finding) -> Json:
    start, end = _byte_column(finding, finding.column), _byte_column(finding, finding.end_column)
    line = max(finding.line, 1)
    text = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    return {
        "message": "\n".join(visible(part) for part in text.split("\n")),
        "location": {
            "path": finding.path,
            "range": {
                "start": {"line": line, "column": start},
                "end": {"line": line, "column": max(start, end)},
            },
        },
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }


def _byte_column(finding: Finding, column: int) -> int:
    """A column as the format counts it: in bytes of UTF-8, from 1; beyond the end of the line, one a column."""
    before = finding.excerpt[: max(column - 1, 0)]
    beyond = max(column - 1 - len(before), 0)
    return 1 + len(before.encode(errors="surrogatepass")) + beyond
