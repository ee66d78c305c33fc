"""`postmortems schema`: the schema of the fields, and a reference of them."""

from __future__ import annotations

import json

import pytest

from postmortems.conventions import load_conventions, shipped_schemas
from postmortems.conventions.editor_schema import as_json, editor_schema
from postmortems.conventions.locations import KnowledgeBase
from postmortems.rules.reference.field_reference import as_markdown, field_reference


def test_the_schema_is_printed_as_it_is_shipped(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shipped = (shipped_schemas() / "incident.schema.json").read_text(encoding="utf-8")
    assert run("schema").output == shipped
    assert run("schema", "--output-format", "json").output == shipped


def test_a_knowledge_base_may_have_a_schema_of_its_own(run, base):
    made = json.loads((shipped_schemas() / "incident.schema.json").read_text(encoding="utf-8"))
    made["properties"]["title"]["maxLength"] = 60
    (base / "schemas/incident.schema.json").write_text(json.dumps(made), encoding="utf-8")
    assert json.loads(run("schema").output) == made
    assert "- Form: text of at most 60 characters\n" in run("schema", "--output-format", "markdown").output


def test_for_editors(run, base):
    conventions, _ = load_conventions(KnowledgeBase(base))
    assert conventions
    assert run("schema", "--for-editors").output == as_json(editor_schema(conventions))


def test_as_markdown(run, tmp_path, monkeypatch, conventions):
    monkeypatch.chdir(tmp_path)
    assert run("schema", "--output-format", "markdown").output == as_markdown(field_reference(conventions))


@pytest.mark.parametrize(
    "options", [["--output-format", "yaml"], ["--output-format", "markdown", "--for-editors"]]
)
def test_wrong_use(run, base, options):
    assert run("schema", *options).exit_code == 2
