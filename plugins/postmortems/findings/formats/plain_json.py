"""`json`: our own shape, for scripts; `version` counts up when a field changes its meaning or goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings.formats.json_text import Json, json_text

if TYPE_CHECKING:
    from postmortems.findings.finding import Finding
    from postmortems.findings.report import Report

VERSION = 1
_LONGEST_EXCERPT = 2_000  # a line may be as long as the file, and be told of many times


def plain_json(report: Report) -> str:
    """Write everything about the findings, as documented in the guide."""
    tally = report.tally
    return json_text(
        {
            "version": VERSION,
            "tool": {"name": "postmortems", "version": report.version},
            "summary": {
                "files": len(report.files),
                "errors": tally.errors,
                "warnings": tally.warnings,
                "infos": tally.infos,
                "failed": report.failed,
            },
            "findings": [_finding(report, finding) for finding in report.findings],
        }
    )


def _finding(report: Report, finding: Finding) -> Json:
    return {
        "code": finding.code,
        "name": report.name(finding),
        "severity": finding.severity.value,
        "path": finding.path,
        "line": max(finding.line, 1),
        "column": max(finding.column, 1),
        "end_column": max(finding.end_column, finding.column, 1),
        "message": finding.message,
        "help": finding.help,
        "excerpt": finding.excerpt[:_LONGEST_EXCERPT],
    }
