"""Own incidents that repeat an earlier one: after its fix was done, or before. The figure that matters most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.estimates import share_of
from postmortems.analysis.statistics.measures import Exclusion
from postmortems.analysis.statistics.scope import first_hand
from postmortems.analysis.statistics.selection import EVERYTHING, Selection
from postmortems.repeats import RepeatIndex
from postmortems.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from postmortems.analysis.statistics.measures import Share
    from postmortems.conventions import Policy
    from postmortems.record import Action, Postmortem
    from postmortems.repeats import Repeat


@dataclass(frozen=True, slots=True)
class Repetition:
    """An earlier incident, the factor that came back, and the actions on it: all done then, or all open."""

    earlier: Postmortem
    factor: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """An incident and what it repeats, the newest earlier incident first."""

    record: Postmortem
    repetitions: tuple[Repetition, ...]


@dataclass(frozen=True, slots=True)
class Repeating:
    """The incidents that repeat an earlier one, newest first, and their shares of those that could.

    An incident may be in both lists: one action on the factor was done before it began, another was not. Only
    first-hand incidents with a known start can repeat one, and no exercise does.
    """

    after_fix: tuple[Repeated, ...]
    before_fix: tuple[Repeated, ...]
    after_share: Share
    before_share: Share

    def of_factor(self, factor: str) -> tuple[tuple[Repeated, ...], tuple[Repeated, ...]]:
        """Those after and those before a fix of one factor."""
        return _narrowed(self.after_fix, factor), _narrowed(self.before_fix, factor)


def repeating(records: Iterable[Postmortem], policy: Policy, selection: Selection = EVERYTHING) -> Repeating:
    """All repeats in own first-hand records, over all years; `records` newest first.

    A `selection` narrows down which incidents may repeat one, not which they may repeat.
    """
    own = first_hand(records, policy)
    mine = tuple(record for record in own if record.incident_class != "exercise" and selection.holds(record))
    index = RepeatIndex(own)
    repeats_by_record = [(record, tuple(index.repeats_of(record))) for record in mine]
    after, before = (
        tuple(
            Repeated(record, repetitions)
            for record, repeats in repeats_by_record
            if (repetitions := _grouped(repeat for repeat in repeats if repeat.after_fix is after_fix))
        )
        for after_fix in (True, False)
    )
    able = tuple(record for record in mine if "started" in record.times)
    unable = tuple(record for record in mine if "started" not in record.times)
    excluded = (Exclusion(N_("without a known start"), unable),) if unable else ()
    return Repeating(
        after,
        before,
        share_of(tuple(entry.record for entry in after), able, excluded),
        share_of(tuple(entry.record for entry in before), able, excluded),
    )


def _grouped(repeats: Iterable[Repeat]) -> tuple[Repetition, ...]:
    """Repeats by what is repeated, each with all actions on it, in the order of their record."""
    grouped: dict[tuple[str, str], list[Repeat]] = {}
    for repeat in repeats:
        grouped.setdefault((repeat.earlier.id, repeat.factor), []).append(repeat)
    return tuple(_repetition(group) for group in grouped.values())


def _repetition(repeats: Sequence[Repeat]) -> Repetition:
    earlier, named = repeats[0].earlier, {repeat.action.id for repeat in repeats}
    return Repetition(
        earlier, repeats[0].factor, tuple(action for action in earlier.actions if action.id in named)
    )


def _narrowed(entries: Iterable[Repeated], factor: str) -> tuple[Repeated, ...]:
    kept = (
        Repeated(
            entry.record, tuple(repetition for repetition in entry.repetitions if repetition.factor == factor)
        )
        for entry in entries
    )
    return tuple(entry for entry in kept if entry.repetitions)
