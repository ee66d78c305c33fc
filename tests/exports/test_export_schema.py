"""The published schema: it is valid and explained, and every JSON file keeps to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from export_cases import FILES, all_files
from jsonschema import Draft202012Validator, FormatChecker

from postmortems.exports import TABLES, VERSION, Tables, schema_bytes, table_shapes
from postmortems.exports.rows import ROWS
from sites import AS_OF, POLICY, REPOSITORY, incident

if TYPE_CHECKING:
    from export_cases import MakeEdition

SCHEMA = json.loads(schema_bytes())
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def faults(content: bytes) -> list[str]:
    document = json.loads(content)
    kind = {"$ref": f"{SCHEMA['$id']}#/$defs/{document['kind']}-file"}
    chosen = Draft202012Validator({**SCHEMA, "oneOf": [kind]}, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in chosen.iter_errors(document)]


def test_schema_is_valid() -> None:
    assert [*Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(SCHEMA)] == []


def test_its_id_names_the_major_version() -> None:
    assert SCHEMA["$id"].endswith(f":{VERSION.split('.')[0]}")


def test_every_column_is_explained_once() -> None:
    assert tuple(table_shapes()) == TABLES == tuple(ROWS)
    for shape in table_shapes().values():
        assert shape.description.endswith(".")
        for column in shape.columns:
            assert column.title, column.name
            assert column.description.endswith("."), column.name


@pytest.mark.parametrize("audience", ["public", "organisation"])
def test_json_files_keep_to_the_schema(context: MakeEdition, audience: str) -> None:
    files = {**FILES, "incidents/2026/2026-02-02-amber.md": incident({"tlp": "AMBER", "published": None})}
    documents = {
        place: content
        for place, content in all_files(context(files, audience=audience))
        if place.startswith("data/") and place.endswith(".json") and "schema" not in place
    }
    assert len(documents) == 2 + len(FILES) + (audience == "organisation")
    for place, content in documents.items():
        assert faults(content) == [], place
        assert VALIDATOR.is_valid(json.loads(content)), place


def test_json_files_of_nothing_keep_to_the_schema(context: MakeEdition) -> None:
    made = dict(all_files(context({})))
    for name in ("incidents", "actions"):
        document = json.loads(made[f"data/{name}.json"])
        assert (document["count"], document[name]) == (0, [])
        assert faults(made[f"data/{name}.json"]) == []


def test_schema_knows_every_value_of_front_matter() -> None:
    """A value that a record may have is one that an export may have."""
    front = json.loads((REPOSITORY / "schemas/incident.schema.json").read_text(encoding="utf-8"))
    fields, action = front["properties"], front["properties"]["actions"]["items"]["properties"]
    columns = {name: {c.name: set(c.values) for c in shape.columns} for name, shape in table_shapes().items()}
    assert columns["incidents"]["class"] == set(fields["class"]["enum"])
    assert columns["incidents"]["state"] == set(fields["state"]["enum"])
    assert columns["incidents"]["provenance"] == set(fields["provenance"]["enum"])
    assert columns["incidents"]["detection"] == set(front["$defs"]["detection-source"]["enum"])
    assert columns["incidents"]["tlp"] == set(fields["tlp"]["enum"]) - {"RED"}
    assert columns["incidents"]["status"] == set(fields["status"]["enum"]) - {"withdrawn"}
    assert columns["milestones"]["milestone"] == {"trigger", *fields["times"]["properties"]}
    for name in ("status", "aim", "strength"):
        assert columns["actions"][name] == set(action[name]["enum"]), name
    assert columns["actions"]["result"] == set(action["result"]["properties"]["verdict"]["enum"])
    for kind in ("business", "technical", "data", "reputation"):
        assert columns["incidents"][f"impact_{kind}"] == set(front["$defs"]["level"]["enum"]), kind


def test_rows_have_the_columns_of_the_schema_in_their_order(context: MakeEdition) -> None:
    for table in Tables(context(FILES)).by_name.values():
        assert table.rows, table.shape.name
        for row in table.rows:
            assert list(row) == [column.name for column in table.shape.columns]


def test_what_is_not_known_is_null(context: MakeEdition) -> None:
    rows = {str(row["id"]): row for row in Tables(context(FILES)).by_name["incidents"].rows}
    bare = rows["2026-01-02-bare"]
    told = {name for name, value in bare.items() if value not in (None, [], 0, False)}
    assert told == {
        *("id", "title", "organisation", "date", "year", "status", "state", "class", "provenance", "tlp"),
        *("published", "updated", "counted", "own", "page"),
    }
    assert rows["2019-07-retold"]["date"] == "2019-07"
    assert not rows["2019-07-retold"]["own"]


def test_incident_file_tells_all(context: MakeEdition) -> None:
    policy = POLICY | {"own_fields": {"x-cost-centre": {"label": "Cost centre"}}}
    made = json.loads(dict(all_files(context(FILES, policy=policy)))["data/incidents/2026-03-31-everything.json"])
    empty = [name for name, value in made.items() if value in (None, [], {}, "")]
    assert empty == ["licence", "no_actions_reason", "related"]
    assert made["slips"] == [
        {"action": "A1", "from": "2026-04-15", "to": "2026-04-30", "reason": "The vendor was late."}
    ]
    assert made["trigger"]["at"]["at"] == "2026-03-31T10:00:00Z"
    assert made["own_fields"] == {"cost-centre": "4711"}
    assert made["narrative"].startswith("## Overview\n")


def test_head_says_for_whom_and_when(context: MakeEdition) -> None:
    made = json.loads(dict(all_files(context(FILES, audience="organisation")))["data/incidents.json"])
    assert {key: made[key] for key in ("audience", "version", "organisation", "as_of", "count")} == {
        "audience": "organisation",
        "version": VERSION,
        "organisation": "Example Bank",
        "as_of": f"{AS_OF:%Y-%m-%dT%H:%M:%SZ}",
        "count": 3,
    }
