"""One post-mortem as the rest of the program speaks of it: typed, frozen, its defaults filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postmortems.record.naming import date_text_of
from postmortems.record.outputs import OUTPUTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from postmortems.record.own_values import OwnValue
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
# Words that stand where a factor would: none was found, or none is known.
NO_FACTORS = frozenset({"unknown", "none"})
GROUPS = ("technical", "management", "legal", "communications", "compliance")


@dataclass(frozen=True, slots=True)
class SeverityLevel:
    """The severity declared during the incident and the one that the review settled on; empty where unknown."""

    declared: str = ""
    final: str = ""

    @property
    def id(self) -> str:
        """The severity that counts: the final one, else the declared one."""
        return self.final or self.declared


@dataclass(frozen=True, slots=True)
class Trigger:
    """What set the incident off. `kind` is a trigger of the vocabulary."""

    kind: str = ""
    at: Moment | None = None
    ref: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event; `kind` is observation, decision, action, communication or empty."""

    at: Moment
    what: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Detection:
    """Who noticed first, how, and whether before any harm."""

    source: str = ""
    how: str = ""
    before_impact: bool = False


@dataclass(frozen=True, slots=True)
class ImpactLevel:
    """A level (none, low, medium, high, critical, unknown) and what it meant."""

    level: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated figure; `bound` is about, over, under, up-to or empty for exact."""

    what: str
    value: float
    unit: str = ""
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """An amount in the main unit of a currency (ISO 4217)."""

    amount: float
    currency: str
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Impact:
    """Impact by kind: business, technical, data, reputation; and the figures that were stated."""

    levels: Mapping[str, ImpactLevel] = field(default_factory=dict)
    users: int | None = None
    users_approx: bool = False
    cost: Cost | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """A cause or condition: `factor` a term of the vocabulary, `role` initiating, contributing or prolonging."""

    id: str
    factor: str
    role: str = "contributing"
    statement: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A verdict or an answer, with its note."""

    verdict: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson; `kind` is worked, improve or lucky; `about` holds ids of factors in the record."""

    id: str
    kind: str
    text: str
    about: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """One move of a due date."""

    before: date
    after: date
    reason: str


@dataclass(frozen=True, slots=True)
class Priority:
    """high, medium or low; or likelihood, impact and effort from 1 to 5, ordered by L x I / E."""

    level: str = ""
    likelihood: int = 0
    impact: int = 0
    effort: int = 0


@dataclass(frozen=True, slots=True)
class Verification:
    """How one will tell that an action worked, declared beforehand."""

    metric: str
    start: date
    months: int
    expect: str
    factor: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The owner's own verdict on an action."""

    verdict: str
    note: str = ""
    at: date | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """A recommendation. `due` is a date where one is stated, `due_text` the field as written."""

    id: str
    title: str
    owner: str = ""
    opened: date | None = None
    due: date | None = None
    due_text: str = ""
    done_when: str = ""
    status: str = "open"
    closed: date | None = None
    evidence: tuple[str, ...] = ()
    reason: str = ""
    output: str = ""
    artefact: str = ""
    aim: str = ""
    strength: str = ""
    priority: Priority | None = None
    addresses: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    verify: Verification | None = None
    result: Result | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be done."""
        return self.status in {"open", "in-progress"}

    @property
    def is_done(self) -> bool:
        """Whether it was carried out."""
        return self.status in {"done", "verified"}

    @property
    def is_given_up(self) -> bool:
        """Whether it was decided not to carry it out."""
        return self.status in {"declined", "superseded"}

    @property
    def kind(self) -> str:
        """The kind of what it changes, as its output tells: technical, monitoring, access and so on, or empty."""
        return OUTPUTS[self.output].kind if self.output in OUTPUTS else ""

    @property
    def first_due(self) -> date | None:
        """The due date that was agreed first, before any slip; None where no date is stated."""
        if not self.slips:
            return self.due
        afters = {slip.after for slip in self.slips}
        return next((slip.before for slip in self.slips if slip.before not in afters), self.slips[0].before)

    def slipped(self, before: date, after: date) -> bool:
        """Whether its slips, each with a reason, lead from one due date to another."""
        reached = {before}
        for slip in sorted(self.slips, key=lambda slip: slip.before):
            if slip.before in reached and slip.reason:
                reached.add(slip.after)
        return after in reached


@dataclass(frozen=True, slots=True)
class Attendance:
    """How a group took part: attended, consulted, or not needed with a reason."""

    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """The meeting in which the post-mortem was reviewed."""

    held: date | None = None
    length_min: int | None = None
    facilitator: str = ""
    facilitator_responded: bool | None = None
    groups: Mapping[str, Attendance] = field(default_factory=dict)
    briefed_on: date | None = None
    follow_ups: tuple[date, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A log, report, chat, dashboard, ticket or change that the post-mortem rests on."""

    id: str
    kind: str
    ref: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source of a retold incident; `kind` is primary, excerpt, quoted or secondary."""

    url: str
    kind: str
    title: str = ""
    retrieved: date | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """Another post-mortem; `kind` is repeats, caused-by, supersedes or see."""

    id: str
    kind: str = "see"


@dataclass(frozen=True, slots=True)
class Notice:
    """A regulatory clock and its notice."""

    regime: str
    clock_started: Moment | None = None
    due: Moment | None = None
    sent: Moment | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A warning that is accepted in a record, and why."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change after publication."""

    date: date
    what: str
    why: str


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
        """Whether only a tombstone is left to show."""
        return self.status == "withdrawn"

    @property
    def counts(self) -> bool:
        """Whether it enters figures: withdrawn records and maintenance never do."""
        return not self.is_withdrawn and self.incident_class != "maintenance"

    @property
    def has_durations(self) -> bool:
        """Whether its phases have durations: near-misses and exercises have none."""
        return self.counts and self.incident_class not in {"near-miss", "exercise"}

    @property
    def is_ongoing(self) -> bool:
        """Whether the incident goes on, as the record says or its times show; without either one can't tell."""
        is_known = bool(self.times) or "state" in self.source.meta
        return self.state == "ongoing" and is_known and self.has_durations

    @property
    def was_reviewed(self) -> bool:
        """Whether it says on which day its review was held."""
        return self.review is not None and self.review.held is not None

    @property
    def has_bare_answers(self) -> bool:
        """Whether all questions of the review have an answer, and none has more of one than a bare yes."""
        answers = self.questions.values()
        is_whole = len(self.questions) == len(QUESTIONS) - 1  # the seventh has no answer of this kind
        return is_whole and all(answer.verdict in {"yes", "n/a"} and not answer.note for answer in answers)

    @property
    def year(self) -> int:
        """The year by which people know the incident: that of its id."""
        return int(self.id[:4])

    @property
    def date_text(self) -> str:
        """The date by which people know the incident: the date in its id, as exact as it is there."""
        return date_text_of(self.id)

    def factor(self, factor_id: str) -> Factor | None:
        """The factor with an id of this record."""
        return next((factor for factor in self.factors if factor.id == factor_id), None)

    def says_not_stated(self, path: str) -> bool:
        """Whether the record says that its sources do not state a field, or the whole that holds it."""
        return any(path == stated or path.startswith(f"{stated}.") for stated in self.not_stated)
