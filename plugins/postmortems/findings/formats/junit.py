"""`junit`: a test report, one test case a file, for forges and build servers that show nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

from postmortems.findings.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortems.findings.finding import Finding
    from postmortems.findings.report import Report

# What XML 1.0 can't hold even as a reference, beyond what is escaped as invisible anyway.
_FORBIDDEN = re.compile(r"[\ufffe\uffff]")


def junit(report: Report) -> str:
    """Write one suite. A file fails where a finding in it fails the check; other findings are its output.

    Says nothing of times, so that the same findings give the same bytes.
    """
    by_file: dict[str, list[Finding]] = {path: [] for path in report.files}
    for finding in report.findings:
        by_file.setdefault(finding.path, []).append(finding)
    failures = sum(any(map(report.fails, in_file)) for in_file in by_file.values())
    counts = f'tests="{len(by_file)}" failures="{failures}" errors="0"'
    cases = (line for path, in_file in by_file.items() for line in _case(report, path, in_file))
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="postmortems" {counts}>',
        f'  <testsuite name="postmortems" {counts} skipped="0">',
        *cases,
        "  </testsuite>",
        "</testsuites>",
    )
    return "".join(f"{line}\n" for line in lines)


def _case(report: Report, path: str, findings: Sequence[Finding]) -> Iterator[str]:
    """A test case; GitLab reads one failure of each, so all findings that fail share it."""
    opening = f'<testcase classname="postmortems" name="{_xml(path)}"'
    if not findings:
        yield f"    {opening}/>"
        return
    groups: dict[bool, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[report.fails(finding)].append(finding)
    yield f"    {opening}>"
    if failing := groups[True]:
        first = _xml(_told(failing[0]))
        more = f" (and {len(failing) - 1} more)" if len(failing) > 1 else ""
        yield f'      <failure type="{_xml(failing[0].code)}" message="{first}{more}">{_lines(failing)}</failure>'
    if groups[False]:
        yield f"      <system-out>{_lines(groups[False])}</system-out>"
    yield "    </testcase>"


def _lines(findings: Sequence[Finding]) -> str:
    return "\n".join(
        _xml(f"{finding.path}:{finding.line}:{finding.column}: {finding.severity.value} {_told(finding)}")
        + (f"\n  help: {_xml(finding.help)}" if finding.help else "")
        for finding in findings
    )


def _told(finding: Finding) -> str:
    return f"{finding.code} {finding.message}"


def _xml(text: str) -> str:
    """Text as XML holds it, in an element or an attribute in double quotes; what XML can't hold is written out."""
    return escape(_FORBIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", visible(text)))
