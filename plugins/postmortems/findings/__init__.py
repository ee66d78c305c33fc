"""What a check has to say about a file, and how it is printed."""

from postmortems.findings.finding import Finding, Severity, Tally
from postmortems.findings.text import render_finding, render_summary

__all__ = ["Finding", "Severity", "Tally", "render_finding", "render_summary"]
