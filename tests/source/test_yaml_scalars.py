"""Scalars by the rules of YAML 1.2, and as written where the schema wants text."""

from __future__ import annotations

import pytest

from postmortems.source import Shape, read_yaml

ANYTHING = Shape({})


def value_of(written, shape=ANYTHING):
    reading = read_yaml("x.yaml", f"key: {written}\n".encode(), shape)
    assert reading.source, reading.findings
    return reading.source.meta["key"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("010", 10),
        ("0x10", "0x10"),
        ("0o10", "0o10"),
        ("0b1", "0b1"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("14:32", "14:32"),
        ("190:20:30", "190:20:30"),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("-1.5E-3", -0.0015),
        ("1e", "1e"),
        ("1.2.3", "1.2.3"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("2026-03-31", "2026-03-31"),
        ("2026-03-31T10:00:00Z", "2026-03-31T10:00:00Z"),
        ("2026-03-31 10:00:00", "2026-03-31 10:00:00"),
        ("=", "="),
        ("'5'", "5"),
        ('"true"', "true"),
        ("''", ""),
        ('"~"', "~"),
        ("|\n  14:32", "14:32\n"),
        (">-\n  no", "no"),
        ("one # comment", "one"),
        ("one#two", "one#two"),
        ("http://example.org", "http://example.org"),
        ('"\\u00e9\\U0001F600"', "é😀"),
    ],
)
def test_a_scalar_is_read_by_yaml_1_2(written, value):
    read = value_of(written)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize("digits", ["9" * 18, "-" + "9" * 18])
def test_eighteen_digits_are_a_number(digits):
    assert value_of(digits) == int(digits)


@pytest.mark.parametrize("digits", ["9" * 19, "0" * 5000, "9" * 5000, "0." + "3" * 5000, "1e" + "9" * 5000])
def test_a_number_that_no_one_counts_stays_text(digits):
    assert value_of(digits) == digits


@pytest.mark.parametrize(
    ("types", "written", "value"),
    [
        ("string", "404", "404"),
        ("string", "010", "010"),
        ("string", "1.10", "1.10"),
        ("string", "1e3", "1e3"),
        ("string", "true", "true"),
        ("string", "~", None),
        ("integer", "404", 404),
        ("number", "404", 404),
        ("boolean", "true", True),
        (["string", "number"], "1.10", "1.10"),
        (["string", "number", "boolean"], "true", True),
        (["string", "null"], "", None),
    ],
)
def test_text_stays_as_written_where_the_schema_wants_text(types, written, value):
    shape = Shape({"type": "object", "properties": {"key": {"type": types}}})
    read = value_of(written, shape)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("fields", "path", "value"),
    [
        ("title: 404", ("title",), "404"),
        ("schema: 1", ("schema",), 1),
        ("trigger: {kind: 'null', ref: 010}", ("trigger", "ref"), "010"),
        ("timeline: [{at: 2019, what: 12}]", ("timeline", 0, "at"), "2019"),
        ("timeline: [{at: 2019, what: 12}]", ("timeline", 0, "what"), "12"),
        ("times: {started: {at: 2019, note: 5}}", ("times", "started", "at"), "2019"),
        ("refs: {jira: 0123}", ("refs", "jira"), "0123"),
        ("x-version: 1.10", ("x-version",), "1.10"),
        ("x-flags: [1.10, true]", ("x-flags", 0), "1.10"),
        ("x-flags: [1.10, true]", ("x-flags", 1), True),
        ("impact: {users: {count: 12, approx: true}}", ("impact", "users", "count"), 12),
        ("actions: [{id: A1, title: Do it, due: 2026}]", ("actions", 0, "due"), "2026"),
    ],
)
def test_the_schema_of_incidents_decides_what_is_text(read, fields, path, value):
    reading = read(fields)
    assert reading.record, reading.findings
    found = reading.source.meta
    for step in path:
        found = found[step]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("count", "expected"), [("1000", 1000), ("1e3", 1000), ("12.0", 12)])
def test_a_whole_number_may_be_written_as_a_float(read, count, expected):
    reading = read(f"impact:\n  users:\n    count: {count}\n")
    assert reading.record, reading.findings
    assert reading.record.impact.users == expected
