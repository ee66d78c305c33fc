"""Whether an organisation does what it said: every figure on its actions, from the records and their history."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.actions.coming_due import coming_due, follow_ups
from postmortems.analysis.actions.completion import completion, completion_by, on_time
from postmortems.analysis.actions.due_date_changes import slips
from postmortems.analysis.actions.open_actions import PRIORITIES, actions_of, priority_level, waiting
from postmortems.analysis.actions.strength import by_kind, by_output, by_strength, effective
from postmortems.analysis.statistics.estimates import quantile_of
from postmortems.analysis.statistics.measures import Exclusion, Measure
from postmortems.analysis.statistics.month_windows import months_later
from postmortems.analysis.statistics.scope import first_hand
from postmortems.record import STRENGTHS
from postmortems.texts import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from postmortems.analysis.actions.coming_due import ComingDue, FollowUp
    from postmortems.analysis.actions.completion import Completion, OnTime
    from postmortems.analysis.actions.due_date_changes import Slips
    from postmortems.analysis.actions.open_actions import Waiting
    from postmortems.analysis.actions.strength import ChangeGroup, Effective
    from postmortems.analysis.statistics.measures import ActionOf
    from postmortems.conventions import Policy
    from postmortems.due_date_history import DueDates
    from postmortems.record import Postmortem


@dataclass(frozen=True, slots=True)
class OwnerLoad:
    """What waits for one owner, most pressing first; `owner` is empty for what is nobody's."""

    owner: str
    open: tuple[Waiting, ...]

    @property
    def overdue(self) -> tuple[Waiting, ...]:
        """Of these, the overdue ones."""
        return tuple(row for row in self.open if row.is_overdue)

    @property
    def oldest(self) -> int | None:
        """The age in days of the oldest; None where no opening day is known."""
        return max((row.age for row in self.open if row.age is not None), default=None)

    @property
    def latest(self) -> int:
        """By how many days the one that is most overdue is late; 0 where none is."""
        return max((row.late for row in self.open), default=0)


@dataclass(frozen=True, slots=True)
class FollowThrough:
    """All figures on actions. `records` are the first-hand ones, `open` is most pressing first.

    `age` is the median age of open actions in days; `on_time_year` covers the twelve months before `as_of`.
    """

    records: tuple[Postmortem, ...]
    actions: tuple[ActionOf, ...]
    open: tuple[Waiting, ...]
    owners: tuple[OwnerLoad, ...]
    age: Measure
    completion: Completion
    by_priority: tuple[Completion, ...]
    by_strength: tuple[Completion, ...]
    on_time_year: OnTime
    on_time_ever: OnTime
    slips: Slips
    strengths: tuple[ChangeGroup, ...]
    kinds: tuple[ChangeGroup, ...]
    outputs: tuple[ChangeGroup, ...]
    effective: Effective
    follow_ups: tuple[FollowUp, ...]
    coming: tuple[ComingDue, ...]

    @property
    def overdue(self) -> tuple[Waiting, ...]:
        """The open actions past their due date, most pressing first."""
        return tuple(row for row in self.open if row.is_overdue)


def follow_through(
    records: Sequence[Postmortem], policy: Policy, as_of: datetime, history: DueDates | None = None
) -> FollowThrough:
    """Follow the actions of one's own first-hand records; `history` tells of due dates that moved in silence."""
    today = as_of.date()
    actions = actions_of(records, policy)
    own = first_hand(records, policy)
    pressing = waiting(actions, today)
    return FollowThrough(
        records=own,
        actions=actions,
        open=pressing,
        owners=_owners(pressing),
        age=_age(pressing),
        completion=completion(actions, today),
        by_priority=completion_by(actions, today, lambda of: priority_level(of.action.priority), PRIORITIES),
        by_strength=completion_by(actions, today, lambda of: of.action.strength, (*STRENGTHS, "")),
        on_time_year=on_time(actions, months_later(today, -12), today),
        on_time_ever=on_time(actions, today.min, today),
        slips=slips(actions, history),
        strengths=by_strength(actions, today),
        kinds=by_kind(actions, today),
        outputs=by_output(actions, today),
        effective=effective(actions),
        follow_ups=follow_ups(own, today),
        coming=coming_due(own, actions, today),
    )


def _owners(open_actions: Sequence[Waiting]) -> tuple[OwnerLoad, ...]:
    """By owner: who has most overdue comes first, then who has most open."""
    by_owner: dict[str, list[Waiting]] = defaultdict(list)
    for row in open_actions:
        by_owner[row.of.action.owner].append(row)
    loads = (OwnerLoad(owner, tuple(rows)) for owner, rows in by_owner.items())
    return tuple(sorted(loads, key=lambda load: (-len(load.overdue), -len(load.open), load.owner)))


def _age(open_actions: Sequence[Waiting]) -> Measure:
    known = [row for row in open_actions if row.age is not None]
    unknown = tuple(row.of for row in open_actions if row.age is None)
    median = quantile_of([float(row.age or 0) for row in known])
    return Measure(
        median.value,
        "days",
        tuple(row.of for row in known),
        len(open_actions),
        median.interval,
        median.state,
        (Exclusion(N_("opened on an unknown day"), unknown),),
    )
