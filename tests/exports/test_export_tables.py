"""The tables as CSV, SQLite and Parquet: the same rows in each, harmless, with the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from export_cases import FILES, all_files

from postmortems.exports import TABLES, VERSION, Tables, table_shapes
from postmortems.exports.csv_files import csv_file
from postmortems.exports.parquet_files import parquet_file
from postmortems.exports.sqlite_file import sqlite_file
from postmortems.runtime.extras import MissingExtraError
from sites import AS_OF, incident

if TYPE_CHECKING:
    from collections.abc import Iterator

    from export_cases import MakeEdition


@pytest.fixture
def tables(context: MakeEdition) -> Tables:
    return Tables(context(FILES))


@pytest.fixture
def database(tables: Tables) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as made:
        made.deserialize(sqlite_file(tables))
        made.row_factory = sqlite3.Row
        yield made


@pytest.mark.parametrize("name", TABLES)
def test_sqlite_has_the_rows(tables: Tables, database: sqlite3.Connection, name: str) -> None:
    kinds = {column.name: column.kind for column in table_shapes()[name].columns}

    def read(column: str, value: Any) -> Any:
        if value is None:
            return None
        return {"array": json.loads, "boolean": bool}.get(kinds[column], lambda given: given)(value)

    stored = [
        {key: read(key, row[key]) for key in row.keys()}  # noqa: SIM118 - these rows are no mappings
        for row in database.execute(f"SELECT * FROM {name}")  # noqa: S608 - our own names
    ]
    assert stored == tables.by_name[name].rows


@pytest.mark.parametrize("name", TABLES)
def test_parquet_has_the_rows(tables: Tables, name: str) -> None:
    table = pq.read_table(io.BytesIO(parquet_file(tables.by_name[name])))

    def read(value: Any) -> Any:
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%dT%H:%M:%SZ}"
        return value.isoformat() if isinstance(value, date) else value

    stored = [{key: read(value) for key, value in row.items()} for row in table.to_pylist()]
    assert stored == tables.by_name[name].rows
    for column in table_shapes()[name].columns:
        assert table.schema.field(column.name).metadata[b"description"].decode() == column.description


@pytest.mark.parametrize("name", TABLES)
def test_csv_has_the_rows(tables: Tables, name: str) -> None:
    def read(value: object) -> str:
        if isinstance(value, list):
            return "; ".join(value)
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    text = csv_file(tables.by_name[name]).decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows == [{key: read(value) for key, value in row.items()} for row in tables.by_name[name].rows]
    assert text.count("\r\n") == len(rows) + 1


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_of_csv_can_be_a_formula(first: str) -> None:
    from postmortems.exports.tables import Table

    shape = table_shapes()["lessons"]
    row = {column.name: f'{first}HYPERLINK("x")' for column in shape.columns}
    row["about"] = [f"{first}1+1", "F2"]
    cells = next(
        iter(csv.reader(io.StringIO(csv_file(Table(shape, [row])).decode().split("\r\n", 1)[1], newline="")))
    )
    assert [cell for cell in cells if not cell.startswith(f"'{first}")] == []


def test_formulas_of_records_are_harmless(context: MakeEdition) -> None:
    made = context(
        {"incidents/2026/2026-03-31-x.md": incident({"title": '=HYPERLINK("https://evil.example.org")'})}
    )
    text = csv_file(Tables(made).by_name["incidents"]).decode()
    assert '"\'=HYPERLINK(""https' in text


def test_numbers_of_csv_stay_numbers(tables: Tables) -> None:
    rows = csv.DictReader(io.StringIO(csv_file(tables.by_name["durations"]).decode(), newline=""))
    assert all(float(row["seconds"]) >= 0 for row in rows)


def test_sqlite_is_whole_and_its_keys_hold(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for name in TABLES:
        keys = [tuple(row)[2:5] for row in database.execute(f"PRAGMA foreign_key_list({name})")]
        assert keys == ([] if name == "incidents" else [("incidents", "incident", "id")]), name


def test_sqlite_explains_itself(database: sqlite3.Connection) -> None:
    about = dict(tuple(row) for row in database.execute("SELECT name, value FROM about"))
    assert about == {
        "version": VERSION,
        "organisation": "Example Bank",
        "audience": "public",
        "licence": None,
        "as_of": "2026-06-01T12:00:00Z",
    }
    described = {tuple(row) for row in database.execute("SELECT in_table, name FROM columns")}
    assert described == {(name, column.name) for name, shape in table_shapes().items() for column in shape.columns}


def test_durations_say_what_is_exact_and_whose(context: MakeEdition) -> None:
    rows = Tables(context(FILES)).by_name["durations"].rows
    told = {(row["incident"], row["metric"]): row for row in rows}
    own = told["2026-03-31-everything", "ttd"]
    assert (own["seconds"], own["low_seconds"], own["high_seconds"]) == (480, 420, 540)
    assert (own["exact"], own["summarised"]) == (True, True)
    retold = told["2019-07-retold", "ttrc"]
    assert retold["seconds"] == timedelta(days=31).total_seconds()
    assert (retold["exact"], retold["summarised"]) == (False, False)


def test_parquet_says_what_it_needs(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postmortems.runtime.extras.find_spec", lambda name: None if name == "pyarrow" else name)
    with pytest.raises(MissingExtraError, match=r"postmortems\[parquet\]"):
        parquet_file(tables.by_name["lessons"])


def test_every_export_has_the_same_bytes_each_time(context: MakeEdition) -> None:
    first, second = dict(all_files(context(FILES))), dict(all_files(context(dict(reversed(FILES.items())))))
    assert list(first) == list(second)
    assert [place for place in first if first[place] != second[place]] == []


def test_few_files_tell_when_they_were_made(context: MakeEdition) -> None:
    """Those that don't are the same as long as their records are."""
    first = dict(all_files(context(FILES)))
    later = dict(all_files(context(FILES, as_of=AS_OF + timedelta(days=1))))
    assert {place for place in first if first[place] != later[place]} == {
        "data/incidents.json",
        "data/actions.json",
        "data/postmortems.db",
    }
