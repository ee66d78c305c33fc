"""Whether the organisation does what it said: actions that are open, late, moved, and found to work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.actions.completion import FEWEST
from postmortems.analysis.actions.follow_through import follow_through
from postmortems.analysis.statistics.measures import Measure
from postmortems.due_date_history import due_dates, read_due_date_log
from postmortems.figures.section import FIGURES, StatsSection, figure_data, figure_row
from postmortems.rendering.formatting import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortems.analysis.actions.due_date_changes import Slips
    from postmortems.analysis.actions.follow_through import FollowThrough
    from postmortems.analysis.actions.open_actions import Waiting
    from postmortems.analysis.statistics.measures import Share
    from postmortems.due_date_history import DueDates
    from postmortems.figures.section import Asked


def follow_through_section(asked: Asked) -> StatsSection:
    """The figures on the actions of the records that are asked for."""
    told = follow_through(asked.selected, asked.policy, asked.as_of, _history(asked))
    figures = _figures(told) if told.actions else {}
    return StatsSection(
        id="follow_through",
        title="Follow-through",
        columns=FIGURES,
        rows=[figure_row(label, figure, FEWEST) for label, figure in figures.values()],
        data=[figure_data(name, label, figure) for name, (label, figure) in figures.items()],
        summary={
            "actions": len(told.actions),
            "longest_overdue_days": _longest(told),
            "owners": [
                {
                    "owner": load.owner,
                    "open": len(load.open),
                    "overdue": len(load.overdue),
                    "longest_overdue_days": load.latest or None,
                    "oldest_days": load.oldest,
                }
                for load in told.owners
            ],
            "given_up": len(told.on_time_year.given_up),
            "given_up_ever": len(told.on_time_ever.given_up),
            "judged": {
                "effective": told.effective.share.k,
                "partly": len(told.effective.partly),
                "ineffective": len(told.effective.ineffective),
                "not_judged": len(told.effective.not_judged),
            },
            "moved_in_silence": _silent(told.slips),
        },
        notes=list(_notes(told)),
    )


def _history(asked: Asked) -> DueDates:
    """The due dates that actions have had, by the Git history of the files."""
    reading = asked.reading
    return due_dates(read_due_date_log(reading.base, reading.conventions), reading.corpus)


def _figures(told: FollowThrough) -> dict[str, tuple[str, Measure | Share]]:
    return {
        "open": ("Open", _count(told.open, len(told.actions))),
        "overdue": ("Overdue", _count(told.overdue, len(told.open))),
        "age": ("Half of the open ones are older than", told.age),
        "on_time": ("Done by the date agreed first, last twelve months", told.on_time_year.share),
        "on_time_ever": ("Done by the date agreed first, all years", told.on_time_ever.share),
        "completion": ("Half are done within", told.completion.median),
        "moved": ("Due date moved to a later day", told.slips.share),
        "moved_days": ("Half of these moved by at least", told.slips.days),
        "effective": ("Found effective by their owners", told.effective.share),
    }


def _count(rows: Sequence[Waiting], of: int) -> Measure:
    return Measure(float(len(rows)), "count", tuple(row.of for row in rows), of)


def _longest(told: FollowThrough) -> int | None:
    return max((load.latest for load in told.owners), default=0) or None


def _silent(slips: Slips) -> list[dict[str, object]] | None:
    if slips.unrecorded is None:
        return None
    return [
        {
            "incident": row.of.record.id,
            "action": row.of.action.id,
            "before": str(row.before),
            "after": str(row.after),
        }
        for row in slips.unrecorded
    ]


def _notes(told: FollowThrough) -> Iterator[str]:
    if not told.actions:
        yield f"No action was agreed in {plural(len(told.records), 'first-hand record')}."
        return
    longest = _longest(told)
    if longest:
        yield f"The longest overdue is {plural(longest, 'day')} late; `postmortems actions --overdue` lists them."
    if told.on_time_ever.given_up:
        yield f"Declined or superseded, and counted neither way: {len(told.on_time_ever.given_up)}."
    judged = told.effective
    if judged.share.n:
        yield (
            f"Of the others that are done, {len(judged.partly)} were found partly effective and "
            f"{len(judged.ineffective)} not; of {len(judged.not_judged)} nobody has said."
        )
    yield _of_history(told.slips)


def _of_history(slips: Slips) -> str:
    if slips.unrecorded is None:
        return "Whether due dates were also moved without a word can't be told without the whole Git history."
    if not slips.unrecorded:
        return "The Git history tells of no due date that was moved later without a slip."
    moved = ", ".join(dict.fromkeys(f"{row.of.record.id} {row.of.action.id}" for row in slips.unrecorded))
    return f"Moved later without a slip, as the Git history tells: {moved}."
