"""Records as they were at the end of an earlier day, as far as their own dates tell.

A report on a quarter that is over says what was so at its end, and says the same whenever it is made. So what a
record dates later is taken back: an action closed since is open again, a review held since is missing. What has
no date, such as the day on which a due date was moved, stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.periods import happened

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from postmortems.record import Action, Postmortem, Review


def at_point_in_time(records: Iterable[Postmortem], day: date) -> tuple[Postmortem, ...]:
    """The records of incidents that had begun by the end of a day, with what was known of each by then."""
    return tuple(_taken_back(record, day) for record in records if happened(record).first <= day)


def _taken_back(record: Postmortem, day: date) -> Postmortem:
    times = {name: moment for name, moment in record.times.items() if moment.day <= day}
    actions = tuple(_action(action, day) for action in record.actions if not action.opened or action.opened <= day)
    review = _review(record.review, day) if record.review else None
    if (times, actions, review) == (record.times, record.actions, record.review):
        return record
    # Whoever recovered later was not over it then, whatever the record says of its state today.
    state = record.state if "recovered" in times or "recovered" not in record.times else "ongoing"
    return replace(record, times=times, actions=actions, review=review, state=state)


def _action(action: Action, day: date) -> Action:
    if action.closed and action.closed > day:
        return action._replace(status="open", closed=None, evidence=(), reason="", result=None)
    if action.result and action.result.at and action.result.at > day:
        return action._replace(status="done" if action.status == "verified" else action.status, result=None)
    return action


def _review(review: Review, day: date) -> Review:
    later = review.held is not None and review.held > day
    briefed_later = review.briefed_on is not None and review.briefed_on > day
    if not later and not briefed_later:
        return review
    return review._replace(
        held=None if later else review.held,
        briefed_on=None if briefed_later else review.briefed_on,
    )
