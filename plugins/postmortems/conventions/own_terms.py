"""The schema of records in the organisation's own terms: the severities and own fields of its policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.conventions.policy import OwnField, Policy
    from postmortems.source.shape import Schema

_TEXT = {"type": "string", "minLength": 1, "maxLength": 600}
_SAFE = 2**53 - 1  # what every reader of JSON and every kind of table takes
_KINDS: Mapping[str, Schema] = {
    "text": _TEXT,
    "number": {"type": "number", "minimum": -_SAFE, "maximum": _SAFE},
    "boolean": {"type": "boolean"},
    "list": {"type": "array", "items": _TEXT, "maxItems": 50},
}
_RETOLD = {"properties": {"provenance": {"const": "public-report"}}, "required": ["provenance"]}


def in_own_terms(schema: Schema, policy: Policy) -> Schema:
    """The schema with the policy's severities in place of its own, and with the policy's own fields."""
    own = {each.name: _own_field(each) for each in policy.own_fields}
    return _with_severities(
        {**schema, "properties": {**schema.get("properties", {}), **own}}, [*policy.severities]
    )


def _own_field(field: OwnField) -> dict[str, Any]:
    return {"title": field.label, "description": field.description, **_KINDS[field.kind]}


def _with_severities(schema: Schema, ids: list[str]) -> Schema:
    """A retold incident may keep those of the schema too: another organisation ranks by another scale."""
    definitions = schema.get("$defs", {})
    if "severity-id" not in definitions:
        return schema
    same = {severity.casefold() for severity in ids}
    others = [other for other in definitions["severity-id"].get("enum", ()) if other.casefold() not in same]
    allowed = {**definitions["severity-id"], "enum": [*ids, *others]}
    made = {**schema, "$defs": {**definitions, "severity-id": allowed}}
    # Before the properties, so that a message lists the values allowed for this record.
    return {"allOf": [_own_only(ids), *made.pop("allOf", ())], **made} if others else made


def _own_only(ids: list[str]) -> dict[str, Any]:
    """What is not retold names a severity of the policy, both as such and as declared or final."""
    severity = {"type": "string", "enum": ids}
    both = {"type": "object", "properties": {"declared": severity, "final": severity}}
    return {"if": _RETOLD, "else": {"properties": {"severity": {"anyOf": [severity, both]}}}}
