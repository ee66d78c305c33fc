"""What a check has to say about a file, and how it is printed."""

from postmortems.findings.finding import Finding, Severity, Tally
from postmortems.findings.formats.full import render_finding, render_summary
from postmortems.findings.report import Report, RuleInfo

__all__ = ["Finding", "Report", "RuleInfo", "Severity", "Tally", "render_finding", "render_summary"]
