"""What leadership has to know of one quarter, from the organisation's own records as they were at its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from postmortems.analysis.actions.open_actions import actions_of, waiting
from postmortems.analysis.brief.decisions import decisions
from postmortems.analysis.effect.verdicts import Verdict, effects
from postmortems.analysis.factors.recurrence import recurrences
from postmortems.analysis.factors.repeats import repeating
from postmortems.analysis.frequency.counts import frequency
from postmortems.analysis.frequency.quarter_change import quarter_change
from postmortems.analysis.reviews.review_quality import waiting_reviews
from postmortems.analysis.statistics.month_windows import months_later
from postmortems.analysis.statistics.point_in_time import at_point_in_time
from postmortems.analysis.statistics.quarters import quarter_of
from postmortems.analysis.statistics.scope import first_hand, own
from postmortems.analysis.statistics.severity_ranking import most_serious

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from postmortems.analysis.actions.open_actions import Waiting
    from postmortems.analysis.brief.decisions import Decision
    from postmortems.analysis.effect.verdicts import Effect
    from postmortems.analysis.factors.recurrence import Recurrences
    from postmortems.analysis.factors.repeats import Repeated, Repeating
    from postmortems.analysis.frequency.counts import Frequency
    from postmortems.analysis.frequency.quarter_change import QuarterChange
    from postmortems.analysis.reviews.review_quality import Waiting as WaitingReview
    from postmortems.analysis.statistics.measures import ActionOf
    from postmortems.analysis.statistics.quarters import Quarter
    from postmortems.conventions import Policy
    from postmortems.record import Action, Postmortem

SERIOUS = 3


@dataclass(frozen=True, slots=True)
class Brief:
    """One quarter. `day` is its last one, or today where it is not over; all that can change is as of that day.

    `opened` and `closed` are actions of the quarter, `given_up` those declined or superseded in it. `overdue` is
    most pressing first, `first_of_owners` holds the most pressing one of each owner, and `settled` what became of
    overdue ones since, by the ids of record and action; that asks for no decision. `reviewed` are the incidents of
    which a review was held in the quarter, and `ended` the comparisons whose window closed in it.
    """

    quarter: Quarter
    day: date
    is_over: bool
    records: tuple[Postmortem, ...]
    change: QuarterChange
    serious: tuple[Postmortem, ...]
    after_fix: tuple[Repeated, ...]
    before_fix: tuple[Repeated, ...]
    factors: Recurrences
    opened: tuple[ActionOf, ...]
    closed: tuple[ActionOf, ...]
    given_up: tuple[ActionOf, ...]
    open: tuple[Waiting, ...]
    overdue: tuple[Waiting, ...]
    first_of_owners: tuple[Waiting, ...]
    settled: Mapping[tuple[str, str], Action]
    reviewed: tuple[Postmortem, ...]
    unreviewed: tuple[WaitingReview, ...]
    ended: tuple[Effect, ...]
    decisions: tuple[Decision, ...]


class Briefs:
    """The briefs of all quarters of one library; what they share is computed once."""

    def __init__(
        self, records: Sequence[Postmortem], policy: Policy, as_of: datetime, repeated: Repeating | None = None
    ) -> None:
        """Take what an audience may see, newest first; `repeated` where its repeats were looked for already."""
        self._records = records
        self._repeated = repeated
        self._policy = policy
        self._as_of = as_of

    @property
    def last(self) -> Quarter:
        """The last quarter that is over."""
        return quarter_of(self._as_of.date()).preceding

    @cached_property
    def earlier(self) -> tuple[Quarter, ...]:
        """The quarters before the last that have incidents, newest first; as many as are counted."""
        quarters = (count.quarter for count in reversed(self._frequency.quarters) if count.incidents)
        return tuple(quarter for quarter in quarters if quarter < self.last)

    def of(self, quarter: Quarter) -> Brief:
        """The brief of a quarter that has begun."""
        today = self._as_of.date()
        day = min(quarter.period.last, today)
        then = at_point_in_time(self._records, day)
        actions = actions_of(then, self._policy)
        pressing = waiting(actions, day)
        overdue = tuple(row for row in pressing if row.is_overdue)
        change = quarter_change(self._frequency, quarter, self._policy)
        ids = {record.id for record in (*change.incidents, *change.near_misses)}
        after_fix = tuple(entry for entry in self._repeating.after_fix if entry.record.id in ids)
        ended = self._ended(then, quarter, day)
        unreviewed = waiting_reviews(first_hand(then, self._policy), self._policy, _end_of(day))
        settled = self._settled(overdue)
        return Brief(
            quarter=quarter,
            day=day,
            is_over=quarter.period.last < today,
            records=own(then, self._policy),
            change=change,
            serious=most_serious(change.incidents, self._policy, SERIOUS),
            after_fix=after_fix,
            before_fix=tuple(entry for entry in self._repeating.before_fix if entry.record.id in ids),
            factors=recurrences(then, self._policy, _end_of(day)),
            opened=_of_quarter(actions, quarter, lambda of: of.action.opened),
            closed=_of_quarter(actions, quarter, lambda of: of.action.closed if of.action.is_done else None),
            given_up=_of_quarter(actions, quarter, lambda of: of.action.closed if of.action.is_given_up else None),
            open=pressing,
            overdue=overdue,
            first_of_owners=_first_of_owners(overdue),
            settled=settled,
            reviewed=tuple(
                record
                for record in first_hand(then, self._policy)
                if record.review and record.review.held and quarter_of(record.review.held) == quarter
            ),
            unreviewed=unreviewed,
            ended=ended,
            decisions=decisions(
                after_fix,
                ended,
                (row for row in overdue if _key(row) not in settled),
                (row for row in unreviewed if row.record.id in self._unreviewed),
            ),
        )

    def _ended(self, then: Sequence[Postmortem], quarter: Quarter, day: date) -> tuple[Effect, ...]:
        """The comparisons that ended in a quarter; made only where there are any, since they take a while."""
        verifications = (of.action.verify for of in actions_of(then, self._policy) if of.action.verify)
        last_days = (_last_day(months_later(verify.start, verify.months)) for verify in verifications)
        if not any(quarter_of(last) == quarter and last <= day for last in last_days):
            return ()
        comparisons = effects(then, self._policy, datetime.combine(day + timedelta(days=1), time(), UTC)).effects
        return tuple(
            effect
            for effect in comparisons
            if quarter_of(_last_day(effect.ends)) == quarter and effect.verdict != Verdict.TOO_EARLY
        )

    def _settled(self, overdue: Iterable[Waiting]) -> dict[tuple[str, str], Action]:
        """What became of overdue actions since, of those that are not open any more."""
        keys = {_key(row) for row in overdue}
        return {
            (of.record.id, of.action.id): of.action
            for of in actions_of(self._records, self._policy)
            if not of.action.is_open and (of.record.id, of.action.id) in keys
        }

    @cached_property
    def _unreviewed(self) -> frozenset[str]:
        """The incidents whose review is missing today."""
        waiting_now = waiting_reviews(first_hand(self._records, self._policy), self._policy, self._as_of)
        return frozenset(row.record.id for row in waiting_now)

    @cached_property
    def _frequency(self) -> Frequency:
        return frequency(self._records, self._policy, self._as_of)

    @cached_property
    def _repeating(self) -> Repeating:
        return self._repeated or repeating(self._records, self._policy)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), UTC)


def _last_day(ends: date) -> date:
    """The last day of a window that closes at the beginning of a day."""
    return ends - timedelta(days=1)


def _key(row: Waiting) -> tuple[str, str]:
    return row.of.record.id, row.of.action.id


def _first_of_owners(rows: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """The most pressing one of each owner, in the order of all."""
    by_owner: dict[str, Waiting] = {}
    for row in rows:
        by_owner.setdefault(row.of.action.owner, row)
    return tuple(by_owner.values())


def _of_quarter(
    actions: Iterable[ActionOf], quarter: Quarter, day_of: Callable[[ActionOf], date | None]
) -> tuple[ActionOf, ...]:
    return tuple(of for of in actions if (day := day_of(of)) and quarter_of(day) == quarter)
