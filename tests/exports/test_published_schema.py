"""The schema of exports is held to the version that was published last: `published/` has a file for each.

A release adds the schema of its version there. Between releases, an addition needs the next minor version, and all
else the next major one.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from export_cases import FILES, all_files
from jsonschema import Draft202012Validator
from schema_changes import changes, version_after

from postmortems.exports import VERSION, schema_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from export_cases import MakeEdition

Schema = dict[str, Any]

SCHEMA: Schema = json.loads(schema_bytes())
PUBLISHED: dict[str, Schema] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(Path(__file__).with_name("published").glob("*.json"))
}
NEWEST = max(PUBLISHED, key=lambda version: tuple(map(int, version.split("."))))
WORDS = {"$comment", "description", "title"}


def test_version_is_the_one_that_the_changes_ask_for() -> None:
    found = [*changes(PUBLISHED[NEWEST], SCHEMA)]
    told = "\n".join(f"{'breaks' if change.breaks else 'adds'} {change.place}" for change in found)
    assert version_after(NEWEST, found) == VERSION, f"since {NEWEST}:\n{told}"


def test_schemas_name_their_version() -> None:
    for version, schema in {**PUBLISHED, VERSION: SCHEMA}.items():
        assert schema["$comment"] == f"version {version}"
        assert schema["$id"].endswith(f":{version.partition('.')[0]}")


def test_wording_needs_no_version() -> None:
    assert [*changes(SCHEMA, _reworded(SCHEMA))] == []


def _reworded(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_reworded(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: "x" if key in WORDS and isinstance(value, str) else _reworded(value) for key, value in schema.items()
    }


def _columns(schema: Schema) -> Schema:
    columns: Schema = schema["$defs"]["incidents"]["properties"]
    return columns


def _set(schema: Schema, path: str, value: Any) -> None:
    *way, last = path.split("/")
    for step in way:
        schema = schema[step]
    schema[last] = value


ADDITIONS: dict[str, Callable[[Schema], object]] = {
    "a column": lambda s: _set(_columns(s), "new", {"type": ["string", "null"]}),
    "a table": lambda s: _set(s["$defs"], "reviews", {"type": "object"}),
    "a file": lambda s: s["oneOf"].append({"$ref": "#/$defs/actions"}),
    "a member of an incident's file": lambda s: _set(s["$defs"]["incident-file"], "properties/new", {}),
    "a word of a list": lambda s: _columns(s)["class"]["enum"].append("rehearsal"),
    "columns by a pattern": lambda s: _set(
        s["$defs"]["actions"], "patternProperties", {"^y_": {"type": "string"}}
    ),
}
BREAKS: dict[str, Callable[[Schema], object]] = {
    "a column removed": lambda s: _columns(s).pop("title"),
    "a column renamed": lambda s: _set(_columns(s), "name", _columns(s).pop("title")),
    "a column retyped": lambda s: _set(_columns(s), "year/type", "string"),
    "a column that may be null": lambda s: _set(_columns(s), "title/type", ["string", "null"]),
    "a column that may not be null": lambda s: _set(_columns(s), "summary/type", "string"),
    "a column of another form": lambda s: _set(_columns(s), "published/format", "date-time"),
    "a column with a form": lambda s: _set(_columns(s), "title/pattern", "^A"),
    "a column with a list of words": lambda s: _set(_columns(s), "title/enum", ["A", "B"]),
    "a word of a list removed": lambda s: _columns(s)["class"]["enum"].pop(),
    "a word of a list renamed": lambda s: _columns(s)["class"]["enum"].__setitem__(0, "normal"),
    "a column that is no longer promised": lambda s: s["$defs"]["incidents"]["required"].remove("title"),
    "a column that is newly required": lambda s: (
        _set(_columns(s), "new", {"type": "string"}),
        s["$defs"]["incidents"]["required"].append("new"),
    ),
    "a column that an own one could be": lambda s: _set(_columns(s), "x_new", {"type": "string"}),
    "a pattern over columns": lambda s: _set(
        s["$defs"]["actions"], "patternProperties", {"^t": {"type": "string"}}
    ),
    "a name in a map of own names": lambda s: _set(
        s["$defs"]["incident-file"]["properties"]["own_fields"], "properties", {"new": {"type": "number"}}
    ),
    "a table open to other columns": lambda s: s["$defs"]["incidents"].pop("additionalProperties"),
    "a table removed": lambda s: s["$defs"].pop("durations"),
    "a table renamed": lambda s: _set(s["$defs"], "spans", s["$defs"].pop("durations")),
    "a file removed": lambda s: s["oneOf"].pop(),
    "another form of a value": lambda s: s["$defs"]["incident-file"]["properties"]["review"]["anyOf"].append({}),
    "rows of another table": lambda s: _set(
        s["$defs"]["incident-file"]["properties"], "factors/items/$ref", "#/$defs/lessons"
    ),
    "another identity": lambda s: _set(s, "$id", "urn:postmortems:export:2"),
}


@pytest.mark.parametrize(
    ("mutate", "version"),
    [
        *(pytest.param(mutate, "1.8", id=name) for name, mutate in ADDITIONS.items()),
        *(pytest.param(mutate, "2.0", id=name) for name, mutate in BREAKS.items()),
    ],
)
def test_each_change_asks_for_its_version(mutate: Callable[[Schema], object], version: str) -> None:
    changed = copy.deepcopy(SCHEMA)
    mutate(changed)
    assert changed != SCHEMA
    assert version_after("1.7", changes(SCHEMA, changed)) == version


def test_files_pass_a_schema_to_which_something_was_added(context: MakeEdition) -> None:
    extended = copy.deepcopy(SCHEMA)
    for mutate in ADDITIONS.values():
        mutate(extended)
    validator = Draft202012Validator(extended)
    files = dict(all_files(context(FILES)))
    documents = {
        p: json.loads(c)
        for p, c in files.items()
        if p.startswith("data/") and "schema" not in p and p.endswith(".json")
    }
    assert documents
    for place, document in documents.items():
        assert [*validator.iter_errors(document)] == [], place


def test_one_break_outweighs_additions() -> None:
    changed = copy.deepcopy(SCHEMA)
    for mutate in (*ADDITIONS.values(), BREAKS["a column removed"]):
        mutate(changed)
    assert version_after("1.7", changes(SCHEMA, changed)) == "2.0"


def _deletions(schema: Any, whole: Schema) -> Iterator[tuple[str, Schema]]:
    """The whole schema without one of its keywords, columns or alternatives, for each of them."""
    for key in [*(schema if isinstance(schema, dict) else range(len(schema)))]:
        value = schema[key]
        if key not in WORDS or not isinstance(value, str):
            del schema[key]
            yield str(key), whole
            schema.insert(key, value) if isinstance(schema, list) else schema.update({key: value})
        if isinstance(value, dict | list):
            yield from _deletions(value, whole)


def test_whatever_is_deleted_breaks() -> None:
    changed = copy.deepcopy(SCHEMA)
    count = 0
    for name, mutated in _deletions(changed, changed):
        assert version_after("1.7", changes(SCHEMA, mutated)) == "2.0", name
        count += 1
    assert count > 1000
    assert changed == SCHEMA
