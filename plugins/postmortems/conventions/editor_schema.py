"""The schema for editors: the shape of records, and by conditions what each kind of record must hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.conventions.conventions import Conventions
    from postmortems.conventions.policy import Policy
    from postmortems.conventions.requirements import Requirement

Schema: TypeAlias = "dict[str, Any]"

_STATUSES = ("draft", "in-review", "published", "withdrawn")
_NOT_EMPTY: Schema = {"not": {"enum": ["", [], {}, None]}}
_MOMENT = r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?)?)?$"


def editor_schema(conventions: Conventions) -> Schema:
    """A JSON Schema (2020-12) of both the shape and the requirements, as a document of its own.

    A draft may lack what is only a warning there. Numbers pass where text is wanted: records are read that way.
    """
    schema: Schema = _for_other_readers(dict(conventions.schema.schema))
    schema["$id"] = f"{schema.get('$id', 'urn:postmortems:incident')}:editors"
    schema["allOf"] = [*schema.get("allOf", ()), *_conditions(conventions)]
    return schema


def _for_other_readers(schema: Any) -> Any:
    """The shape for validators that know nothing of moments, and for readers to which 2026 is a number."""
    if isinstance(schema, list):
        return [_for_other_readers(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _for_other_readers(value) for key, value in schema.items()}
    if made.get("type") == "string" and "enum" not in made:
        made["type"] = ["string", "number"]
    if made.get("format") == "moment":
        del made["format"]
        made["pattern"] = _MOMENT
    return made


def _conditions(conventions: Conventions) -> list[Schema]:
    """One condition for each kind of record that something is required of."""
    kinds: dict[str, list[Schema]] = {}
    for requirement in conventions.requirements:
        kind = _kind(requirement, conventions.policy)
        if kind is not None:
            kinds.setdefault(json.dumps(kind, sort_keys=True), []).append(_need(requirement))
    return [_condition(json.loads(kind), needs) for kind, needs in kinds.items()]


def _condition(kind: Schema, needs: list[Schema]) -> Schema:
    then: Schema = {"allOf": needs}
    return {"if": kind, "then": then} if kind else then


def _kind(requirement: Requirement, policy: Policy) -> Schema | None:
    """Which records need a field, as a schema that they fulfil; None where it is a warning at most."""
    properties: Schema = {}
    required = []
    statuses = requirement.status or frozenset(_STATUSES)
    if not requirement.always:
        statuses -= {"draft"}
    if not statuses:
        return None
    if statuses != frozenset(_STATUSES):
        properties["status"] = {"enum": sorted(statuses)}
        if "published" not in statuses:  # what a record without a status is judged as
            required.append("status")
    if requirement.provenance:
        properties["provenance"] = {"enum": sorted(requirement.provenance)}
        if "first-hand" not in requirement.provenance:  # the default
            required.append("provenance")
    kind: Schema = {}
    if properties:
        kind["properties"] = properties
    if required:
        kind["required"] = required
    if requirement.review == "any":
        return kind
    full = _needs_full_review(policy)
    return {**kind, "allOf": [full if requirement.review == "full" else {"not": full}]}


def _needs_full_review(policy: Policy) -> Schema:
    """Records at or above the threshold: by their final severity, and by the declared one where there is none."""
    severe: Schema = {"enum": [severity for severity in policy.severities if policy.needs_full_review(severity)]}
    final: Schema = {"required": ["final"]}
    return {
        "properties": {
            "severity": {
                "anyOf": [
                    severe,
                    {"type": "object", "properties": {"final": severe}, **final},
                    {"type": "object", "properties": {"declared": severe}, "required": ["declared"], "not": final},
                ]
            }
        },
        "required": ["severity"],
    }


def _need(requirement: Requirement) -> Schema:
    """What fulfils a requirement: the field, one that stands in for it, or word that the sources do not say."""
    ways = [_given(field) for field in (requirement.field, *requirement.unless)]
    if not requirement.always:
        steps = requirement.field.split(".")
        paths = [".".join(steps[: length + 1]) for length in range(len(steps))]
        ways.append({"properties": {"not_stated": {"contains": {"enum": paths}}}, "required": ["not_stated"]})
    comment = f"{requirement.code}: {requirement.field} {requirement.why}"
    return {"$comment": comment, **(ways[0] if len(ways) == 1 else {"anyOf": ways})}


def _given(field: str) -> Schema:
    """Records in which a field is there, and not empty."""
    *parents, name = field.split(".")
    schema: Schema = {"properties": {name: _NOT_EMPTY}, "required": [name]}
    for parent in reversed(parents):
        schema = {"properties": {parent: {"type": "object", **schema}}, "required": [parent]}
    return schema


def as_json(schema: Mapping[str, Any]) -> str:
    """A schema as the text of a file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
