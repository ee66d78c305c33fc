"""Did it work? The incidents before and after an action that said beforehand how one would tell.

The incident that gave rise to the action is left out: it was written down because it was bad, and what comes after
a bad one is mostly better by itself (regression to the mean).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import count, pairwise
from typing import TYPE_CHECKING

from postmortems.analysis.actions.open_actions import actions_of
from postmortems.analysis.effect.before_after import Incidents, Window, midnight
from postmortems.analysis.statistics.estimates import CHANCE, duration_ratio, overdispersion, rate_ratio, rejects
from postmortems.analysis.statistics.month_windows import months_later
from postmortems.analysis.statistics.scope import own_incidents
from postmortems.analysis.statistics.selection import EVERYTHING, Selection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from postmortems.analysis.effect.before_after import BeforeAfter
    from postmortems.analysis.statistics.estimates import Comparison
    from postmortems.analysis.statistics.measures import ActionOf, Exclusion
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem, Verification

NEEDED_A_SIDE = 4
"""How many durations a side it takes to tell anything: of 3 and 3 even the most extreme are no rarity."""


class Verdict(StrEnum):
    """What a comparison says of an action."""

    IMPROVED = "improved"
    WORSE = "worse"
    CANNOT_TELL = "cannot tell"
    TOO_FEW = "too few"
    CLUSTERED = "incidents cluster"
    UNSEEN = "not all recorded"
    TOO_EARLY = "too early"


@dataclass(frozen=True, slots=True)
class Effect:
    """A comparison of what came before and after the day from which an action was to show.

    `ends` is the day on which the window after it closes, and `passed` the share of it that has passed, from 0 to
    1. `comparison` is the ratio after over before: of rates for `count`, else of typical durations; None where
    nothing was compared. `needed` is, of too few, how many incidents it takes to tell anything: in all for
    `count`, else on each side.
    """

    of: ActionOf
    verify: Verification
    ends: date
    before: Window
    after: Window
    passed: float
    comparison: Comparison | None
    verdict: Verdict
    needed: int
    excluded: tuple[Exclusion, ...]

    @property
    def is_running(self) -> bool:
        """Whether the window after it is still open, so that the verdict may change."""
        return self.passed < 1

    @property
    def agrees(self) -> bool | None:
        """Whether the owner's own verdict says the same; None where one of the two says neither yes nor no."""
        own = self.of.action.result.verdict if self.of.action.result else ""
        if own not in {"effective", "ineffective"} or self.verdict not in {Verdict.IMPROVED, Verdict.WORSE}:
            return None
        return (own == "effective") == (self.verdict == Verdict.IMPROVED)


@dataclass(frozen=True, slots=True)
class Effects:
    """All comparisons, newest first by the day from which they count.

    `given_up` are actions that declared how one would tell and were not carried out; `closed` are all that were
    carried out, and `undeclared` those of them that did not declare it.
    """

    effects: tuple[Effect, ...]
    given_up: tuple[ActionOf, ...]
    closed: tuple[ActionOf, ...]
    undeclared: tuple[ActionOf, ...]
    first: datetime | None

    def having(self, *verdicts: Verdict) -> tuple[ActionOf, ...]:
        """The actions with one of these verdicts."""
        return tuple(effect.of for effect in self.effects if effect.verdict in verdicts)

    @property
    def compared(self) -> tuple[ActionOf, ...]:
        """Those of which a test was made."""
        return tuple(effect.of for effect in self.effects if effect.comparison)

    @property
    def by_chance(self) -> float:
        """How many of these would look like a change if nothing at all had changed."""
        return CHANCE * len(self.compared)


