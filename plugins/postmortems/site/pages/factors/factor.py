"""The page of one factor: where it occurs, whether it came back, and what was done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.actions.open_actions import waiting_first
from postmortems.analysis.lessons import LessonUse
from postmortems.analysis.statistics.measures import ActionOf
from postmortems.analysis.statistics.service_keys import keys_of
from postmortems.rendering.context import updated
from postmortems.site.tree import Page
from postmortems.texts import _

if TYPE_CHECKING:
    from postmortems.analysis import FactorUse
    from postmortems.analysis.statistics.service_keys import ServiceKey
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext
    from postmortems.site.causes import Causes

SHOWN = 60
TOGETHER = 8
PLACES = 20


def page(context: SiteContext, use: FactorUse, causes: Causes) -> Page:
    """The page of a factor that occurs."""
    label = context.factor(use.factor)
    days = [day for record in use.records if (day := updated(record))]
    own = {record.id for record in causes.own}
    after, before = causes.repeating.of_factor(use.factor)
    roles = (
        (
            role,
            tuple(
                occurrence.record
                for occurrence in use.occurrences
                if any(factor.role == role.id for factor in occurrence.factors)
            ),
        )
        for role in context.conventions.vocabulary.roles.values()
    )
    return Page(
        uri=context.factor_uri(use.factor),
        title=label,
        description=_("%(factor)s: what happened, and what was done about it.") % {"factor": label},
        template="factors/factor.html",
        context={
            "site": context,
            "use": use,
            "causes": causes,
            "own": tuple(record for record in use.records if record.id in own),
            "recurrence": causes.recurrences.by_factor.get(use.factor),
            "roles": [(role, records) for role, records in roles if records],
            "places": _places(context, use.records),
            "after_fix": after,
            "before_fix": before,
            "actions": waiting_first(
                ActionOf(occurrence.record, action)
                for occurrence in use.occurrences
                for action in occurrence.actions
            ),
            "lessons": [
                LessonUse(occurrence.record, lesson, (), "")
                for occurrence in use.occurrences
                for lesson in occurrence.lessons
            ],
            "together": causes.pairs.with_factor(use.factor)[:TOGETHER],
            "shown": SHOWN,
        },
        section="factors/index.md",
        updated=max(days, default=None),
    )


def _places(
    context: SiteContext, records: tuple[Postmortem, ...]
) -> list[tuple[ServiceKey, tuple[Postmortem, ...]]]:
    """The services on which it occurs, most often first."""
    by_service: dict[ServiceKey, list[Postmortem]] = {}
    for record in records:
        for key in keys_of(record, context.conventions.policy):
            by_service.setdefault(key, []).append(record)
    order = sorted(by_service, key=lambda key: (-len(by_service[key]), key))
    return [(key, tuple(by_service[key])) for key in order[:PLACES]]
