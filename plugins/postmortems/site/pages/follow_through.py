"""Follow-through: what is open and overdue, how long actions take, which dates moved, and what is due next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from postmortems.analysis.actions.follow_through import follow_through
from postmortems.analysis.actions.open_actions import priority_level, priority_order
from postmortems.rendering.formatting import lower_first, percent
from postmortems.rendering.labels import word
from postmortems.site.charts import Chart, ChartColumn
from postmortems.site.pages.follow_through_sentences import FollowThroughSentences
from postmortems.site.tree import Page
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from postmortems.analysis.actions.completion import Completion
    from postmortems.analysis.statistics.estimates import Step
    from postmortems.rendering.context import SiteContext

LISTED = 50
_DAYS = N_("days since it was opened")


def page(context: SiteContext) -> Page:
    """The page of all figures on actions."""
    followed = follow_through(context.records, context.conventions.policy, context.as_of, context.due_dates)
    strengths = [group for group in followed.by_strength if group.group and group.enough]
    return Page(
        uri="follow-through/index.md",
        title=_("Follow-through"),
        description=_("Which actions are open and overdue, how long they take, and whether they come in time."),
        template="measures/follow-through.html",
        context={
            "site": context,
            "followed": followed,
            "sentences": partial(FollowThroughSentences, followed),
            "listed": LISTED,
            "level_of": priority_level,
            "order_of": priority_order,
            "basis": lambda rows: tuple(row.of for row in rows),
            "curve": _curve(followed.completion)
            if followed.completion.enough and followed.completion.completed
            else None,
            "curves": _curves(strengths) if len(strengths) > 1 else None,
        },
        updated=context.updated,
    )


def _curve(group: Completion) -> Chart:
    return Chart(
        id="completion",
        title=_("Share done over time"),
        sentence=_(
            "The share of actions done, by days since they were opened. The band is the 95 % interval; the curve "
            "crosses the dashed line at the median."
        ),
        spec="completion",
        drawn=[*_drawn(group)],
        columns=[
            ChartColumn("days", _("Days since it was opened")),
            ChartColumn("done", _("Done")),
            ChartColumn("low", _("At least")),
            ChartColumn("high", _("At most")),
            ChartColumn("at_risk", _("Followed that long")),
        ],
        rows=[{"days": step.time, **_shares(step), "at_risk": step.at_risk} for step in group.survival.steps],
        settings={"words": {_DAYS: _(_DAYS)}},
    )


def _curves(groups: Sequence[Completion]) -> Chart:
    return Chart(
        id="completion-by-strength",
        title=_("By strength"),
        sentence=_(
            "The share of actions done, by days since they were opened. The table gives the interval of each line."
        ),
        spec="completion-by",
        drawn=[{**row, "group": _strength(group)} for group in groups for row in _drawn(group)],
        columns=[
            ChartColumn("group", _("Strength")),
            ChartColumn("days", _("Days since it was opened")),
            ChartColumn("done", _("Done")),
            ChartColumn("low", _("At least")),
            ChartColumn("high", _("At most")),
        ],
        rows=[
            {"group": (group.group, _strength(group)), "days": step.time, **_shares(step)}
            for group in groups
            for step in group.survival.steps
        ],
        settings={"words": {_DAYS: _(_DAYS)}},
    )


def _strength(group: Completion) -> str:
    return lower_first(word(group.group))


def _shares(step: Step) -> dict[str, object]:
    """The share that is done, which is what is left of the share that is not, and its band."""
    low, high = step.interval.low, step.interval.high
    done = 1 - step.share
    return {
        "done": (done, percent(done)),
        "low": None if high is None else (1 - high, percent(1 - high)),
        "high": None if low is None else (1 - low, percent(1 - low)),
    }


def _drawn(group: Completion) -> Iterator[Mapping[str, object]]:
    """The corners of the curve, from the day of opening to the last day on which any was followed."""
    yield {"days": 0, "done": 0, "low": 0, "high": 0}
    last: dict[str, object] = {"done": 0, "low": 0, "high": 0}
    for step in group.survival.steps:
        low, high = step.interval.low, step.interval.high
        done = 1 - step.share
        last = {
            "done": done,
            "low": done if high is None else 1 - high,
            "high": done if low is None else 1 - low,
        }
        yield {"days": step.time, **last}
    if not group.survival.steps or group.seen > group.survival.steps[-1].time:
        yield {"days": group.seen, **last}
