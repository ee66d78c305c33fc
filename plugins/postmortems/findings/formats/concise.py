"""`concise`: one line a finding, for editors, grep and long lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings.formats.full import last_line, render_line

if TYPE_CHECKING:
    from postmortems.findings.report import Report


def concise(report: Report) -> str:
    """Write every finding in one line, and the counts last."""
    return "".join([*(render_line(finding) + "\n" for finding in report.findings), *last_line(report)])
