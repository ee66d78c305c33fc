"""Run all rules on a library; findings come in a stable order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING

from postmortems.findings import Finding, Severity
from postmortems.rules.actions.history import deleted_records
from postmortems.rules.catalogue import CHECKS, all_rules, known_rules
from postmortems.rules.engine.places import kind_of
from postmortems.rules.engine.registry import load_plugin_rules
from postmortems.rules.engine.requirements import missing_fields
from postmortems.rules.engine.rule import Problem, RuleContext
from postmortems.rules.engine.suppressions import NEEDED_ACCEPTANCE, needless
from postmortems.rules.engine.unreadable import can_be_told, possible_kinds
from postmortems.runtime.processes import collector_paused, in_shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from postmortems.conventions import Conventions
    from postmortems.corpus import Audience, Library
    from postmortems.history import History
    from postmortems.record import Partial, Postmortem, RecordReading
    from postmortems.rules.engine.registry import Check
    from postmortems.rules.engine.rule import RecordKind
    from postmortems.source import Source

# The tool's purpose: repeats of earlier incidents come first.
_FIRST = "X02"
_MOST = 100  # of a rule in a record: one mistake in a generated file can repeat thousands of times


def judge(  # noqa: PLR0913 - all but three are named
    library: Library,
    conventions: Conventions,
    as_of: datetime,
    *,
    audience: Audience | None = None,
    due: bool = False,
    only: AbstractSet[str] | None = None,
    history: History | None = None,
) -> list[Finding]:
    """All findings about a library: repeats first, then by file, line and column.

    `as_of` is the time to count from. A warning that a record accepts is left out; an error stays. Reads no file
    and no clock.

    `audience` is who reads the findings: messages name no record that is withheld from them; None withholds
    nothing. With `due`, the rules run as well whose findings depend on the day. `only` narrows the findings to
    these paths, among them those of files that are gone; rules that compare records still see all of them. With a
    `history`, the H rules compare with its base.
    """
    context = RuleContext(conventions, as_of, library, audience, history)
    findings = list(library.findings)
    if only is not None:
        findings = [finding for finding in findings if finding.path in only]
    readings = [reading for reading in library.readings if only is None or reading.path in only]
    with collector_paused():
        context.prepare()
        for share in in_shares(partial(_findings, context=context, due=due), readings, then=_as_they_are):
            findings += share
    findings = [context.redactor.veiled(finding) for finding in findings]
    findings += (finding for finding in deleted_records(context) if only is None or finding.path in only)
    return sorted(findings, key=lambda finding: (finding.code != _FIRST, finding.sort_key))


def _as_they_are(findings: list[Finding]) -> list[Finding]:
    return findings


def _findings(readings: Iterable[RecordReading], context: RuleContext, due: bool) -> Iterator[list[Finding]]:
    """The findings about each of several files."""
    return (_findings_of(reading, context, due) for reading in readings)


def _findings_of(reading: RecordReading, context: RuleContext, due: bool) -> list[Finding]:
    record, findings = reading.lenient_record, list(reading.findings)
    return _Verdict(record, context, due, reading.partial).findings(findings) if record else findings


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The check of one record; `due` includes rules that depend on the date.

    Where its file has faults, the record is `partial`: then what may follow from these alone is not found.
    """

    record: Postmortem
    context: RuleContext
    due: bool
    partial: Partial | None

    def findings(self, findings: list[Finding]) -> list[Finding]:
        """All findings, without accepted ones and without excerpts that hold a secret."""
        secrets: list[Finding] = []
        for code, severity, problem in self._problems():
            findings.append(_finding(self.record.source, code, severity, problem))
            if problem.secret:
                secrets.append(findings[-1])
        if secrets:
            findings = _without_secrets(findings, secrets)
        accepted = self._accepted()
        if accepted and not self.record.is_withdrawn:
            findings = self._without_accepted(findings, accepted)
        return findings

    def _problems(self) -> Iterator[tuple[str, Severity, Problem]]:
        partial = self.partial
        if partial is None:
            yield from self._all_problems((kind_of(self.record),))
        else:
            problems = self._all_problems(possible_kinds(partial))
            yield from (
                (code, grade, problem) for code, grade, problem in problems if can_be_told(problem, partial)
            )

    def _all_problems(self, kinds: tuple[RecordKind, ...]) -> Iterator[tuple[str, Severity, Problem]]:
        """The problems reported by rules that apply to every one of these kinds."""
        for code, problem in missing_fields(self.record, self.context, kinds):
            yield code, Severity.ERROR, problem
        for check in _checks(kinds, due=self.due):
            for problem in _problems_of(check, self.record, self.context):
                yield check.rule.code, check.rule.severity, problem

    def _accepted(self) -> frozenset[str]:
        own = frozenset(acceptance.rule for acceptance in self.record.accepted)
        return own | self.partial.accepted if self.partial else own

    def _without_accepted(self, findings: list[Finding], accepted: frozenset[str]) -> list[Finding]:
        silenced = {f.code for f in findings if f.code in accepted and f.severity is not Severity.ERROR}
        left = [f for f in findings if f.code not in silenced or f.severity is Severity.ERROR]
        if NEEDED_ACCEPTANCE.code in accepted:
            return left
        severities = {code: rule.severity for code, rule in known_rules().items()}
        severities |= {requirement.code: Severity.ERROR for requirement in self.context.conventions.requirements}
        rule = NEEDED_ACCEPTANCE
        left += (
            _finding(self.record.source, rule.code, rule.severity, problem)
            for problem in needless(self.record, silenced, severities, self._unseen())
        )
        return left

    def _unseen(self) -> frozenset[str]:
        """The rules that this check leaves out or can't report in full."""
        if self.partial:
            return frozenset(all_rules(self.context.conventions))
        unseen = {
            code
            for code, rule in known_rules().items()
            if not (rule.blocking or self.due) or rule.family == "history"
        }
        return frozenset(unseen | {_FIRST} if self.context.redactor.bounded else unseen)


