"""The input of a rule and the problems it reports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from postmortems.findings import BEYOND_DRAFTS, EVERY_STATUS, STANDING, Applies, Rule, Severity
from postmortems.plugins import require
from postmortems.repeats import RepeatIndex
from postmortems.rules.engine.redactor import Redactor
from postmortems.source import Span

if TYPE_CHECKING:
    from datetime import datetime

    from postmortems.conventions import Conventions, Requirement
    from postmortems.corpus import Audience, Library
    from postmortems.history import History
    from postmortems.source import Pointer

__all__ = ["BEYOND_DRAFTS", "EVERY_STATUS", "STANDING", "Applies", "Problem", "RecordKind", "Rule", "RuleContext"]

# The fields of an earlier incident that X02 needs to report a repeat.
_TOLD_OF_REPEATS = (
    "tlp",
    "redacted",
    "status",
    "class",
    "provenance",
    "organisation",
    "times.started",
    "services",
    "factors",
    "actions",
)


class RecordKind(NamedTuple):
    """The properties of a record that decide which rules apply."""

    provenance: str
    status: str
    full_review: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem at one place in a record; it has the rule's severity unless it gives its own.

    `secret` is true where the text in that place must not be repeated, not even by a finding that shows its line.
    `needs` are the fields that it takes for absent, or for all that there is, such as `times.recovered` or
    `actions.due`: where the file holds something there that can't be read, the problem may be none.
    """

    at: Pointer | Span
    message: str
    help: str = ""
    severity: Severity | None = None
    of_key: bool = False
    secret: bool = False
    needs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require((tuple, Span), at=self.at)
        require(str, message=self.message, help=self.help)
        require((Severity, type(None)), severity=self.severity)


# Without slots, so that properties of the whole library are computed once, on first use.
@dataclass(frozen=True)
class RuleContext:
    """What a rule may use besides the record: conventions, time and other records.

    `audience` is who reads the findings, None where nothing is withheld from them. `history` is what changed since
    a base, where one is compared with.
    """

    conventions: Conventions
    as_of: datetime
    library: Library
    audience: Audience | None = None
    history: History | None = None

    def prepare(self) -> None:
        """Make what all records are compared with: once, before several processes share the work."""
        _ = self.ids, self.repeats

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all files, readable or not."""
        return self.library.ids

    def requirements(self, kinds: tuple[RecordKind, ...]) -> tuple[Requirement, ...]:
        """The requirements that are about a record whichever of these kinds it is of."""
        if kinds not in self._requirements:
            self._requirements[kinds] = tuple(
                requirement
                for requirement in self.conventions.requirements
                if all(requirement.applies_to(**kind._asdict()) for kind in kinds)
            )
        return self._requirements[kinds]

    @cached_property
    def _requirements(self) -> dict[tuple[RecordKind, ...], tuple[Requirement, ...]]:
        return {}

    @cached_property
    def redactor(self) -> Redactor:
        """Which records messages may name."""
        return Redactor(self.library, self.audience)

    @cached_property
    def repeats(self) -> RepeatIndex:
        """What earlier incidents did about their factors, as far as messages may speak of it."""
        return RepeatIndex(self.redactor.records(self.conventions, needs=_TOLD_OF_REPEATS))
