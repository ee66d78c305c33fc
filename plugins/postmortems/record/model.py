"""The typed, immutable record of one post-mortem, with defaults filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.record.naming import date_text_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from postmortems.record.action import Action
    from postmortems.record.own_values import OwnValue
    from postmortems.record.parts import (
        Acceptance,
        Amendment,
        Assessment,
        Detection,
        Evidence,
        Factor,
        Impact,
        Lesson,
        Notice,
        Reference,
        Relation,
        Review,
        SeverityLevel,
        TimelineEntry,
        Trigger,
    )
    from postmortems.source import Moment, Source

MILESTONES = (
    "started",
    "detected",
    "acknowledged",
    "responded",
    "declared",
    "contained",
    "eradicated",
    "recovered",
    "closed",
)
QUESTIONS = (
    "detected-quickly",
    "severity-accurate",
    "right-people-early",
    "runbook-adequate",
    "communication-cadence",
    "evidence-sufficient",
    "what-should-change",
)
# Values in place of a factor: none was found, or none is known.
NO_FACTORS = frozenset({"unknown", "none"})
GROUPS = ("technical", "management", "legal", "communications", "compliance")


@dataclass(frozen=True, slots=True)
class Postmortem:
    """A post-mortem. Empty texts, tuples and mappings mean that the record does not say.

    `times` holds the milestones that were recorded, in the order of MILESTONES. `evaluation` and `questions` are
    by the names of the schema; `changes` is the answer to the seventh question, by area. `own` holds the `x-*`
    fields. `not_stated` are paths of fields that the sources do not give. `folder` is true where the record is a
    folder with an `index.md` and images beside it.
    """

    id: str
    source: Source
    title: str
    summary: str
    organisation: str
    status: str
    state: str
    incident_class: str
    provenance: str
    tlp: str
    published: date | None
    severity: SeverityLevel
    services: tuple[str, ...]
    teams: tuple[str, ...]
    tags: tuple[str, ...]
    trigger: Trigger
    times: Mapping[str, Moment]
    duration_stated: str
    timeline: tuple[TimelineEntry, ...]
    detection: Detection
    impact: Impact
    factors: tuple[Factor, ...]
    evaluation: Mapping[str, Assessment]
    questions: Mapping[str, Assessment]
    changes: Mapping[str, str]
    lessons: tuple[Lesson, ...]
    actions: tuple[Action, ...]
    no_actions_reason: str
    review: Review | None
    evidence: tuple[Evidence, ...]
    sources: tuple[Reference, ...]
    conflicts: tuple[str, ...]
    not_stated: frozenset[str]
    regulatory: tuple[Notice, ...]
    refs: Mapping[str, str]
    related: tuple[Relation, ...]
    not_related: tuple[str, ...]
    vocabularies: Mapping[str, tuple[str, ...]]
    accepted: tuple[Acceptance, ...]
    review_on: date | None
    legal_hold: bool
    redacted: tuple[tuple[str, str], ...]
    amended: tuple[Amendment, ...]
    own: Mapping[str, OwnValue]
    full_review: bool
    folder: bool

    @property
    def body(self) -> str:
        """The narrative, in Markdown."""
        return self.source.body

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft, which only a preview shows."""
        return self.status == "draft"

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was withdrawn, so that only a tombstone is shown."""
        return self.status == "withdrawn"

    @property
    def counts(self) -> bool:
        """Whether figures count it: never withdrawn records or maintenance."""
        return not self.is_withdrawn and self.incident_class != "maintenance"

    @property
    def has_durations(self) -> bool:
        """Whether its phases have durations: near-misses and exercises have none."""
        return self.counts and self.incident_class not in {"near-miss", "exercise"}

    @property
    def is_ongoing(self) -> bool:
        """Whether the incident is ongoing, by its state or its times; false if the record gives neither."""
        is_known = bool(self.times) or "state" in self.source.meta
        return self.state == "ongoing" and is_known and self.has_durations

    @property
    def was_reviewed(self) -> bool:
        """Whether the date of its review is recorded."""
        return self.review is not None and self.review.held is not None

    @property
    def has_bare_answers(self) -> bool:
        """Whether every review question is answered with a bare yes or n/a."""
        answers = self.questions.values()
        is_whole = len(self.questions) == len(QUESTIONS) - 1  # the seventh has no answer of this kind
        return is_whole and all(answer.verdict in {"yes", "n/a"} and not answer.note for answer in answers)

    @property
    def year(self) -> int:
        """The year in its id."""
        return int(self.id[:4])

    @property
    def date_text(self) -> str:
        """The date in its id: a day, a month or a year."""
        return date_text_of(self.id)

    def factor(self, factor_id: str) -> Factor | None:
        """The factor with this id."""
        return next((factor for factor in self.factors if factor.id == factor_id), None)

    def says_not_stated(self, path: str) -> bool:
        """Whether `not_stated` lists a field or its parent."""
        return any(path == stated or path.startswith(f"{stated}.") for stated in self.not_stated)
