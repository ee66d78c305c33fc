"""A finding: one thing that a check has to say about one place in a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a finding weighs, the gravest first: only errors fail a check, unless more is asked for."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def fails_at(self, level: Severity) -> bool:
        """Whether this is as grave as a level, or graver."""
        order = list(Severity)
        return order.index(self) <= order.index(level)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where it is, and what to do about it.

    `line` and `column` count from 1, columns in characters; `end_column` is the first column after the place.
    `excerpt` is the text of that line, or empty where no line can be shown.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    help: str = ""
    end_column: int = 0
    excerpt: str = ""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """The stable order in which findings are reported."""
        return (self.path, self.line, self.column, self.code, self.message)


class Tally(NamedTuple):
    """How many findings of each severity there are."""

    errors: int
    warnings: int
    infos: int

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Tally:
        """Count findings by severity."""
        counts = Counter(finding.severity for finding in findings)
        return cls(counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.INFO])
