"""The parts of a post-mortem, but for its actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from postmortems.source import Moment


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
