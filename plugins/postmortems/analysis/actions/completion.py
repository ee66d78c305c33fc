"""How long actions take, and whether they are done by the day that was agreed first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.estimates import Survival, kaplan_meier, minimum_n, share_of
from postmortems.analysis.statistics.measures import Exclusion, Measure, State
from postmortems.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from postmortems.analysis.statistics.measures import ActionOf, Basis, Share

FEWEST = minimum_n(0.5)
"""The least number of actions for a curve or a median."""


@dataclass(frozen=True, slots=True)
class Completion:
    """How long the actions of a group take from `opened`: `group` is what they share, empty for all of them.

    `median` is the time in days until half of them are done; `completed` are those that are. `seen` is the number
    of days up to which any of them was followed.
    """

    group: str
    survival: Survival
    median: Measure
    completed: Basis
    seen: float

    @property
    def enough(self) -> bool:
        """Whether there are enough to tell."""
        return self.median.state != State.TOO_FEW


@dataclass(frozen=True, slots=True)
class OnTime:
    """Of the actions first due in a window, those done by that day; what was given up stands apart."""

    share: Share
    given_up: Basis


def completion(actions: Iterable[ActionOf], today: date, group: str = "") -> Completion:
    """A Kaplan-Meier estimate; open actions are censored today, and those given up on the day that was decided.

    What was done before it was opened took no time. A median needs `FEWEST` actions.
    """
    entered: list[ActionOf] = []
    days: list[float] = []
    excluded: dict[str, list[ActionOf]] = {}
    every = list(actions)
    for of in every:
        reason = _why_not(of)
        if reason:
            excluded.setdefault(reason, []).append(of)
        else:
            entered.append(of)
            days.append(_days(of, today))
    survival = kaplan_meier(days, [of.action.is_done for of in entered])
    state = survival.state if len(entered) >= FEWEST else State.TOO_FEW
    has_median = state == State.OK
    median = Measure(
        survival.median if has_median else None,
        "days",
        tuple(entered),
        len(every),
        survival.median_interval if has_median else None,
        state,
        tuple(Exclusion(reason, tuple(actions_without)) for reason, actions_without in excluded.items()),
    )
    done = tuple(of for of in entered if of.action.is_done)
    return Completion(group, survival, median, done, max(days, default=0.0))


def completion_by(
    actions: Sequence[ActionOf], today: date, group_of: Callable[[ActionOf], str], groups: Iterable[str]
) -> tuple[Completion, ...]:
    """The same for each group that has actions, in the order of the groups."""
    groups_of_actions = ((group, [of for of in actions if group_of(of) == group]) for group in groups)
    return tuple(completion(members, today, group) for group, members in groups_of_actions if members)


def on_time(actions: Iterable[ActionOf], start: date, end: date) -> OnTime:
    """Of the actions whose first due date is at or after `start` and before `end`: done by it, or not."""
    due = [of for of in actions if (first := of.action.first_due) and start <= first < end]
    given_up = tuple(of for of in due if of.action.is_given_up)
    unknown = tuple(of for of in due if not of.action.is_given_up and _why_not_judged(of))
    judged = tuple(of for of in due if not of.action.is_given_up and not _why_not_judged(of))
    kept = tuple(of for of in judged if _done_by(of, of.action.first_due))
    return OnTime(share_of(kept, judged, (Exclusion(N_("closed on an unknown day"), unknown),)), given_up)


def _why_not(of: ActionOf) -> str:
    """Why one can't tell how long an action has taken; empty where one can."""
    if not of.action.opened:
        return N_("opened on an unknown day")
    if of.action.is_open or of.action.closed:
        return ""
    return (
        N_("closed on an unknown day") if of.action.is_done or of.action.is_given_up else N_("status not stated")
    )


def _why_not_judged(of: ActionOf) -> bool:
    return not of.action.is_open and not of.action.closed


def _days(of: ActionOf, today: date) -> float:
    action = of.action
    until = today if action.is_open or not action.closed else action.closed
    return float(max((until - action.opened).days, 0)) if action.opened else 0.0


def _done_by(of: ActionOf, day: date | None) -> bool:
    return bool(of.action.is_done and of.action.closed and day and of.action.closed <= day)
