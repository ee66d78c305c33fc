"""Everything that a format may print: the findings, what their rules say, and what the check was about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postmortems.findings.finding import Severity, Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.findings.finding import Finding
    from postmortems.findings.rule import Rule


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one check.

    `findings` are in the order in which they are printed, `files` the paths of the post-mortems that were checked,
    and `rules` the rules by code. `fail_level` is the least severity that fails the check. `brief` leaves out what
    is no finding: the last line with the counts.
    """

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    rules: Mapping[str, Rule] = field(default_factory=dict)
    version: str = ""
    fail_level: Severity = Severity.ERROR
    brief: bool = False

    @property
    def tally(self) -> Tally:
        """How many findings of each severity there are."""
        return Tally.of(self.findings)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many findings of each code there are, the most frequent first."""
        counts = Counter(finding.code for finding in self.findings)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @property
    def failed(self) -> bool:
        """Whether any finding fails the check."""
        return any(self.fails(finding) for finding in self.findings)

    def fails(self, finding: Finding) -> bool:
        """Whether a finding fails the check: it is severe enough, and its rule is one that may."""
        rule = self.rules.get(finding.code)
        return finding.severity.fails_at(self.fail_level) and (rule is None or rule.blocking)

    def name(self, finding: Finding) -> str:
        """The name of a finding's rule, or an empty text where the rule isn't known."""
        rule = self.rules.get(finding.code)
        return rule.name if rule else ""
