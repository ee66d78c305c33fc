"""Did it work? The verdict on each action that said beforehand how one would tell."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from postmortems.analysis.effect.before_after import midnight
from postmortems.analysis.effect.verdicts import Effects, effects
from postmortems.analysis.statistics.scope import first_hand
from postmortems.rendering.effect_labels import VERDICTS
from postmortems.site.charts import Chart, ChartColumn
from postmortems.site.pages.did_it_work_sentences import DidItWorkSentences, owner_says
from postmortems.site.tree import Page
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from postmortems.analysis.effect.verdicts import Effect
    from postmortems.rendering.context import SiteContext

LISTED = 100
DRAWN = 20
DOTS = 1_000  # of all that are drawn; more can't be told from each other
_DAYS_A_MONTH = 365.25 / 12
_MONTHS = N_("months before (below zero) and after")


def page(context: SiteContext) -> Page:
    """The page of all comparisons."""
    compared = effects(context.records, context.conventions.policy, context.as_of)
    drawn = list(_to_draw(compared.effects))
    return Page(
        uri="did-it-work/index.md",
        title=_("Did it work?"),
        description=_("What the incidents before and after an action say about it, and what its owner says."),
        template="measures/did-it-work.html",
        context={
            "site": context,
            "records": first_hand(context.records, context.conventions.policy),
            "compared": compared,
            "sentences": partial(DidItWorkSentences, compared),
            "owner_says": owner_says,
            "listed": LISTED,
            "verdicts": {verdict: _(said) for verdict, said in VERDICTS.items()},
            "disagreeing": _disagreeing(compared),
            "chart": _chart(drawn) if drawn else None,
        },
        updated=context.updated,
    )


def _disagreeing(compared: Effects) -> tuple[object, ...]:
    return tuple(effect.of for effect in compared.effects if effect.agrees is False)


def _to_draw(newest: Sequence[Effect]) -> Iterator[Effect]:
    """The newest comparisons of numbers, as far as their dots can be told from each other."""
    dots = count = 0
    for effect in newest:
        incidents = len(effect.before.incidents) + len(effect.after.incidents)
        if effect.verify.metric == "count" and incidents and count < DRAWN and dots + incidents <= DOTS:
            dots, count = dots + incidents, count + 1
            yield effect


def _chart(drawn: Sequence[Effect]) -> Chart:
    return Chart(
        id="sides",
        title=_("Incidents before and after"),
        sentence=_(
            "Each dot is an incident, in months from the day from which its action was to show. "
            "The line is the time that was looked at."
        ),
        spec="sides",
        drawn=[row for effect in drawn for row in _drawn(effect)],
        columns=[
            ChartColumn("action", _("Action")),
            ChartColumn("incident", _("Incident")),
            ChartColumn("days", _("Days after, or before where below zero")),
        ],
        rows=[row for effect in drawn for row in _rows(effect)],
        settings={"words": {_MONTHS: _(_MONTHS)}},
    )


def _drawn(effect: Effect) -> Iterator[Mapping[str, object]]:
    key = _key(effect)
    yield {
        "key": key,
        "action": effect.of.action.title,
        "start": -effect.verify.months,
        "end": round(effect.after.days / _DAYS_A_MONTH, 2),
    }
    for row in _rows(effect):
        days = row["days"]
        assert isinstance(days, float)  # noqa: S101 - see below
        yield {"key": key, "month": round(days / _DAYS_A_MONTH, 2)}


def _rows(effect: Effect) -> Iterator[Mapping[str, object]]:
    turn = midnight(effect.verify.start)
    for record in (*effect.before.incidents, *effect.after.incidents):
        days = (record.times["started"].at - turn).total_seconds() / 86_400
        yield {
            "action": (_key(effect), effect.of.action.title),
            "incident": (record.id, record.title),
            "days": round(days, 1),
        }


def _key(effect: Effect) -> str:
    return f"{effect.of.record.id}.{effect.of.action.id}"
