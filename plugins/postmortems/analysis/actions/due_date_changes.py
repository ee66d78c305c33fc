"""Due dates that moved: those that a record tells of, and those that only the history of its file tells of."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.estimates import quantile_of, share_of
from postmortems.analysis.statistics.measures import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from postmortems.analysis.statistics.measures import ActionOf, Basis, Share
    from postmortems.due_date_history import DueDates


@dataclass(frozen=True, slots=True)
class Slipped:
    """An action whose due date was moved later `moves` times, from `first` to `due`, by `days`; why, at last."""

    of: ActionOf
    first: date
    due: date
    moves: int
    reason: str

    @property
    def days(self) -> int:
        """By how many days its date moved in all."""
        return (self.due - self.first).days


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A due date that moved later in the history of the file, without a slip that says so."""

    of: ActionOf
    before: date
    after: date

    @property
    def days(self) -> int:
        """By how many days it moved."""
        return (self.after - self.before).days


@dataclass(frozen=True, slots=True)
class Slips:
    """The actions whose due date moved later, of those that have one; `days` is the median of how far.

    `unrecorded` are the moves that nobody wrote down; None where there is no history to tell them.
    """

    share: Share
    slipped: tuple[Slipped, ...]
    days: Measure
    unrecorded: tuple[Unrecorded, ...] | None

    @property
    def silent(self) -> Basis:
        """The actions with such moves, each once."""
        by_id = {(row.of.record.id, row.of.action.id): row.of for row in self.unrecorded or ()}
        return tuple(by_id.values())


def slips(actions: Iterable[ActionOf], history: DueDates | None) -> Slips:
    """The moves of due dates, furthest first. What was brought forward is no slip."""
    dated = tuple(of for of in actions if of.action.due)
    slipped = tuple(sorted(_slipped(dated), key=lambda row: (-row.days, row.of.record.id, row.of.action.id)))
    basis = tuple(row.of for row in slipped)
    median = quantile_of([row.days for row in slipped])
    return Slips(
        share_of(basis, dated),
        slipped,
        Measure(median.value, "days", basis, len(basis), median.interval, median.state),
        tuple(_unrecorded(dated, history)) if history and history.known else None,
    )


def _slipped(actions: Iterable[ActionOf]) -> Iterable[Slipped]:
    for of in actions:
        first, due = of.action.first_due, of.action.due
        later = [slip for slip in of.action.slips if slip.after > slip.before]
        if later and first and due and due > first:
            yield Slipped(of, first, due, len(later), max(later, key=lambda slip: slip.after).reason)


def _unrecorded(actions: Iterable[ActionOf], history: DueDates) -> Iterable[Unrecorded]:
    """Moves between one version and the next; a record that accepts H02 has said why its date was wrong."""
    for of in actions:
        dates = history.dates.get((of.record.id, of.action.id), ())
        if any(acceptance.rule == "H02" for acceptance in of.record.accepted):
            continue
        for before, after in pairwise(dates):
            if after > before and not of.action.slipped(before, after):
                yield Unrecorded(of, before, after)
