"""What `--statistics` prints in place of the findings: how many there are of each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.findings.formats.full import last_line

if TYPE_CHECKING:
    from postmortems.findings.report import Report


def statistics(report: Report) -> str:
    """Write one line a rule, the most frequent first: the count, the code and the name; and the counts last."""
    counts = report.counts
    width = max((len(str(count)) for count in counts.values()), default=0)
    code_width = max(map(len, counts), default=0)
    lines = []
    for code, count in counts.items():
        rule = report.rules.get(code)
        name = f"{'':{code_width - len(code)}}  {rule.name}" if rule else ""
        lines.append(f"{count:{width}}  {click.style(code, bold=True)}{name}\n")
    return "".join([*lines, *last_line(report)])
