"""What waits for someone: overdue actions, reviews not held, and incidents that repeat an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.reviews.review_quality import Waiting, waiting_reviews
from postmortems.analysis.statistics.periods import began_in, year_to
from postmortems.analysis.statistics.scope import first_hand
from postmortems.repeats import Repeat, RepeatIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from postmortems.analysis.statistics.periods import Period
    from postmortems.conventions import Policy
    from postmortems.record import Action, Postmortem

__all__ = ["Attention", "Overdue", "Repeat", "Waiting", "needs_attention"]


@dataclass(frozen=True, slots=True)
class Overdue:
    """An open action past its due date, by how many days."""

    record: Postmortem
    action: Action
    days: int


@dataclass(frozen=True, slots=True)
class Attention:
    """What needs attention, most pressing first; `ongoing` incidents are not over yet."""

    ongoing: tuple[Postmortem, ...]
    overdue: tuple[Overdue, ...]
    unreviewed: tuple[Waiting, ...]
    repeats: tuple[Repeat, ...]
    first_hand: int

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.ongoing) + len(self.overdue) + len(self.unreviewed) + len(self.repeats)


def needs_attention(records: Sequence[Postmortem], policy: Policy, as_of: datetime) -> Attention:
    """Look through the organisation's first-hand records; other organisations' actions are not ours to chase."""
    own = first_hand(records, policy)
    today = as_of.date()
    return Attention(
        ongoing=tuple(record for record in own if record.is_ongoing),
        overdue=tuple(sorted(_overdue(own, today), key=lambda late: (-late.days, late.record.id, late.action.id))),
        unreviewed=waiting_reviews(own, policy, as_of),
        repeats=tuple(_repeats(own, year_to(today))),
        first_hand=len(own),
    )


def _overdue(records: Iterable[Postmortem], today: date) -> Iterable[Overdue]:
    for record in records:
        for action in record.actions:
            if action.is_open and action.due and action.due < today:
                yield Overdue(record, action, (today - action.due).days)


def _repeats(records: Sequence[Postmortem], year: Period) -> Iterable[Repeat]:
    """The repeats of a year, newest first; each pair of incidents once, a repeat after a fix first."""
    index = RepeatIndex(records)
    for record in began_in(records, year):
        repeats = sorted(index.repeats_of(record), key=lambda repeat: not repeat.after_fix)
        yield from {repeat.earlier.id: repeat for repeat in reversed(repeats)}.values()
