"""Before a change: pick what you are about to do, and get a checklist of what it did to others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.precedents import (
    GROUPS,
    SERVICES,
    Checklist,
    FactorOf,
    Group,
    by_service,
    by_trigger,
    checklist,
    enters,
    shown_helped,
)
from postmortems.analysis.statistics.scope import counted
from postmortems.documents.checklist import as_markdown
from postmortems.rendering.context import updated
from postmortems.rendering.trigger_labels import comings, doings, in_plain_words
from postmortems.site.tree import Page
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext

LISTING = "precedents/index.md"
_CARDS = 5
_FIRST = 3


@dataclass(frozen=True, slots=True)
class TriggerKind:
    """A kind of trigger: what it is in plain words, and the incidents that it set off."""

    id: str
    words: str
    records: tuple[Postmortem, ...]


@dataclass(frozen=True, slots=True)
class OnService:
    """The checklist of a kind of trigger for one service, under an anchor of its own."""

    service: str
    label: str
    anchor: str
    found: Checklist
    cards: tuple[tuple[Postmortem, Checklist], ...]
    markdown: str


def pages(context: SiteContext) -> list[Page]:
    """The listing of all kinds of triggers, and a page for each that occurs."""
    records_by_trigger = by_trigger(context.records)
    return [
        _listing(context, records_by_trigger),
        *(_page(context, kind, records) for kind, records in sorted(records_by_trigger.items())),
    ]


def trigger_uri(record: Postmortem) -> str:
    """Where the page of a record's kind of trigger lies; empty where it has none."""
    return _uri(record.trigger.kind) if enters(record) else ""


def _uri(kind: str) -> str:
    return f"precedents/{kind}.md"


def _listing(context: SiteContext, records_by_trigger: Mapping[str, tuple[Postmortem, ...]]) -> Page:
    vocabulary = context.conventions.vocabulary

    def kinds(names: Sequence[str]) -> list[TriggerKind]:
        made = [
            TriggerKind(name, in_plain_words(name, vocabulary), records_by_trigger.get(name, ())) for name in names
        ]
        return sorted(made, key=lambda kind: -len(kind.records))

    doing, coming = kinds(doings(vocabulary)), kinds(comings(vocabulary))
    all_counted = counted(context.records)
    return Page(
        uri=LISTING,
        title=_("Before a change"),
        description=_("What you are about to do, and what it did to others: a checklist for each kind of change."),
        template="precedents/precedents.html",
        context={
            "site": context,
            "doing": doing,
            "coming": coming,
            "uri": _uri,
            "began": [record for kind in doing for record in kind.records],
            "entering": [record for record in all_counted if enters(record)],
            "untold": [record for record in all_counted if not enters(record)],
            "counted": all_counted,
        },
        updated=context.updated,
    )


def _page(context: SiteContext, kind: str, records: tuple[Postmortem, ...]) -> Page:
    conventions = context.conventions
    own = conventions.policy.organisation
    content = checklist(records, own)
    services = by_service(records, own)
    kept = [name for name, of in services.items() if "/" not in name or len(of) > 1]
    words = in_plain_words(kind, conventions.vocabulary)
    return Page(
        uri=_uri(kind),
        title=words,
        description=_("What went wrong for others, what made it last longer, what helped and what they changed."),
        template="precedents/precedents-kind.html",
        context={
            "site": context,
            "kind": kind,
            "words": words,
            "description": conventions.vocabulary.triggers[kind].description
            if kind in conventions.vocabulary.triggers
            else "",
            "listing": LISTING,
            "found": content,
            "groups": GROUPS,
            "most_wrong": _most(content.wrong),
            "most_longer": _most(content.longer),
            "helped": shown_helped(content.helped),
            "markdown": as_markdown(kind, (), content, conventions),
            "services": [_on_service(context, kind, name, services[name]) for name in kept[:SERVICES]],
            "more_services": max(len(kept) - SERVICES, 0),
        },
        section=LISTING,
        updated=max((day for record in records if (day := updated(record))), default=None),
    )


def _most(groups: Sequence[Group[FactorOf]]) -> list[Group[FactorOf]]:
    """The factors of the most incidents, where these are several; none where too many share the first place."""
    first = [group for group in groups if len(group.records) == len(groups[0].records) > 1]
    return first if len(first) <= _FIRST else []


def _on_service(context: SiteContext, kind: str, service: str, records: tuple[Postmortem, ...]) -> OnService:
    organisation, _slash, name = service.rpartition("/")
    policy = context.conventions.policy
    content = checklist(records, policy.organisation)
    return OnService(
        service,
        f"{organisation}: {name}" if organisation else policy.service_label(name),
        "service-" + re.sub(r"[^a-z0-9]+", "-", service.lower()).strip("-"),
        content,
        tuple((record, checklist((record,), policy.organisation)) for record in records[:_CARDS]),
        as_markdown(kind, (service,), content, context.conventions),
    )
