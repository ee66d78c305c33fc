"""Did it work? What came before and after each action that said beforehand how one would tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis import METRICS
from postmortems.analysis.effect.verdicts import Verdict, effects
from postmortems.figures.section import StatsSection, bounded, bounds_data, excluded_data
from postmortems.rendering.formatting import number, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.analysis.effect.verdicts import Effect, Effects
    from postmortems.figures.section import Asked

_METRICS = {metric.id: metric.label for metric in METRICS} | {"count": "Number of incidents"}


def effect_section(asked: Asked) -> StatsSection:
    """The verdict on each action, newest first by the day from which it counts."""
    told = effects(asked.records, asked.policy, asked.as_of, asked.selection)
    return StatsSection(
        id="effect",
        title="Did it work?",
        columns=("Action", "Compared", "Before", "After", "After over before", "95 % interval", "Verdict"),
        rows=[_row(effect) for effect in told.effects],
        data=[_data(effect) for effect in told.effects],
        summary={
            "declared": len(told.effects),
            "comparisons": len(told.compared),
            "by_chance": told.by_chance,
            "verdicts": {verdict.value.replace(" ", "_"): len(told.having(verdict)) for verdict in Verdict},
            "disagreeing": _disagreeing(told),
            "given_up": len(told.given_up),
            "closed": len(told.closed),
            "undeclared": len(told.undeclared),
        },
        notes=list(_notes(told)),
        numbers=("Before", "After"),
    )


def _row(effect: Effect) -> tuple[str, ...]:
    of, comparison = effect.of, effect.comparison
    judged = of.action.result.verdict if of.action.result else ""
    return (
        f"{of.record.id} {of.action.id} {of.action.title}",
        _METRICS[effect.verify.metric],
        str(len(effect.before.incidents)),
        str(len(effect.after.incidents)),
        number(round(comparison.ratio, 2)) if comparison and comparison.ratio is not None else "",
        bounded(comparison.interval, "ratio") if comparison else "",
        f"{effect.verdict.value}{_so_far(effect)}{f'; its owner says {judged}' if judged else ''}",
    )


def _so_far(effect: Effect) -> str:
    if effect.verdict is Verdict.TOO_FEW:
        return f" (it takes {effect.needed})"
    return " so far" if effect.is_running and effect.verdict is not Verdict.TOO_EARLY else ""


def _data(effect: Effect) -> dict[str, object]:
    of, verify, comparison = effect.of, effect.verify, effect.comparison
    return {
        "incident": of.record.id,
        "action": of.action.id,
        "title": of.action.title,
        "metric": verify.metric,
        "factor": verify.factor or None,
        "service": verify.service or None,
        "from": str(verify.start),
        "months": verify.months,
        "before": len(effect.before.incidents),
        "after": len(effect.after.incidents),
        "ratio": comparison.ratio if comparison else None,
        **bounds_data(comparison.interval if comparison else None),
        "p": comparison.p if comparison else None,
        "verdict": effect.verdict.value,
        "needed": effect.needed if effect.verdict is Verdict.TOO_FEW else None,
        "passed": effect.passed,
        "owner_says": (of.action.result.verdict if of.action.result else "") or None,
        "excluded": excluded_data(effect.excluded),
    }


def _disagreeing(told: Effects) -> int:
    """Of how many actions the owner says the opposite of what the figures say."""
    return sum(effect.agrees is False for effect in told.effects)


def _notes(told: Effects) -> Iterator[str]:
    if told.compared:
        made = plural(len(told.compared), "comparison")
        chance = number(round(told.by_chance, 2))
        yield f"{made} made; if nothing at all had changed, about {chance} would look like a change by chance."
    elif told.effects:
        yield "No comparison could be made so far."
    if _disagreeing(told):
        yield f"Of {plural(_disagreeing(told), 'action')} the owner says the opposite of what the figures say."
    if told.given_up:
        yield f"Declined or superseded, and not compared: {len(told.given_up)}."
    if told.undeclared:
        closed = plural(len(told.closed), "closed action")
        yield f"Of {closed}, {len(told.undeclared)} did not say beforehand how one would tell."
