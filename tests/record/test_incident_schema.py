"""The schema of a post-mortem: documented throughout, closed, and all of it in use."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from postmortems.conventions.locations import shipped_schemas
from postmortems.record import GROUPS, MILESTONES, QUESTIONS

SCHEMA = json.loads((shipped_schemas() / "incident.schema.json").read_text(encoding="utf-8"))
# Where the keys are the organisation's own: trackers by name.
OPEN = {"/properties/refs"}


def places(schema, pointer=""):
    """Every schema within a schema, with its JSON pointer."""
    yield pointer, schema
    for key in ("properties", "patternProperties", "$defs"):
        for name, inner in schema.get(key, {}).items():
            yield from places(inner, f"{pointer}/{key}/{name}")
    for key in ("items", "propertyNames", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from places(schema[key], f"{pointer}/{key}")
    for index, inner in enumerate(schema.get("anyOf", [])):
        yield from places(inner, f"{pointer}/anyOf/{index}")


def resolved(schema):
    while "$ref" in schema:
        target = SCHEMA
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


ALL = dict(places(SCHEMA))


def test_it_is_a_valid_schema_of_2020_12():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)


def test_it_uses_only_keywords_that_are_explained_to_authors():
    explained = {
        *("$schema", "$id", "$ref", "$defs", "title", "description", "type", "properties", "patternProperties"),
        *("additionalProperties", "propertyNames", "items", "anyOf", "enum", "const", "format", "pattern"),
        *("required", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
        *("minimum", "maximum", "uniqueItems"),
    }
    assert {key for schema in ALL.values() for key in schema} <= explained


def test_every_place_has_a_title_and_a_description():
    bare = [
        pointer
        for pointer, schema in ALL.items()
        if not (resolved(schema).get("title") and resolved(schema).get("description"))
    ]
    assert bare == []


def test_every_object_is_closed():
    objects = {pointer: schema for pointer, schema in ALL.items() if schema.get("type") == "object"}
    assert len(objects) > 25
    still_open = {
        pointer for pointer, schema in objects.items() if schema.get("additionalProperties") is not False
    }
    assert still_open == OPEN


def test_every_text_that_an_author_writes_is_bounded():
    unbounded = [
        pointer
        for pointer, schema in ALL.items()
        if schema.get("type") == "string"
        and not schema.keys() & {"enum", "maxLength", "format"}
        and schema["pattern"]
        not in {"^[A-Z]{3}$", "^[0-9a-f]{64}$", "^T[0-9]{4}(\\.[0-9]{3})?$", "^[A-Z]{1,8}[0-9]{2,3}$"}
        and not schema["pattern"].endswith(("{0,19}$", "{4,}$", "[smhd]$"))
    ]
    assert unbounded == []


PATTERNS = sorted({schema["pattern"] for schema in ALL.values() if "pattern" in schema})


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x0b", "\r", "\x7f", "\x85", "\u202e", "\u2066"])
@pytest.mark.parametrize(
    "text", ["x{}y", "a.b: x{}y", "worked: x{}y", "https://example.org/{}y", "2 h{}", "Aa1{}"]
)
def test_no_text_may_hold_what_acts_on_a_terminal(text, character):
    taken_without = [pattern for pattern in PATTERNS if re.search(pattern, text.format(""))]
    assert taken_without
    assert [pattern for pattern in PATTERNS if re.search(pattern, text.format(character))] == []


def test_every_definition_is_used():
    used = {schema["$ref"].removeprefix("#/$defs/") for schema in ALL.values() if "$ref" in schema}
    assert used == set(SCHEMA["$defs"])


def test_the_model_and_the_schema_name_the_same_things():
    fields = SCHEMA["properties"]
    assert tuple(fields["times"]["properties"]) == MILESTONES
    assert tuple(fields["questions"]["properties"]) == QUESTIONS
    assert tuple(fields["review"]["properties"]["groups"]["properties"]) == GROUPS


def used_properties(value, schema, pointer=""):
    """The properties of a schema that a value uses, as (place of the object, name)."""
    forms = [resolved(schema)]
    while any("anyOf" in form for form in forms):
        forms = [resolved(inner) for form in forms for inner in form.get("anyOf", [form])]
    if isinstance(value, dict):
        for form in forms:
            for key, inner in value.items():
                if key in form.get("properties", {}):
                    yield pointer, key
                    yield from used_properties(inner, form["properties"][key], f"{pointer}.{key}".strip("."))
    elif isinstance(value, list):
        for form in forms:
            for inner in value if "items" in form else ():
                yield from used_properties(inner, form["items"], f"{pointer}[]")


def known_properties(schema, pointer=""):
    schema = resolved(schema)
    for inner in schema.get("anyOf", []):
        yield from known_properties(inner, pointer)
    for key, inner in schema.get("properties", {}).items():
        yield pointer, key
        yield from known_properties(inner, f"{pointer}.{key}".strip("."))
    if "items" in schema:
        yield from known_properties(schema["items"], f"{pointer}[]")


def test_the_kitchen_sink_uses_every_field_there_is(read):
    reading = read((Path(__file__).parent / "cases" / "kitchen-sink.md").read_bytes())
    assert reading.record, reading.findings
    known = set(known_properties(SCHEMA))
    assert len(known) > 150
    # Each moment has the same fields within, and so have levels, answers, verdicts and groups: once is enough.
    shared = {"at", "estimated", "within", "note", "level", "text", "answer", "verdict", "not-needed"}
    used = set(used_properties(reading.source.meta, SCHEMA))
    assert {place for place in known - used if place[1] not in shared} == set()
    assert shared <= {key for _, key in used}
    assert any(key.startswith("x-") for key in reading.source.meta)


@pytest.mark.parametrize("field", sorted(SCHEMA["properties"]))
def test_no_field_may_be_left_empty(read, field):
    found = read(f"{field}:").findings
    assert [(f.code, f.line) for f in found] == [("S111", 2)]
    assert "is empty; expected" in found[0].message