def _problems_of(check: Check, record: Postmortem, context: RuleContext) -> Iterable[Problem]:
    """The problems that a check finds in a record. Raises BrokenPluginError."""
    if check.plugin is None:
        return islice(check.run(record, context), _MOST)
    with check.plugin.blamed():
        problems = list(islice(check.run(record, context), _MOST))
    for problem in problems:
        if not isinstance(problem, Problem):
            raise check.plugin.error(f"it found a {type(problem).__name__} where a Problem is expected")
    return problems


@cache
def _checks(kinds: tuple[RecordKind, ...], *, due: bool) -> tuple[Check, ...]:
    """The checks that apply to every one of these kinds."""
    load_plugin_rules()
    return tuple(
        check
        for check in CHECKS.values()
        if (check.rule.blocking or due) and all(check.rule.applies.to(**kind._asdict()) for kind in kinds)
    )


def _without_secrets(findings: list[Finding], secrets: list[Finding]) -> list[Finding]:
    """The findings with their excerpts masked wherever one of the secrets stands in that line.

    Without any excerpt where there may be more secrets than were found.
    """
    if len(secrets) >= _MOST:
        return [replace(finding, excerpt="") for finding in findings]
    by_line: dict[int, list[Finding]] = defaultdict(list)
    for secret in secrets:
        by_line[secret.line].append(secret)
    masked = {line: _masked(inside) for line, inside in by_line.items()}
    return [replace(finding, excerpt=masked.get(finding.line, finding.excerpt)) for finding in findings]


def _masked(secrets: list[Finding]) -> str:
    """The line in which some secrets stand, without them."""
    left = list(secrets[0].excerpt)
    for secret in secrets:
        place = slice(secret.column - 1, secret.end_column - 1)
        left[place] = "•" * len(left[place])
    return "".join(left)


def _finding(source: Source, code: str, severity: Severity, problem: Problem) -> Finding:
    return source.finding(
        code,
        problem.severity or severity,
        problem.message,
        at=problem.at,
        help=problem.help,
        of_key=problem.of_key,
    )