def effects(
    records: Sequence[Postmortem], policy: Policy, as_of: datetime, selection: Selection = EVERYTHING
) -> Effects:
    """Compare for every action with a `verify` that was not given up; `first` is when the first incident began.

    A `selection` narrows down from which incidents the actions are, not which are compared.
    """
    actions = [of for of in actions_of(records, policy) if selection.holds(of.record)]
    incidents = Incidents(own_incidents(records, policy))
    compared = [
        _effect(of, of.action.verify, incidents, as_of)
        for of in actions
        if of.action.verify and not of.action.is_given_up
    ]
    return Effects(
        tuple(sorted(compared, key=lambda e: (-e.verify.start.toordinal(), e.of.record.id, e.of.action.id))),
        tuple(of for of in actions if of.action.verify and of.action.is_given_up),
        tuple(of for of in actions if of.action.is_done),
        tuple(of for of in actions if of.action.is_done and not of.action.verify),
        incidents.first,
    )


def _effect(of: ActionOf, verify: Verification, incidents: Incidents, as_of: datetime) -> Effect:
    turn, ends = midnight(verify.start), months_later(verify.start, verify.months)
    until = max(min(midnight(ends), as_of), turn)
    split = incidents.split(
        Window(midnight(months_later(verify.start, -verify.months)), turn),
        Window(turn, until),
        factor=verify.factor,
        service=verify.service,
        metric=verify.metric,
        without=of.record.id,
    )
    passed = (until - turn) / (midnight(ends) - turn)
    if not of.action.is_done or not passed:
        comparison, verdict = None, Verdict.TOO_EARLY
    elif verify.metric == "count":
        comparison, verdict = _frequency(split, verify, incidents.first)
    else:
        comparison, verdict = _durations(split)
    few_counts = verify.metric == "count" and verdict == Verdict.TOO_FEW
    needed = _needed(split) if few_counts else NEEDED_A_SIDE
    return Effect(of, verify, ends, split.before, split.after, passed, comparison, verdict, needed, split.excluded)


def _frequency(
    split: BeforeAfter, verify: Verification, first: datetime | None
) -> tuple[Comparison | None, Verdict]:
    before, after = split.before, split.after
    total = len(before.incidents) + len(after.incidents)
    if not _can_tell(total, split):
        return None, Verdict.TOO_FEW
    if first is None or first > before.start:
        return None, Verdict.UNSEEN
    scatter = overdispersion(_counts(before, verify), _counts(after, verify))
    if scatter is not None and scatter < CHANCE:
        return None, Verdict.CLUSTERED
    comparison = _rates(len(after.incidents), total, split)
    return comparison, _changed(comparison) or Verdict.CANNOT_TELL


def _can_tell(total: int, split: BeforeAfter) -> bool:
    """Whether so many incidents would show a change at least if all of them lay on one side."""
    return any(_changed(_rates(k, total, split)) for k in (0, total))


def _needed(split: BeforeAfter) -> int:
    return next(total for total in count(1) if _can_tell(total, split))


def _rates(after: int, total: int, split: BeforeAfter) -> Comparison:
    return rate_ratio(after, split.after.days, total - after, split.before.days)


def _counts(side: Window, verify: Verification) -> list[int]:
    """Incidents by quarter of the window, or by month where it has no whole ones; only stretches that are over."""
    step = 3 if verify.months % 3 == 0 else 1
    first = side.start.date()
    days = [months_later(first, months) for months in range(0, verify.months + 1, step)]
    return [side.count_in(start, end) for start, end in pairwise(days) if midnight(end) <= side.end]


def _durations(split: BeforeAfter) -> tuple[Comparison | None, Verdict]:
    before, after = split.before.seconds, split.after.seconds
    # Of all regroupings, the two most extreme are as rare as a change can look.
    if min(len(before), len(after)) < 2 or not rejects(2 / math.comb(len(before) + len(after), len(after))):
        return None, Verdict.TOO_FEW
    comparison = duration_ratio(after, before)
    if not rejects(comparison.p) or comparison.ratio is None:
        return comparison, Verdict.CANNOT_TELL
    return comparison, Verdict.IMPROVED if comparison.ratio < 1 else Verdict.WORSE


def _changed(comparison: Comparison) -> Verdict | None:
    """The verdict on rates, by the interval of their ratio, so that the two never tell different things."""
    low, high = comparison.interval.low, comparison.interval.high
    if high is not None and high < 1:
        return Verdict.IMPROVED
    return Verdict.WORSE if low is not None and low > 1 else None
