"""The JSON API: all incidents, all actions, and one file for each incident. By the published schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from postmortems.exports.incident import incident_members
from postmortems.exports.rows import instant
from postmortems.exports.schema import VERSION

if TYPE_CHECKING:
    from postmortems.exports.export_context import ExportContext
    from postmortems.exports.tables import Tables
    from postmortems.record import Postmortem

_encode = json.JSONEncoder(ensure_ascii=False).encode


def listing(tables: Tables, name: str) -> bytes:
    """A file of all rows of a table: a row a line, so that what changed can be seen line by line."""
    rows = tables.by_name[name].rows
    as_of = instant(tables.context.as_of)
    head = {**_head(tables.context, name, "export.schema.json"), "as_of": as_of, "count": len(rows)}
    lines = ",\n".join(map(_encode, rows))
    return f'{_encode(head)[:-1]}, "{name}": [\n{lines}\n]}}\n'.encode()


def incident(tables: Tables, record: Postmortem) -> bytes:
    """The file of a record."""
    members = {**_head(tables.context, "incident", "../export.schema.json"), **incident_members(tables, record)}
    return f"{_encode(members)}\n".encode()


def _head(context: ExportContext, kind: str, schema: str) -> dict[str, object]:
    return {
        "$schema": schema,
        "kind": kind,
        "version": VERSION,
        "organisation": context.organisation,
        "audience": context.corpus.audience.value,
        "licence": context.licence or None,
    }
