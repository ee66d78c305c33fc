"""`gitlab`: the Code Quality report of GitLab, a part of what Code Climate once specified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings.finding import Severity
from postmortems.findings.fingerprint import with_fingerprints
from postmortems.findings.formats.json_text import Json, json_text
from postmortems.findings.visible import visible

if TYPE_CHECKING:
    from postmortems.findings.finding import Finding
    from postmortems.findings.report import Report

# GitLab knows info, minor, major, critical and blocker.
_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab(report: Report) -> str:
    """Write the list that a merge request shows, for `artifacts:reports:codequality`."""
    return json_text([_issue(finding, mark) for finding, mark in with_fingerprints(report.findings)])


def _issue(finding: Finding, mark: str) -> Json:
    text = f"{finding.message} ({finding.help})" if finding.help else finding.message
    return {
        "description": visible(f"{finding.code}: {text}"),
        "check_name": finding.code,
        "fingerprint": mark,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.path, "lines": {"begin": max(finding.line, 1)}},
    }
