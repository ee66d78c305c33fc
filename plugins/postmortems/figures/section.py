"""What a section of figures is, and how measures and shares are written in the terminal and in JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.measures import Measure, Share, State
from postmortems.analysis.statistics.scope import own
from postmortems.rendering.formatting import day, in_unit, interval, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from postmortems.analysis.statistics.measures import Exclusion, Interval
    from postmortems.analysis.statistics.periods import Period
    from postmortems.analysis.statistics.selection import Selection
    from postmortems.conventions import Policy
    from postmortems.corpus_view import CorpusView
    from postmortems.record import Postmortem


@dataclass(frozen=True, slots=True)
class Asked:
    """What the figures are asked of: all records that an audience may see, and a selection of them."""

    reading: CorpusView
    selection: Selection

    @property
    def records(self) -> tuple[Postmortem, ...]:
        """All records that the audience may see."""
        return self.reading.records

    @property
    def policy(self) -> Policy:
        """The policy of the organisation that is asked about."""
        return self.reading.policy

    @property
    def as_of(self) -> datetime:
        """The time from which everything is counted."""
        return self.reading.as_of

    @property
    def own(self) -> tuple[Postmortem, ...]:
        """The organisation's own records, near misses and exercises among them, whatever is selected."""
        return own(self.records, self.policy)

    @property
    def selected(self) -> tuple[Postmortem, ...]:
        """The organisation's own records that are selected."""
        return tuple(record for record in self.own if self.selection.holds(record))

    @property
    def incidents(self) -> tuple[Postmortem, ...]:
        """Of these, the incidents."""
        return tuple(record for record in self.selected if record.has_durations)


@dataclass(frozen=True, slots=True)
class StatsSection:
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


SectionOf = Callable[[Asked], StatsSection]

FIGURES = ("", "Known", "Value", "95 % interval", "Left out")
"""The columns of a table with a figure in each row."""


def cut_off(asked: Asked, before: Period) -> Iterator[str]:
    """What to say of two years where the earlier one is not asked for from its beginning."""
    since = asked.selection.since
    if since and since > before.first:
        yield f"What began before {day(since)} is not asked for, so one of the two is not whole."


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


def known(figure: Measure | Share) -> str:
    """What a figure rests on: `24 of 30`."""
    return f"{figure.k} of {figure.n}" if isinstance(figure, Share) else f"{figure.n} of {figure.of}"


def figure_row(label: str, figure: Measure | Share, least: int = 0) -> tuple[str, ...]:
    """A figure below `FIGURES`: what it is, what it rests on, its value and interval, and what was left out."""
    unit, value = (
        ("share", shared(figure)) if isinstance(figure, Share) else (figure.unit, measured(figure, least))
    )
    missing = left_out(exclusion for exclusion in figure.excluded if exclusion.count)
    return label, known(figure), value, bounded(figure.interval, unit), missing


def figure_data(name: str, label: str, figure: Measure | Share) -> dict[str, object]:
    """The same for programs: of a share, `n` of `of` make it up, and it is too few where there is nothing."""
    if isinstance(figure, Share):
        unit, n, of = "share", figure.k, figure.n
        state = State.OK if figure.n else State.TOO_FEW
    else:
        unit, n, of, state = figure.unit, figure.n, figure.of, figure.state
    return {
        "figure": name,
        "label": label,
        "unit": unit,
        "value": figure.value,
        **bounds_data(figure.interval),
        "state": state.value,
        "n": n,
        "of": of,
        "excluded": excluded_data(exclusion for exclusion in figure.excluded if exclusion.count),
    }


def excluded_data(excluded: Iterable[Exclusion]) -> list[dict[str, object]]:
    """What was left out, and why."""
    return [{"reason": exclusion.reason, "count": exclusion.count} for exclusion in excluded]
