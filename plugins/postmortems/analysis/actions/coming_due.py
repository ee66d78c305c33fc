"""What is due next: actions, follow-up sessions, and comparisons of before and after that come to an end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.month_windows import months_later

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from postmortems.analysis.statistics.measures import ActionOf
    from postmortems.record import Action, Postmortem

AHEAD = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The next session on a record with open actions; `next` is None where none is planned, `last` the one before.

    Records don't say whether a session was held, only for when it was planned.
    """

    record: Postmortem
    open: tuple[Action, ...]
    next: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class ComingDue:
    """What is due on a day: an `action`, a `follow-up`, or the end of a `comparison`."""

    day: date
    kind: str
    record: Postmortem
    action: Action | None = None


def follow_ups(records: Iterable[Postmortem], today: date) -> tuple[FollowUp, ...]:
    """The records with open actions that are reviewed: those without a session ahead first, then by day."""
    rows = [
        _follow_up(record, open_actions, today)
        for record in records
        if (record.full_review or record.review)
        and (open_actions := tuple(action for action in record.actions if action.is_open))
    ]
    return tuple(sorted(rows, key=lambda row: (row.next is not None, row.next or today, row.record.id)))


def coming_due(records: Iterable[Postmortem], actions: Iterable[ActionOf], today: date) -> tuple[ComingDue, ...]:
    """What falls into the next 90 days, today included, by day."""
    entries = [
        *(
            ComingDue(of.action.due, "action", of.record, of.action)
            for of in actions
            if of.action.is_open and of.action.due
        ),
        *(
            ComingDue(day, "follow-up", record)
            for record in records
            if record.review and any(action.is_open for action in record.actions)
            for day in record.review.follow_ups
        ),
        *(
            ComingDue(months_later(verify.start, verify.months), "comparison", of.record, of.action)
            for of in actions
            if (verify := of.action.verify) and not of.action.is_given_up
        ),
    ]
    kept = (entry for entry in entries if today <= entry.day <= today + AHEAD)
    return tuple(sorted(kept, key=lambda e: (e.day, e.kind, e.record.id, e.action.id if e.action else "")))


def _follow_up(record: Postmortem, open_actions: tuple[Action, ...], today: date) -> FollowUp:
    days = record.review.follow_ups if record.review else ()
    return FollowUp(
        record,
        open_actions,
        min((day for day in days if day >= today), default=None),
        max((day for day in days if day < today), default=None),
    )
