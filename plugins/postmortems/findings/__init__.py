"""What a check has to say about a file, and how it is printed."""

from postmortems.findings.finding import Finding, Severity, Tally
from postmortems.findings.formats.full import render_finding, render_summary
from postmortems.findings.report import Report
from postmortems.findings.rule import BEYOND_DRAFTS, EVERY_STATUS, STANDING, Applies, Rule, joined

__all__ = [
    "BEYOND_DRAFTS",
    "EVERY_STATUS",
    "STANDING",
    "Applies",
    "Finding",
    "Report",
    "Rule",
    "Severity",
    "Tally",
    "joined",
    "render_finding",
    "render_summary",
]
