"""The summary of a GitHub Actions step, in Markdown: what happened before on top, then all findings by file."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from postmortems.findings.formats.full import render_count, render_tally
from postmortems.findings.formats.github import HAPPENED_BEFORE
from postmortems.findings.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postmortems.findings.finding import Finding
    from postmortems.findings.report import Report

# GitHub drops a step's summary whole where it is larger.
STEP_LIMIT = 1024 * 1024

_CODE = re.compile(r"`([^`]+)`")
# What means something within a line of GitHub's Markdown, in mentions, mathematics and addresses too.
_MARKS = re.compile(r"([\\`*_\[\]<>&#|~$@:!.])")


def github_summary(report: Report, room: int = STEP_LIMIT) -> str:
    """Write the summary in at most `room` bytes of UTF-8; what is left out for that is said at its end."""
    blocks = list(_blocks(report))
    sizes = [len(block.encode()) for block in blocks]
    if sum(sizes) <= room:
        return "".join(blocks)
    note = "\nThere are more findings than this summary has room for; the log of this step has all of them.\n"
    left = room - len(note.encode())
    kept = []
    for block, size in zip(blocks, sizes, strict=True):
        left -= size
        if left < 0:
            break
        kept.append(block)
    return "".join([*kept, note]) if kept else ""


def _blocks(report: Report) -> Iterator[str]:
    """The summary in parts that may be left out from the end."""
    repeats = [finding for finding in report.findings if finding.code == HAPPENED_BEFORE]
    others = [finding for finding in report.findings if finding.code != HAPPENED_BEFORE]
    checked = f"{render_count(len(report.files), 'post-mortem')} checked"
    yield f"## Post-mortems: {render_tally(report.tally) if report.findings else 'no findings'}\n\n{checked}.\n"
    if repeats:
        yield "\n### Happened before\n"
        yield from _by_file(repeats, "####")
    if others:
        yield "\n### Findings\n"
        yield from _by_file(others, "####")


def _by_file(findings: Iterable[Finding], level: str) -> Iterator[str]:
    for path, in_file in groupby(findings, lambda finding: finding.path):
        heading = f"\n{level} {_escaped(path)}\n\n"
        for finding in in_file:
            yield heading + _item(finding)
            heading = ""


def _item(finding: Finding) -> str:
    line = (
        f"- **{finding.severity.value} {finding.code}** line {finding.line}, column {finding.column}: "
        f"{_markdown(finding.message)}"
    )
    return f"{line}<br>{_markdown(finding.help)}\n" if finding.help else f"{line}\n"


def _markdown(text: str) -> str:
    """Text as Markdown that shows it as it is; what stands between backticks becomes code."""
    parts = _CODE.split(visible(text))
    return "".join(f"`{part}`" if i % 2 else _escaped(part) for i, part in enumerate(parts))


def _escaped(text: str) -> str:
    """Every mark that could mean something is escaped, so that no text acts as Markdown, HTML or a mention."""
    return _MARKS.sub(r"\\\1", visible(text))
