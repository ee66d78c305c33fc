"""Services: what happened on each, and what comes back there; a page for each that an incident names."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from postmortems.analysis.actions.open_actions import waiting_first
from postmortems.analysis.lessons import lesson_uses
from postmortems.analysis.statistics.measures import ActionOf
from postmortems.rendering.context import updated
from postmortems.site.tree import Page
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from postmortems.analysis.services import ServiceUse
    from postmortems.rendering.context import SiteContext
    from postmortems.site.causes import Causes

LISTING = "services/index.md"
SHOWN = 40


def pages(context: SiteContext, causes: Causes) -> list[Page]:
    """The listing, and a page for each service."""
    return [_index(context, causes), *(_page(context, use, uri, causes) for use, uri in context.services.values())]


def _index(context: SiteContext, causes: Causes) -> Page:
    uses = [use for use, _ in context.services.values()]
    mine = sorted(
        (use for use in uses if use.key.is_own),
        key=lambda use: (-len(use.last_year), -len(use.records), use.key.name),
    )
    organisations = [
        (organisation, context.service_uri(group[0].key).split("/")[1], group)
        for organisation, group in _by_organisation(use for use in uses if not use.key.is_own)
    ]
    return Page(
        uri=LISTING,
        title=_("Services"),
        description=_("What happened on each service, what comes back there, and what is still to be done."),
        template="services/services.html",
        context={
            "site": context,
            "mine": mine,
            "recurring": [use for use in mine if len(use.last_year) > 1],
            "organisations": organisations,
            "others": [use for _, _, group in organisations for use in group],
            "incidents": causes.recurrences.incidents,
            "unnamed": [record for record in causes.counted if not record.services],
            "counted": causes.counted,
        },
        updated=context.updated,
    )


def _by_organisation(uses: Iterable[ServiceUse]) -> Iterator[tuple[str, list[ServiceUse]]]:
    return ((name, list(group)) for name, group in groupby(uses, key=lambda use: use.key.organisation))


def _page(context: SiteContext, use: ServiceUse, uri: str, causes: Causes) -> Page:
    label = context.service_name(use.key)
    days = [day for record in use.records if (day := updated(record))]
    ids = {record.id for record in use.records}
    team = context.conventions.policy.services.get(use.key.name) if use.key.is_own else None
    return Page(
        uri=uri,
        title=_("Service: %(service)s") % {"service": label},
        description=_("%(service)s: what comes back there, and what is still to be done.") % {"service": label},
        template="services/service.html",
        context={
            "site": context,
            "use": use,
            "label": label,
            "team": context.team(team.team) if team and team.team else "",
            "incidents": causes.recurrences.incidents,
            "after_fix": [entry for entry in causes.repeating.after_fix if entry.record.id in ids],
            "before_fix": [entry for entry in causes.repeating.before_fix if entry.record.id in ids],
            "lessons": lesson_uses(use.records, context.conventions.vocabulary),
            "actions": _actions(use),
            "once": [factor for factor in use.factors if len(factor.records) == 1],
            "shown": SHOWN,
        },
        section=LISTING,
        updated=max(days, default=None),
    )


def _actions(use: ServiceUse) -> Sequence[ActionOf]:
    """What is open on a service of one's own; of others', which is not ours to follow, all that was stated."""
    if use.key.is_own:
        return use.waiting
    return waiting_first(ActionOf(record, action) for record in use.records for action in record.actions)
