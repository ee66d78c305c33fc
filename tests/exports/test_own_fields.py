"""An organisation's own fields: what its policy lists comes out with its type, and nothing else does."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from export_cases import all_files
from jsonschema import Draft202012Validator

from sites import POLICY, incident

if TYPE_CHECKING:
    from export_cases import MakeEdition

    from postmortems.exports import ExportContext

LISTED = POLICY | {
    "own_fields": {
        "x-customer-tier": {"label": "Customer tier", "description": "The best tier that was hit.", "facet": True},
        "x-seats": {"label": "Seats", "type": "number"},
        "x-planned": {"label": "Planned", "type": "boolean"},
        "x-regions": {"label": "Regions", "type": "list", "facet": True},
    }
}
OWN = {"x-customer-tier": "gold", "x-seats": 12.5, "x-planned": False, "x-regions": ["north", "south"]}
CELLS = {"x_customer_tier": "gold", "x_seats": 12.5, "x_planned": False, "x_regions": ["north", "south"]}
NOTHING = {"x_customer_tier": None, "x_seats": None, "x_planned": None, "x_regions": []}
FULL, PLAIN = "2026-03-31-full", "2026-04-01-plain"


@pytest.fixture
def files(context: MakeEdition) -> dict[str, bytes]:
    return dict(all_files(made(context, OWN)))


def made(context: MakeEdition, own: dict[str, Any], **options: Any) -> ExportContext:
    records = {
        f"incidents/2026/{FULL}.md": incident({"x-unlisted": "zyzzyva", **own}),
        f"incidents/2026/{PLAIN}.md": incident(),
    }
    return context(records, **{"policy": LISTED, **options})


def test_json_holds_them_with_their_types(files: dict[str, bytes]) -> None:
    rows = {row["id"]: row for row in json.loads(files["data/incidents.json"])["incidents"]}
    assert {name: rows[FULL][name] for name in CELLS} == CELLS
    assert {name: rows[PLAIN][name] for name in CELLS} == NOTHING
    one = json.loads(files[f"data/incidents/{FULL}.json"])
    assert one["incident"] == rows[FULL]
    assert one["own_fields"] == {
        "customer-tier": "gold",
        "seats": "12.5",
        "planned": "no",
        "regions": "north, south",
    }


def test_the_schema_of_the_files_describes_them(files: dict[str, bytes]) -> None:
    schema = json.loads(files["data/export.schema.json"])
    columns = schema["$defs"]["incidents"]["properties"]
    assert [*columns][-4:] == [*CELLS]
    assert columns["x_customer_tier"]["description"] == "The best tier that was hit."
    for place in ("data/incidents.json", "data/actions.json", f"data/incidents/{FULL}.json"):
        assert [*Draft202012Validator(schema).iter_errors(json.loads(files[place]))] == [], place


def test_csv_holds_them(files: dict[str, bytes]) -> None:
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(files["data/incidents.csv"].decode()))}
    assert [rows[FULL][name] for name in CELLS] == ["gold", "12.5", "false", "north; south"]
    assert [rows[PLAIN][name] for name in CELLS] == ["", "", "", ""]


@pytest.mark.parametrize("first", ["=", "+", "-", "@"])
def test_csv_runs_none_of_them(context: MakeEdition, first: str) -> None:
    formula = f"{first}cmd|' /C calc'!A0"
    files = dict(all_files(made(context, {"x-customer-tier": formula, "x-regions": [formula]})))
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(files["data/incidents.csv"].decode()))}
    assert rows[FULL]["x_customer_tier"] == rows[FULL]["x_regions"] == f"'{formula}"


def test_sqlite_holds_them(files: dict[str, bytes]) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(files["data/postmortems.db"])
        kinds = {name: kind for _, name, kind, *_ in database.execute("PRAGMA table_info(incidents)")}
        rows = {row[0]: row[1:] for row in database.execute(f"SELECT id, {', '.join(CELLS)} FROM incidents")}  # noqa: S608 - our own names
        described = dict(database.execute("SELECT name, description FROM columns WHERE in_table = 'incidents'"))
    assert [kinds[name] for name in CELLS] == ["TEXT", "REAL", "INTEGER", "TEXT"]
    assert rows == {FULL: ("gold", 12.5, 0, '["north", "south"]'), PLAIN: (None, None, None, "[]")}
    assert described["x_customer_tier"] == "The best tier that was hit."


def test_parquet_holds_them(files: dict[str, bytes]) -> None:
    table = pq.read_table(io.BytesIO(files["data/incidents.parquet"]))
    kinds = [table.schema.field(name).type for name in CELLS]
    assert kinds == [pa.string(), pa.float64(), pa.bool_(), pa.list_(pa.string())]
    rows = {row["id"]: {name: row[name] for name in CELLS} for row in table.to_pylist()}
    assert rows == {FULL: CELLS, PLAIN: NOTHING}


def test_a_large_number_fits_into_every_file(context: MakeEdition) -> None:
    files = dict(all_files(made(context, {"x-seats": 2**53 - 1})))
    assert b"9007199254740991" in files["data/incidents.csv"]


def test_markdown_names_them(files: dict[str, bytes]) -> None:
    text = files[f"incidents/2026/{FULL}.md"].decode()
    assert "- Customer tier: gold\n- Seats: 12.5\n- Planned: no\n- Regions: north, south\n" in text


def test_what_is_not_listed_is_in_no_file(files: dict[str, bytes]) -> None:
    assert [place for place, content in files.items() if b"zyzzyva" in content or b"unlisted" in content] == []


def test_without_a_list_nothing_is_added(context: MakeEdition) -> None:
    files = dict(all_files(made(context, OWN, policy=POLICY)))
    assert json.loads(files[f"data/incidents/{FULL}.json"])["own_fields"] == {}
    assert [place for place, content in files.items() if b"x_seats" in content or b"gold" in content] == []


@pytest.mark.parametrize(
    ("withheld", "shown"),
    [
        ({"redacted": ["x-customer-tier"]}, False),
        ({"redacted": [{"path": "x-customer-tier", "seen_by": "strict"}]}, False),
        ({"tlp": "AMBER"}, False),
        ({"status": "draft"}, False),
        ({}, True),
    ],
    ids=str,
)
def test_what_is_withheld_is_in_no_file(context: MakeEdition, withheld: dict[str, Any], *, shown: bool) -> None:
    own = {"x-customer-tier": "zyzzyva", "x-unlisted": "other"}
    found = [place for place, content in all_files(made(context, own | withheld)) if b"zyzzyva" in content]
    assert ("data/incidents.csv" in found) is bool(found) is shown


def test_a_list_loses_what_is_redacted_of_it(context: MakeEdition) -> None:
    files = dict(all_files(made(context, OWN | {"redacted": ["x-regions.south"]})))
    rows = {row["id"]: row for row in json.loads(files["data/incidents.json"])["incidents"]}
    assert rows[FULL]["x_regions"] == ["north"]
