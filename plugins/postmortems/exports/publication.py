"""What a site has of all this: no calendar where nothing can be due, and Parquet only where it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.statistics.scope import first_hand
from postmortems.exports.formats import FORMATS

if TYPE_CHECKING:
    from postmortems.exports.export_context import ExportContext
    from postmortems.exports.formats import Files, Format
    from postmortems.exports.tables import Tables


def published_formats(context: ExportContext, *, parquet: bool = False) -> tuple[Format, ...]:
    """The formats that a site has, in their order."""
    own = bool(first_hand(context.records.values(), context.conventions.policy))
    left_out = {*(() if parquet else ("parquet",)), *(() if own else ("ical",))}
    return tuple(each for each in FORMATS.values() if each.name not in left_out)


def published_files(tables: Tables, *, parquet: bool = False) -> Files:
    """The files of a site by their places."""
    formats = published_formats(tables.context, parquet=parquet)
    return {place: make for each in formats for place, make in each.on_site(tables).items()}
