"""Data: what can be taken away, in which forms, under which terms, and what each column means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.statistics.measures import ActionOf
from postmortems.exports import VERSION, published_formats
from postmortems.exports.entries import MOST
from postmortems.site.export_assets import twin_uri
from postmortems.site.tree import Page
from postmortems.texts import _, noted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.exports import Column, Format, Tables
    from postmortems.rendering.context import Context

_KINDS = {
    "string": noted("text"),
    "array": noted("list of texts"),
    "integer": noted("whole number"),
    "number": noted("number"),
    "boolean": noted("yes or no"),
}
_FORMS = {"date": noted("day"), "date-time": noted("time in UTC")}


def page(context: Context, tables: Tables, *, parquet: bool) -> Page:
    """The page of all exports."""
    edition = tables.edition
    formats = published_formats(edition, parquet=parquet)
    return Page(
        uri="data/index.md",
        title=_("Data"),
        description=_("The post-mortems as files for other programs: JSON, CSV, SQLite, feeds and a calendar."),
        template="data.html",
        context={
            "site": context,
            "tables": tables,
            "formats": [(each, _files(each, tables)) for each in formats],
            "parquet": parquet,
            "kind": _kind,
            "version": VERSION,
            "entries": MOST,
            "records": tuple(edition.records.values()),
            "actions": tuple(
                ActionOf(record, action) for record in edition.records.values() for action in record.actions
            ),
            "licence": edition.licence,
            "top": edition.addresses.top,
        },
        updated=context.updated,
    )


def _files(of: Format, tables: Tables) -> Mapping[str, str]:
    """The files of a format to link to: what each is called, and its uri."""
    places = list(of.on_site(tables))
    if of.name == "json":
        first = next(iter(tables.edition.records), "")
        places = [place for place in places if place.count("/") < 2 or place.endswith(f"/{first}.json")]
    elif of.name == "markdown":
        places = places[:1]
    return {place.rsplit("/", 1)[-1]: twin_uri(place) if place.endswith(".md") else place for place in places}


def _kind(column: Column) -> str:
    """What a column holds, in words."""
    return _(_FORMS.get(column.form) or _KINDS[column.kind])
