"""What a section of figures is, and how measures and shares are written in the terminal and in JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postmortems.analysis.measures import State
from postmortems.analysis.scope import own
from postmortems.site.wording import in_unit, interval, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from postmortems.analysis.measures import Exclusion, Interval, Measure, Share
    from postmortems.analysis.selection import Selection
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem


@dataclass(frozen=True, slots=True)
class Asked:
    """What the figures are asked of: all records that an audience may see, and a selection of them."""

    records: tuple[Postmortem, ...]
    policy: Policy
    as_of: datetime
    selection: Selection

    @property
    def own(self) -> tuple[Postmortem, ...]:
        """The organisation's own records, near misses and exercises among them, whatever is selected."""
        return own(self.records, self.policy)

    @property
    def incidents(self) -> tuple[Postmortem, ...]:
        """The organisation's own incidents that are selected."""
        return tuple(record for record in self.own if record.has_durations and self.selection.holds(record))


@dataclass(frozen=True, slots=True)
class Section:
    """A table of figures. `rows` are for people, below `columns`; `data` and `summary` hold the same for programs.

    `id` is its key in JSON. The keys of `data` and `summary` are in snake case and stay what they are. `numbers`
    names the columns that are aligned to the right, and `notes` are sentences below the table.
    """

    id: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    data: Sequence[Mapping[str, object]]
    summary: Mapping[str, object] = field(default_factory=dict)
    notes: Sequence[str] = ()
    numbers: Sequence[str] = ()


SectionOf = Callable[[Asked], Section]


def measured(measure: Measure, least: int) -> str:
    """A measure in words; of too few, how many it takes."""
    if measure.state is State.TOO_FEW:
        return f"too few ({measure.n} of {least})"
    return in_unit(measure.value, measure.unit) if measure.value is not None else measure.state.value


def bounded(bounds: Interval | None, unit: str) -> str:
    """An interval in words; nothing where there is none."""
    return interval(bounds, unit) if bounds else ""


def left_out(excluded: Iterable[Exclusion]) -> str:
    """What was left out, by reason: `3 not recorded, 1 still going on`."""
    return ", ".join(f"{exclusion.count} {exclusion.reason}" for exclusion in excluded)


def shared(share: Share) -> str:
    """A share in percent; nothing out of nothing."""
    return percent(share.value) if share.value is not None else ""


def value_data(measure: Measure) -> dict[str, object]:
    """The value of a measure with its bounds and state."""
    return {"value": measure.value, **bounds_data(measure.interval), "state": measure.state.value}


def basis_data(measure: Measure) -> dict[str, object]:
    """What a measure rests on, and what was left out of it."""
    return {
        "n": measure.n,
        "of": measure.of,
        "coverage": measure.coverage,
        "excluded": excluded_data(measure.excluded),
    }


def share_data(share: Share) -> dict[str, object]:
    """A share, from 0 to 1, with its bounds and what it is out of."""
    return {
        "part": share.k,
        "whole": share.n,
        "value": share.value,
        **bounds_data(share.interval),
        "excluded": excluded_data(share.excluded),
    }


def bounds_data(bounds: Interval | None) -> dict[str, object]:
    """The bounds of an interval; null where one is open, or where there is none."""
    return {"low": bounds.low if bounds else None, "high": bounds.high if bounds else None}


def excluded_data(excluded: Iterable[Exclusion]) -> list[dict[str, object]]:
    """What was left out, and why."""
    return [{"reason": exclusion.reason, "count": exclusion.count} for exclusion in excluded]
