"""What causes recur: within a year, on which sides of the organisation, and as repeats of earlier incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.factors.factor_dimensions import balance
from postmortems.analysis.factors.recurrence import LEAST_TO_COMPARE, recurrences
from postmortems.analysis.factors.repeats import repeating
from postmortems.figures.section import (
    FIGURES,
    StatsSection,
    bounded,
    bounds_data,
    cut_off,
    figure_data,
    figure_row,
    known,
    share_data,
    shared,
)
from postmortems.rendering.formatting import day, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postmortems.analysis.factors.recurrence import Recurrence, Recurrences
    from postmortems.analysis.factors.repeats import Repeated, Repetition
    from postmortems.analysis.statistics.measures import Share
    from postmortems.figures.section import Asked
    from postmortems.record import Action, Postmortem

_TOO_FEW = "too few"


def factors_section(asked: Asked) -> StatsSection:
    """The factors in two or more incidents of the last twelve months, beside the twelve before."""
    found = recurrences(asked.records, asked.policy, asked.as_of, asked.selection)
    label = asked.reading.conventions.vocabulary.factor_label
    return StatsSection(
        id="factors",
        title="What recurs",
        columns=("Factor", "Last twelve months", "Twelve before", "More or fewer", "95 % interval of the ratio"),
        rows=[
            (
                label(entry.factor),
                str(len(entry.now)),
                str(len(entry.before)) if found.reaches_back else "not known",
                _direction(entry),
                bounded(entry.comparison.interval, "ratio") if entry.comparison else "",
            )
            for entry in found.recurring
        ],
        data=[_data(entry, found, label(entry.factor)) for entry in found.recurring],
        summary={
            "now": {"first": str(found.year.first), "last": str(found.year.last)},
            "before": {"first": str(found.before.first), "last": str(found.before.last)},
            "incidents": len(found.incidents),
            "incidents_before": len(found.incidents_before) if found.reaches_back else None,
            "left_out": len(found.unplaced),
            "comparisons": _comparisons(found),
        },
        notes=[*_notes(found), *cut_off(asked, found.before)],
        numbers=("Last twelve months", "Twelve before"),
    )


def _direction(entry: Recurrence) -> str:
    return entry.direction.value if entry.direction else "too few to tell"


def _data(entry: Recurrence, found: Recurrences, label: str) -> dict[str, object]:
    comparison = entry.comparison
    return {
        "factor": entry.factor,
        "label": label,
        "now": len(entry.now),
        "before": len(entry.before) if found.reaches_back else None,
        "apart": len(entry.apart),
        "change": entry.direction.value if entry.direction else _TOO_FEW,
        "ratio": comparison.ratio if comparison else None,
        **bounds_data(comparison.interval if comparison else None),
        "services": list(entry.services),
    }


def _comparisons(found: Recurrences) -> int:
    return sum(entry.direction is not None for entry in found.recurring)


def _notes(found: Recurrences) -> Iterator[str]:
    if not found.recurring:
        yield "No factor occurred in two incidents of the last twelve months."
    count = plural(len(found.incidents), "incident")
    if not found.reaches_back:
        yield f"{count} since {day(found.year.first)}. The records do not reach back to {day(found.before.first)}."
    else:
        before = len(found.incidents_before)
        yield f"{count} since {day(found.year.first)}, after {before} in the twelve months before."
    if found.unplaced:
        yield f"Left out, since their start is not known exactly enough: {len(found.unplaced)}."
    made = _comparisons(found)
    if made:
        yield (
            f"{plural(made, 'comparison')} of two years; where nothing changed, about one in twenty looks like a "
            "change all the same."
        )
    elif found.recurring and found.reaches_back:
        yield f"Fewer than {LEAST_TO_COMPARE} incidents with a factor in both years together are too few to tell."


def dimensions_section(asked: Asked) -> StatsSection:
    """In how many records each side of the organisation had a factor, near misses and exercises included."""
    vocabulary = asked.reading.conventions.vocabulary
    found = balance(asked.selected, vocabulary)
    figures = {
        **{id_: (vocabulary.dimensions[id_].label, share) for id_, share in found.dimensions.items()},
        "only-technical": ("Technical factors only", found.only_technical),
    }
    return StatsSection(
        id="dimensions",
        title="Which sides of the organisation",
        columns=FIGURES,
        rows=[figure_row(label, share) for label, share in figures.values()] if figures else [],
        data=[figure_data(name, label, share) for name, (label, share) in figures.items()],
        summary={"unnamed": len(found.unnamed)},
        notes=["Over all years; near misses and exercises included."],
    )


def repeats_section(asked: Asked) -> StatsSection:
    """Which incident repeats which earlier one, although an action on the shared factor was done, or was open."""
    found = repeating(asked.records, asked.policy, asked.selection)
    label = asked.reading.conventions.vocabulary.factor_label
    repeated = [*_each(found.after_fix, after_fix=True), *_each(found.before_fix, after_fix=False)]
    return StatsSection(
        id="repeats",
        title="What came back",
        columns=("Incident", "Repeats", "On", "Although"),
        rows=[
            (
                record.id,
                repetition.earlier.id,
                label(repetition.factor),
                "; ".join(_although(action, after_fix=after_fix) for action in repetition.actions),
            )
            for record, repetition, after_fix in repeated
        ],
        data=[
            {
                "incident": record.id,
                "earlier": repetition.earlier.id,
                "factor": repetition.factor,
                "after_fix": after_fix,
                "actions": [
                    {
                        "id": action.id,
                        "title": action.title,
                        "closed": str(action.closed) if action.closed else None,
                    }
                    for action in repetition.actions
                ],
            }
            for record, repetition, after_fix in repeated
        ],
        summary={"after_fix": share_data(found.after_share), "before_fix": share_data(found.before_share)},
        notes=[
            _told("repeat an earlier one after an action on the shared factor was done", found.after_share),
            _told("repeat one while such an action was still open", found.before_share),
        ]
        if found.after_share.whole
        else [],
    )


def _each(entries: Iterable[Repeated], *, after_fix: bool) -> Iterator[tuple[Postmortem, Repetition, bool]]:
    return ((entry.record, repetition, after_fix) for entry in entries for repetition in entry.repetitions)


def _although(action: Action, *, after_fix: bool) -> str:
    state = f"done on {day(action.closed)}" if after_fix and action.closed else "not done then"
    return f"{action.id} {action.title} ({state})"


def _told(what: str, share: Share) -> str:
    sure = f" ({shared(share)}, 95 % interval {bounded(share.interval, 'share')})" if share.interval else ""
    return f"{known(share)} first-hand records with a known start {what}{sure}."
