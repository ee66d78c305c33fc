"""The exports as files of the site, and the links to them in the head of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.site.tree import Alternate, Asset
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from postmortems.exports import Files
    from postmortems.record import Postmortem

_OF_SITE = (
    ("feed.xml", "application/atom+xml", N_("Newest post-mortems (Atom)")),
    ("feed.json", "application/feed+json", N_("Newest post-mortems (JSON Feed)")),
    ("actions.ics", "text/calendar", N_("Open actions and follow-ups (calendar)")),
)


def export_assets(files: Files) -> Iterator[Asset]:
    """The exports as assets by their places, each made once it is written."""
    for place, make in files.items():
        yield Asset(twin_uri(place) if place.endswith(".md") else place, make=make, place=place)


def site_alternates(places: Collection[str]) -> tuple[Alternate, ...]:
    """The feeds and the calendar that a site has."""
    return tuple(Alternate(uri, kind, _(title)) for uri, kind, title in _OF_SITE if uri in places)


def incident_alternates(record: Postmortem) -> tuple[Alternate, ...]:
    """The other forms of an incident's page."""
    return (
        Alternate(twin_uri(record.source.path), "text/markdown", _("This post-mortem as Markdown")),
        Alternate(json_uri(record), "application/json", _("This post-mortem as JSON")),
    )


def twin_uri(path: str) -> str:
    """The uri of a Markdown twin by its place: a name that ends in `.md` would be taken for that of a page."""
    return f"{path}.twin"


def json_uri(record: Postmortem) -> str:
    """The uri of a record's JSON file."""
    return f"data/incidents/{record.id}.json"
