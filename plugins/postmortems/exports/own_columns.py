"""The schema of exports with the columns that an organisation adds: the own fields that its policy lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from postmortems.conventions import OwnField

_KINDS: Mapping[str, Any] = {
    "text": {"type": ["string", "null"]},
    "number": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "list": {"type": "array", "items": {"type": "string"}},
}


def with_own_columns(schema: Mapping[str, Any], fields: Iterable[OwnField]) -> dict[str, Any]:
    """The published schema with these columns behind those of the table of incidents."""
    columns = {
        field.column: {"title": field.label, "description": field.description, **_KINDS[field.kind]}
        for field in fields
    }
    incidents = schema["$defs"]["incidents"]
    table = {**incidents, "properties": {**incidents["properties"], **columns}}
    return {**schema, "$defs": {**schema["$defs"], "incidents": table}}
