"""What a rule is, which records it is about, and what it reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from postmortems.conventions import Conventions
    from postmortems.findings import Severity
    from postmortems.source import Pointer, Span

STANDING = frozenset({"draft", "in-review", "published"})
BEYOND_DRAFTS = frozenset({"in-review", "published"})
EVERY_STATUS: frozenset[str] = frozenset()

_STATUS_WORDS = {
    STANDING: "",
    BEYOND_DRAFTS: "outside drafts",
    EVERY_STATUS: "withdrawn ones too",
}
_REVIEW_WORDS = {"any": "", "full": "full review", "small": "small record"}


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
    short examples: fields of the front matter, or Markdown of the body.
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


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule reports about one place of a record; the rule's own severity holds unless one is given."""

    at: Pointer | Span
    message: str
    help: str = ""
    severity: Severity | None = None
    of_key: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know besides the record: the conventions, the time, and which records there are.

    `ids` are those of all files, readable or not; `marks` gives the TLP mark of each record that could be read.
    """

    conventions: Conventions
    as_of: datetime
    ids: frozenset[str]
    marks: Mapping[str, str]
