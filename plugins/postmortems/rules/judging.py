"""The verdict on a library: every finding, in a stable order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postmortems.findings import Finding, Severity
from postmortems.rules.catalogue import CHECKS
from postmortems.rules.places import status_of
from postmortems.rules.requirements import missing_fields
from postmortems.rules.rule import Context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from postmortems.conventions import Conventions
    from postmortems.corpus import Library
    from postmortems.record import Postmortem
    from postmortems.rules.rule import Problem
    from postmortems.source import Source


def judge(library: Library, conventions: Conventions, as_of: datetime) -> list[Finding]:
    """All findings about a library, sorted by file, line and column; `as_of` is the time to count from.

    A warning that a record accepts is left out; an error stays. Reads no file and no clock.
    """
    context = Context(
        conventions, as_of, library.ids, {record.id: record.tlp for record in library.records if record.tlp}
    )
    findings = list(library.findings)
    for reading in library.readings:
        findings += reading.findings
        if reading.record:
            findings += _verdict(reading.record, context)
    return sorted(findings, key=lambda finding: finding.sort_key)


def _verdict(record: Postmortem, context: Context) -> Iterator[Finding]:
    """The findings about one record, without the warnings that it accepts."""
    accepted = {acceptance.rule for acceptance in record.accepted}
    for finding in _findings(record, context):
        if finding.code not in accepted:
            yield finding
        elif finding.severity is Severity.ERROR:
            note = f"an error can't be accepted: {finding.code} under `accepted` has no effect"
            yield replace(finding, help="; ".join(part for part in (finding.help, note) if part))


def _findings(record: Postmortem, context: Context) -> Iterator[Finding]:
    source, status = record.source, status_of(record)
    for code, problem in missing_fields(record, context):
        yield _finding(source, code, Severity.ERROR, problem)
    for check in CHECKS.values():
        rule = check.rule
        if rule.applies.to(provenance=record.provenance, status=status, full_review=record.full_review):
            for problem in check.run(record, context):
                yield _finding(source, rule.code, rule.severity, problem)


def _finding(source: Source, code: str, severity: Severity, problem: Problem) -> Finding:
    return source.finding(
        code,
        problem.severity or severity,
        problem.message,
        at=problem.at,
        help=problem.help,
        of_key=problem.of_key,
    )
