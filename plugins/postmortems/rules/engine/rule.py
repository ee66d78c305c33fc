"""What a rule is, which records it is about, and what it reports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from postmortems.repeats import RepeatIndex
from postmortems.rules.engine.redactor import Redactor

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from postmortems.conventions import Conventions, Requirement
    from postmortems.corpus import Audience, Library
    from postmortems.findings import Severity
    from postmortems.history import History
    from postmortems.source import Pointer, Span

STANDING = frozenset({"draft", "in-review", "published"})
BEYOND_DRAFTS = frozenset({"in-review", "published"})
EVERY_STATUS: frozenset[str] = frozenset()

# What must be known of an earlier incident to say that another repeats it, and to whom.
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
_STATUS_WORDS = {
    STANDING: "",
    BEYOND_DRAFTS: "outside drafts",
    EVERY_STATUS: "withdrawn ones too",
}
_REVIEW_WORDS = {"any": "", "full": "full review", "small": "small record"}


class RecordKind(NamedTuple):
    """By what it depends which rules are about a record."""

    provenance: str
    status: str
    full_review: bool


@dataclass(frozen=True, slots=True)
class Applies:
    """Which records a rule is about.

    An empty `provenance` or `statuses` means all of them; by default withdrawn records are left alone, since
    nothing but their tombstone is shown. `review` is any, full or small.
    """

    provenance: frozenset[str] = frozenset()
    statuses: frozenset[str] = STANDING
    review: str = "any"

    @property
    def full_review_only(self) -> bool:
        """Whether only records that need the full review are meant."""
        return self.review == "full"

    def to(self, *, provenance: str, status: str, full_review: bool) -> bool:
        """Whether a record of this kind is meant."""
        return (
            (not self.provenance or provenance in self.provenance)
            and (not self.statuses or status in self.statuses)
            and (self.review == "any" or (self.review == "full") == full_review)
        )

    def describe(self) -> str:
        """Say it in words, such as “first-hand records, outside drafts, full review”."""
        records = f"{_listed(self.provenance)} records" if self.provenance else "all records"
        status = _STATUS_WORDS.get(self.statuses)
        if status is None:
            status = f"status {_listed(self.statuses)}"
        return ", ".join(part for part in (records, status, _REVIEW_WORDS[self.review]) if part)


def _listed(words: Iterable[str]) -> str:
    *most, last = sorted(words)
    return f"{', '.join(most)} and {last}" if most else last


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its page shows it.

    `summary` says in one line what it finds, `why` what it is good for, `remedy` what to do. `bad` and `good` are
    short examples: fields of the front matter, or Markdown of the body. `blocking` is false where what it finds
    depends on the day: it runs only when asked for, so that no pull request fails for what it did not touch.
    """

    code: str
    name: str
    severity: Severity
    family: str
    summary: str
    why: str
    remedy: str
    bad: str
    good: str
    applies: Applies = Applies()
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule reports about one place of a record; the rule's own severity holds unless one is given.

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


# Without slots, so that what is made from the whole library is made once, and only if a rule asks for it.
@dataclass(frozen=True)
class RuleContext:
    """What a rule may know besides the record: the conventions, the time, and the other records.

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
