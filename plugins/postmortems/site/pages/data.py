"""Data: what can be taken away, in which forms, under which terms, and what each column means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.statistics.measures import ActionOf
from postmortems.exports import VERSION, published_formats
from postmortems.exports.entries import MOST
from postmortems.site.export_assets import twin_uri
from postmortems.site.tree import Page
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.exports import Column, Format, Tables
    from postmortems.rendering.context import SiteContext

_KINDS = {
    "string": N_("text"),
    "array": N_("list of texts"),
    "integer": N_("whole number"),
    "number": N_("number"),
    "boolean": N_("yes or no"),
}
_FORMS = {"date": N_("day"), "date-time": N_("time in UTC")}


def page(context: SiteContext, tables: Tables, *, parquet: bool) -> Page:
    """The page of all exports."""
    export_context = tables.context
    formats = published_formats(export_context, parquet=parquet)
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
            "records": tuple(export_context.records.values()),
            "actions": tuple(
                ActionOf(record, action) for record in export_context.records.values() for action in record.actions
            ),
            "licence": export_context.licence,
            "top": export_context.addresses.top,
        },
        updated=context.updated,
    )


def _files(of: Format, tables: Tables) -> Mapping[str, str]:
    """The files of a format to link to: what each is called, and its uri."""
    places = list(of.on_site(tables))
    if of.name == "json":
        first = next(iter(tables.context.records), "")
        places = [place for place in places if place.count("/") < 2 or place.endswith(f"/{first}.json")]
    elif of.name == "markdown":
        places = places[:1]
    return {place.rsplit("/", 1)[-1]: twin_uri(place) if place.endswith(".md") else place for place in places}


def _kind(column: Column) -> str:
    """What a column holds, in words."""
    return _(_FORMS.get(column.form) or _KINDS[column.kind])
