"""What a rule is, and which records it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortems.findings.finding import Severity

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
    nothing but their tombstone is shown. `review` is any, full or small. `languages` names those whose words a
    rule knows, where it needs any; in others it finds nothing.
    """

    provenance: frozenset[str] = frozenset()
    statuses: frozenset[str] = STANDING
    review: str = "any"
    languages: tuple[str, ...] = ()

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
        records = f"{joined(sorted(self.provenance))} records" if self.provenance else "all records"
        status = _STATUS_WORDS.get(self.statuses)
        if status is None:
            status = f"status {joined(sorted(self.statuses))}"
        languages = f"written in {joined(self.languages, 'or')}" if self.languages else ""
        return ", ".join(part for part in (records, status, _REVIEW_WORDS[self.review], languages) if part)


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


def joined(words: Sequence[str], last: str = "and") -> str:
    """Words as a list within a sentence: `a, b and c`."""
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end
