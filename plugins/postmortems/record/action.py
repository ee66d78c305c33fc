"""An action of a post-mortem: the change, its owner and due date, and its success measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from postmortems.record.outputs import OUTPUTS

if TYPE_CHECKING:
    from datetime import date


class Slip(NamedTuple):
    """One move of a due date."""

    before: date
    after: date
    reason: str


class Priority(NamedTuple):
    """high, medium or low; or likelihood, impact and effort from 1 to 5, ordered by L x I / E."""

    level: str = ""
    likelihood: int = 0
    impact: int = 0
    effort: int = 0


class Verification(NamedTuple):
    """The success measure of an action, declared beforehand."""

    metric: str
    start: date
    months: int
    expect: str
    factor: str = ""
    service: str = ""


class Result(NamedTuple):
    """The owner's own verdict on an action."""

    verdict: str
    note: str = ""
    at: date | None = None


class Action(NamedTuple):
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
        """Whether it is open or in progress."""
        return self.status in {"open", "in-progress"}

    @property
    def is_done(self) -> bool:
        """Whether it was carried out."""
        return self.status in {"done", "verified"}

    @property
    def is_given_up(self) -> bool:
        """Whether it was declined or superseded."""
        return self.status in {"declined", "superseded"}

    @property
    def kind(self) -> str:
        """What kind of thing its output changes: technical, monitoring, access and so on; empty if unknown."""
        return OUTPUTS[self.output].kind if self.output in OUTPUTS else ""

    @property
    def first_due(self) -> date | None:
        """The original due date, before any slip; None without a date."""
        if not self.slips:
            return self.due
        afters = {slip.after for slip in self.slips}
        return next((slip.before for slip in self.slips if slip.before not in afters), self.slips[0].before)

    def slipped(self, before: date, after: date) -> bool:
        """Whether slips with reasons lead from one due date to the other."""
        reached = {before}
        for slip in sorted(self.slips, key=lambda slip: slip.before):
            if slip.before in reached and slip.reason:
                reached.add(slip.after)
        return after in reached
