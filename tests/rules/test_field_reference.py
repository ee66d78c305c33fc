"""The reference of fields: every field of the schema, and which records need it."""

from __future__ import annotations

import pytest
from rule_bench import conventions

from postmortems.rules.reference.field_reference import (
    FieldEntry,
    FieldNeed,
    FieldReference,
    as_markdown,
    field_reference,
)


@pytest.fixture(scope="module")
def reference() -> FieldReference:
    return field_reference(conventions())


def entry(reference: FieldReference, name: str) -> FieldEntry:
    return next(entry for entry in (*reference.fields, *reference.forms) if entry.name == name)


def test_every_field_is_told_with_a_meaning_and_a_form(reference: FieldReference):
    shape = conventions().schema.shape
    assert [entry.name for entry in reference.fields] == [*shape.known_keys, "x-…"]
    for told in (*reference.fields, *reference.forms):
        assert told.title
        assert told.description
        assert told.form not in {"", "any value"}
        for row in told.rows:
            assert row.description
            assert row.form not in {"", "any value"}


def test_fields_within_are_told_once_and_with_their_place(reference: FieldReference):
    shape = conventions().schema.shape
    actions = [row.path for row in entry(reference, "actions").rows]
    assert len(set(actions)) == len(actions)
    assert {"id", "slips", "slips.reason", "priority.effort", "verify.metric"} <= set(actions)
    assert {path for path in actions if "." not in path} == set(shape.at(("actions", 0)).known_keys)
    assert [row.path for row in entry(reference, "times").rows] == list(shape.child("times").known_keys)
    keys = {row.path for row in entry(reference, "timeline").rows if row.is_key}
    assert keys == {"at", "what"}


def test_what_a_record_needs_is_the_table_of_requirements(reference: FieldReference):
    told = {}
    for field in reference.fields:
        told |= {need.code: field.name for need in field.needs}
        told |= {need.code: f"{field.name}.{row.path}" for row in field.rows for need in row.needs}
    assert told == {requirement.code: requirement.field for requirement in conventions().requirements}
    assert entry(reference, "title").needs == (FieldNeed("Q02", "all records, withdrawn ones too"),)
    assert entry(reference, "actions").needs == (
        FieldNeed("Q15", "first-hand and public-report records, unless `no_actions_reason` is given"),
    )
    assert entry(reference, "evaluation").needs == (FieldNeed("Q16", "first-hand records, full review"),)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("schema", "`1`"),
        ("title", "text of at most 140 characters"),
        ("status", "one of `draft`, `in-review`, `published`, `withdrawn`"),
        ("published", "date"),
        ("severity", "a mapping, or in short: one of `sev1`, `sev2`, `sev3`, `sev4`, `sev5`"),
        ("trigger", "a mapping, or in short: a trigger from the vocabulary"),
        ("times", "a mapping"),
        ("timeline", "a list; each entry: a mapping"),
        ("factors", "a list; each entry: a mapping, or in short: `factor: cause -> effect`, in quotes"),
        ("follow_ups", "a list; each entry: date"),
        ("likelihood", "scale"),
        ("count", "a whole number"),
        ("months", "a whole number from 1 to 60"),
        ("before_impact", "`true` or `false`"),
        ("detected-quickly", "answer to a review question"),
        ("x-…", "plain value"),
        ("moment", "a mapping, or in short: plain moment"),
        ("scale", "a whole number from 1 to 5"),
    ],
)
def test_form(reference: FieldReference, name: str, form: str):
    told = {entry.name: entry.form for entry in (*reference.forms, *reference.fields)}
    rows = {row.path.rpartition(".")[2]: row.form for field in reference.fields for row in field.rows}
    assert (rows | told)[name] == form


def test_questions_are_asked_in_full(reference: FieldReference):
    rows = [row for row in entry(reference, "questions").rows if row.needs]
    assert len(rows) == 7
    assert all(row.description.endswith("?") for row in rows[:-1])


def test_markdown(reference: FieldReference):
    text = as_markdown(reference)
    assert text.startswith("# Fields\n\nA record starts with these fields")
    for field in reference.fields:
        assert f"\n\n## `{field.name}`\n\n{field.description}\n\n- Form: {field.form}\n" in text
    assert "\n- Required: first-hand and public-report records (Q05)\n" in text
    assert (
        "\n| `technical` | Impact on systems and services. Required: first-hand and public-report records" in text
    )
    assert "\n| `metric` (needed) |" not in text
    assert "\n| `verify.metric` (needed) | What is compared before and after. | one of `count`, " in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.replace("\\|", "").count("|") == 4 for line in rows)
