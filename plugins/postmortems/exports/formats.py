"""All export formats: what each is for, its files and their paths on the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from postmortems.analysis.statistics.scope import first_hand
from postmortems.exports.csv_files import csv_file
from postmortems.exports.feeds import atom, json_feed
from postmortems.exports.json_files import incident, listing
from postmortems.exports.llms import llms
from postmortems.exports.markdown_export import incident_markdown
from postmortems.exports.parquet_files import parquet_file
from postmortems.exports.schema import TABLES, schema_bytes
from postmortems.exports.sqlite_file import sqlite_file
from postmortems.plugins import Plugin, plugins, require
from postmortems.texts import N_, use_language

if TYPE_CHECKING:
    from postmortems.exports.export_context import ExportContext
    from postmortems.exports.tables import Table, Tables

Files: TypeAlias = Mapping[str, Callable[[], bytes]]
"""What makes the content of each file, by its place."""


@dataclass(frozen=True, slots=True)
class Format:
    """An export format.

    `place` is where its one file lies on a site, or, ending in a slash or empty, the folder of its many. `files`
    are those by their places in that folder. `extra` is the extra of the package that it needs, if any.
    """

    name: str
    place: str
    title: str
    description: str
    files: Callable[[Tables], Files]
    extra: str = ""

    def __post_init__(self) -> None:
        require(
            str, name=self.name, place=self.place, title=self.title, description=self.description, extra=self.extra
        )

    @property
    def is_folder(self) -> bool:
        """Whether it is made of several files."""
        return not self.place or self.place.endswith("/")

    def on_site(self, tables: Tables) -> Files:
        """Its files by their places on a site."""
        if not self.is_folder:
            return self.files(tables)
        return {f"{self.place}{name}": make for name, make in self.files(tables).items()}


def _one(place: str, make: Callable[[ExportContext], bytes]) -> Callable[[Tables], Files]:
    return lambda tables: {place: partial(_in_its_language, make, tables.context)}


def _in_its_language(make: Callable[..., bytes], context: ExportContext, *more: object) -> bytes:
    """The content of a file in the language of the knowledge base."""
    with use_language(context.texts):
        return make(context, *more)


def _calendar(context: ExportContext) -> bytes:
    from postmortems.exports.icalendar_file import calendar  # whose library only the extra `site` brings

    return calendar(context)


def _json(tables: Tables) -> Files:
    return {
        "incidents.json": partial(listing, tables, "incidents"),
        "actions.json": partial(listing, tables, "actions"),
        "export.schema.json": partial(schema_bytes, tables.context.conventions.policy.own_fields),
        **{
            f"incidents/{record_id}.json": partial(incident, tables, record)
            for record_id, record in tables.context.records.items()
        },
    }


def _csv(tables: Tables) -> Files:
    return {f"{name}.csv": partial(_of_table, csv_file, tables, name) for name in TABLES}


def _parquet(tables: Tables) -> Files:
    return {f"{name}.parquet": partial(_of_table, parquet_file, tables, name) for name in TABLES}


def _of_table(make: Callable[[Table], bytes], tables: Tables, name: str) -> bytes:
    return make(tables.by_name[name])


def _sqlite(tables: Tables) -> Files:
    return {"data/postmortems.db": partial(sqlite_file, tables)}


def _twins(tables: Tables) -> Files:
    context = tables.context
    # In a preview, two files may share an id: each has its page and its Markdown.
    return {
        record.source.path: partial(_in_its_language, incident_markdown, context, record)
        for record in context.corpus.records
    }


_ALL = (
    Format(
        "json",
        "data/",
        "JSON",
        N_("All incidents and all actions in one file each, and one file for every incident, with their schema."),
        _json,
    ),
    Format("csv", "data/", "CSV", N_("A file for each table, for spreadsheets and data frames."), _csv),
    Format(
        "sqlite",
        "data/postmortems.db",
        "SQLite",
        N_("All tables in one database; Datasette opens it."),
        _sqlite,
    ),
    Format(
        "parquet",
        "data/",
        "Parquet",
        N_("A file for each table, for DuckDB and data frames."),
        _parquet,
        "parquet",
    ),
    Format(
        "atom",
        "feed.xml",
        "Atom",
        N_("The newest post-mortems, for feed readers."),
        _one("feed.xml", atom),
    ),
    Format(
        "json-feed",
        "feed.json",
        "JSON Feed",
        N_("The same, for programs."),
        _one("feed.json", json_feed),
    ),
    Format(
        "ical",
        "actions.ics",
        N_("Calendar"),
        N_("When open actions and follow-ups are due, to subscribe to."),
        _one("actions.ics", _calendar),
    ),
    Format(
        "markdown",
        "",
        "Markdown",
        N_("Every incident as one Markdown file: its facts and its prose."),
        _twins,
    ),
    Format("llms", "llms.txt", "llms.txt", N_("What is here, for language models."), _one("llms.txt", llms)),
)

FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _ALL})
"""The shipped formats by their names."""


_PLACE = re.compile(r"(?:\w[\w.-]*/)*\w[\w.-]*")
"""A path that leads nowhere else."""


@cache
def formats() -> Mapping[str, Format]:
    """The shipped formats and those of plug-ins, by their names. Raises BrokenPluginError.

    An entry point in `postmortems.exports` is a Format whose place is in `data/`.
    """
    return MappingProxyType({**FORMATS, **{name: each for name, (_, each) in _of_plugins().items()}})


@cache
def _of_plugins() -> Mapping[str, tuple[Plugin, Format]]:
    """The formats of plug-ins by their names, each with its plug-in."""
    known: dict[str, tuple[Plugin, Format]] = {}
    for plugin in plugins("exports"):
        made = plugin.load()
        if not isinstance(made, Format):
            raise plugin.error(f"it is a {type(made).__name__} where a Format is expected")
        if made.name in FORMATS or made.name in known:
            raise plugin.taken(f"the name `{made.name}`", known[made.name][0] if made.name in known else None)
        if not made.place.startswith("data/") or not _PLACE.fullmatch(made.place.removesuffix("/")):
            raise plugin.error(f"its place `{made.place}` is not in `data/`")
        known[made.name] = plugin, replace(made, files=partial(_files_of, plugin, made))
    return known


def _files_of(plugin: Plugin, made: Format, tables: Tables) -> Files:
    with plugin.blamed():
        files = dict(made.files(tables))
    if not made.is_folder and set(files) != {made.place}:
        raise plugin.error(f"it made the files {sorted(files)} where only `{made.place}` is expected")
    for place in files:
        if not _PLACE.fullmatch(place):
            raise plugin.error(f"`{place}` is not the path of a file in its folder")
    return {place: partial(_content_of, plugin, make) for place, make in files.items()}


def _content_of(plugin: Plugin, make: Callable[[], bytes]) -> bytes:
    with plugin.blamed():
        content = make()
    if not isinstance(content, bytes):
        raise plugin.error(f"it made a {type(content).__name__} where bytes are expected")
    return content


def published_formats(context: ExportContext, *, parquet: bool = False) -> tuple[Format, ...]:
    """The formats of a site: no calendar where nothing can be due, and Parquet only where it is asked for."""
    own = bool(first_hand(context.records.values(), context.conventions.policy))
    left_out = {*(() if parquet else ("parquet",)), *(() if own else ("ical",))}
    return tuple(each for each in formats().values() if each.name not in left_out)


def published_files(tables: Tables, *, parquet: bool = False) -> Files:
    """The files of a site by their places."""
    files: dict[str, Callable[[], bytes]] = {}
    for each in published_formats(tables.context, parquet=parquet):
        made = each.on_site(tables)
        if twice := files.keys() & made.keys():
            raise _of_plugins()[each.name][0].error(f"there is a file `{min(twice)}` already")
        files |= made
    return files
