"""The parts of a post-mortem, but for its actions.

Named tuples: a class of them is made ten times as fast as a dataclass, and every check makes all of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from postmortems.source import Moment


class SeverityLevel(NamedTuple):
    """The severity declared during the incident and the one that the review settled on; empty where unknown."""

    declared: str = ""
    final: str = ""

    @property
    def id(self) -> str:
        """The severity that counts: the final one, else the declared one."""
        return self.final or self.declared


class Trigger(NamedTuple):
    """What set the incident off. `kind` is a trigger of the vocabulary."""

    kind: str = ""
    at: Moment | None = None
    ref: str = ""
    note: str = ""


class TimelineEntry(NamedTuple):
    """One event; `kind` is observation, decision, action, communication or empty."""

    at: Moment
    what: str
    kind: str = ""


class Detection(NamedTuple):
    """Who noticed first, how, and whether before any harm."""

    source: str = ""
    how: str = ""
    before_impact: bool = False


class ImpactLevel(NamedTuple):
    """A level (none, low, medium, high, critical, unknown) and what it meant."""

    level: str
    text: str = ""


class Figure(NamedTuple):
    """A stated figure; `bound` is about, over, under, up-to or empty for exact."""

    what: str
    value: float
    unit: str = ""
    bound: str = ""


class Cost(NamedTuple):
    """An amount in the main unit of a currency (ISO 4217)."""

    amount: float
    currency: str
    estimated: bool = False


class Impact(NamedTuple):
    """Impact by kind: business, technical, data, reputation; and the figures that were stated."""

    levels: Mapping[str, ImpactLevel]
    users: int | None
    users_approx: bool
    cost: Cost | None
    figures: tuple[Figure, ...]


class Factor(NamedTuple):
    """A cause or condition: `factor` a term of the vocabulary, `role` initiating, contributing or prolonging."""

    id: str
    factor: str
    role: str = "contributing"
    statement: str = ""
    evidence: tuple[str, ...] = ()


class Assessment(NamedTuple):
    """A verdict or an answer, with its note."""

    verdict: str
    note: str = ""


class Lesson(NamedTuple):
    """A lesson; `kind` is worked, improve or lucky; `about` holds ids of factors in the record."""

    id: str
    kind: str
    text: str
    about: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()


class Attendance(NamedTuple):
    """How a group took part: attended, consulted, or not needed with a reason."""

    kind: str
    reason: str = ""


class Review(NamedTuple):
    """The meeting in which the post-mortem was reviewed."""

    held: date | None
    length_min: int | None
    facilitator: str
    facilitator_responded: bool | None
    groups: Mapping[str, Attendance]
    briefed_on: date | None
    follow_ups: tuple[date, ...]
    notes: str


class Evidence(NamedTuple):
    """A log, report, chat, dashboard, ticket or change that the post-mortem rests on."""

    id: str
    kind: str
    ref: str
    sha256: str = ""


class Reference(NamedTuple):
    """A source of a retold incident; `kind` is primary, excerpt, quoted or secondary."""

    url: str
    kind: str
    title: str = ""
    retrieved: date | None = None


class Relation(NamedTuple):
    """Another post-mortem; `kind` is repeats, caused-by, supersedes or see."""

    id: str
    kind: str = "see"


class Notice(NamedTuple):
    """A regulatory clock and its notice."""

    regime: str
    clock_started: Moment | None = None
    due: Moment | None = None
    sent: Moment | None = None
    ref: str = ""


class Acceptance(NamedTuple):
    """A warning that is accepted in a record, and why."""

    rule: str
    reason: str


class Amendment(NamedTuple):
    """A change after publication."""

    date: date
    what: str
    why: str
