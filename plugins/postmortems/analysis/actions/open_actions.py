"""The actions that can be followed: which wait, how long, how late, and which of them presses most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.measures import ActionOf
from postmortems.analysis.statistics.scope import first_hand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.conventions import Policy
    from postmortems.record import Postmortem, Priority

PRIORITIES = ("high", "medium", "low", "")
"""The levels of priority, most pressing first; the last is that of actions that state none."""

# Likelihood times impact over effort is 3 in the middle of its scales of 1 to 5. What is twice that presses, and
# what is less than half can wait. The product only puts actions in order; no sum or mean of it has a meaning.
_HIGH_FROM, _LOW_BELOW = 6.0, 1.5


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open action: `age` in days since it was opened, where that is known, and `late` in days past its date."""

    of: ActionOf
    age: int | None
    late: int

    @property
    def is_overdue(self) -> bool:
        """Whether its due date lies behind."""
        return self.late > 0


def actions_of(records: Iterable[Postmortem], policy: Policy) -> tuple[ActionOf, ...]:
    """All actions of one's own first-hand records, newest record first; others' can't be followed."""
    return tuple(ActionOf(record, action) for record in first_hand(records, policy) for action in record.actions)


def waiting(actions: Iterable[ActionOf], today: date) -> tuple[Waiting, ...]:
    """The open ones, most pressing first: the overdue, then the others, each by priority, then by due date."""
    rows = (_waiting(of, today) for of in actions if of.action.is_open)
    return tuple(sorted(rows, key=_pressing))


def waiting_first(actions: Iterable[ActionOf]) -> tuple[ActionOf, ...]:
    """Open actions first, by due date, and then all others in the order given."""
    kept = list(actions)
    open_ones = [entry for entry in kept if entry.action.is_open]
    open_ones.sort(key=lambda entry: (entry.action.due or date.max, entry.record.id, entry.action.id))
    return (*open_ones, *(entry for entry in kept if not entry.action.is_open))


def priority_order(priority: Priority | None) -> float | None:
    """Likelihood times impact over effort, from 0.2 to 25; None where the scales are not stated."""
    return priority.likelihood * priority.impact / priority.effort if priority and priority.effort else None


def priority_level(priority: Priority | None) -> str:
    """high, medium or low, as stated or by the order: 6 or more is high, less than 1.5 low; empty for none."""
    order = priority_order(priority)
    if priority is None or order is None:
        return priority.level if priority else ""
    if order >= _HIGH_FROM:
        return "high"
    return "medium" if order >= _LOW_BELOW else "low"


def _waiting(of: ActionOf, today: date) -> Waiting:
    action = of.action
    age = max((today - action.opened).days, 0) if action.opened else None
    late = max((today - action.due).days, 0) if action.due else 0
    return Waiting(of, age, late)


def _pressing(open_action: Waiting) -> tuple[bool, int, float, date, str, str]:
    """What is ranked by scales comes before what has the same level without them."""
    action = open_action.of.action
    return (
        not open_action.is_overdue,
        PRIORITIES.index(priority_level(action.priority)),
        -(priority_order(action.priority) or 0.0),
        action.due or date.max,
        open_action.of.record.id,
        action.id,
    )
