"""The schema for editors accepts exactly those records in which no required field is missing."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from postmortems.conventions.editor_schema import as_json, editor_schema
from postmortems.rules import judge
from postmortems.source import read_record
from sites import AS_OF, BARE, EVERYTHING, SMALL, incident

ROOT = Path(__file__).parent.parent.parent
FILES = sorted([*ROOT.glob("incidents/**/*.md"), *ROOT.glob("tests/rules/cases/*/*.md")])


@pytest.fixture(scope="module")
def validator(conventions) -> Draft202012Validator:
    schema = json.loads(as_json(editor_schema(conventions)))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.fixture(scope="module")
def missing(conventions):
    """The codes of what a record lacks, in an error; None where its shape is wrong."""
    from postmortems.corpus import Library
    from postmortems.record import read_postmortem

    def _missing(text: str) -> set[str] | None:
        reading = read_postmortem("incidents/2026/2026-03-31-x.md", text.encode(), conventions)
        if reading.record is None:
            return None
        found = judge(Library((reading,), ()), conventions, AS_OF)
        return {finding.code for finding in found if finding.code[0] == "Q" and finding.severity == "error"}

    return _missing


def fields_of(text: str, conventions):
    source = read_record("x.md", text.encode(), conventions.schema.shape).source
    assert source
    return source.meta


def test_it_is_a_schema_of_its_own_that_keeps_the_shape(conventions):
    made = editor_schema(conventions)
    assert made["$id"] != conventions.schema.schema["$id"]
    assert list(made["properties"]) == list(conventions.schema.schema["properties"])
    assert "allOf" not in conventions.schema.schema
    assert '"format": "moment"' not in as_json(made)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_records_and_cases_of_rules(path, validator, missing, conventions):
    text = path.read_text(encoding="utf-8")
    lacks = missing(text)
    if lacks is not None:
        assert validator.is_valid(fields_of(text, conventions)) is (not lacks), lacks


def changes():
    """Records of every kind, each with a field taken away, emptied or said to be not stated."""
    kinds = itertools.product(
        ("draft", "in-review", "published", "withdrawn", None),
        ("first-hand", "public-report", "imported", None),
        (None, "sev1", "sev4", {"declared": "sev1"}, {"declared": "sev1", "final": "sev3"}, {"final": "sev2"}),
    )
    removed = ("summary", "impact", "actions", "questions", "review", "organisation", "published", "times")
    for number, (status, provenance, severity) in enumerate(kinds):
        kind = {"status": status, "provenance": provenance, "severity": severity}
        name = removed[number % len(removed)]
        others = (
            {name: None},
            {name: None, "not_stated": [name]},
            {"impact": {"technical": "low"}, "not_stated": ["impact.business"]},
            {"actions": [], "lessons": [], "no_actions_reason": "None."},
        )
        yield (EVERYTHING, SMALL, BARE)[number % 3], kind
        yield EVERYTHING, kind | others[number // 6 % len(others)]


def test_records_of_every_kind(validator, missing, conventions):
    told = set()
    for base, change in changes():
        text = incident(change, base=base)
        lacks = missing(text)
        assert lacks is not None, text
        assert validator.is_valid(fields_of(text, conventions)) is (not lacks), (change, lacks)
        told |= lacks
    assert len(told) > 15


@pytest.mark.parametrize(
    ("change", "valid"),
    [
        ({"times": {"started": 2026, "recovered": "2026-03"}}, True),
        ({"times": {"started": "2026-03-31T10:12Z", "recovered": "2026-03-31T12:00:10.5+02:00"}}, True),
        ({"times": {"started": "2026-03-31T10:12"}}, False),
        ({"times": {"started": "2026-03-31 10:12Z"}}, False),
        ({"times": {"started": "yesterday"}}, False),
        ({"title": 404}, True),
        ({"refs": {"jira": 4711}}, True),
        ({"status": 1}, False),
        ({"titel": "x"}, False),
        ({"services": "payments"}, False),
    ],
)
def test_what_other_readers_make_of_yaml(validator, change, valid):
    assert validator.is_valid(SMALL | change) is valid


def test_another_policy_asks_for_the_full_review_elsewhere(knowledge_base):
    from postmortems.conventions import load_conventions
    from sites import POLICY, to_yaml

    policy = POLICY | {"review": {"at_or_above": "sev4"}}
    made, findings = load_conventions(knowledge_base({"schemas/policy.yaml": to_yaml(policy)}))
    assert made, findings
    assert not Draft202012Validator(editor_schema(made)).is_valid(SMALL)
    assert Draft202012Validator(editor_schema(made)).is_valid(SMALL | {"severity": "sev5"})
