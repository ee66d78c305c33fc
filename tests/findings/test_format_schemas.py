"""The formats of others, held to their schemas, whatever the findings hold."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.validators import validator_for
from lxml import etree
from report_bench import ODD_TEXTS, SCHEMAS, odd_report, read_report, rendered

from postmortems.findings import Report
from postmortems.findings.formats.registry import FORMATS

REPORTS = {
    "golden": read_report(),
    "odd": odd_report(),
    "nothing found": Report((), ("incidents/2026/2026-03-31-a.md",)),
    "nothing checked": Report((), ()),
}
JSON_SCHEMAS = {
    "json": "postmortems-findings.json",
    "gitlab": "gitlab-code-quality.json",
    "sarif": "sarif-2.1.0.json",
    "rdjson": "rdformat.json",
}


@cache
def validator(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / JSON_SCHEMAS[name]).read_text(encoding="utf-8"))
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=FormatChecker())


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("name", JSON_SCHEMAS)
def test_json_is_valid(name, report):
    document = json.loads(rendered(name, REPORTS[report]))
    errors = [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(document)]
    assert errors == []


def test_the_guide_tells_of_every_format_and_shows_valid_json():
    guide = (Path(__file__).parents[2] / "docs/guide/checking.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"| `{name}` |" not in guide] == []
    example = guide.split("```json\n")[1].split("```")[0]
    validator("json").validate(json.loads(example))


@pytest.mark.parametrize("name", JSON_SCHEMAS)
def test_the_schemas_do_refuse(name):
    document = json.loads(rendered(name, read_report()).replace(': "error"', ": 5").replace("ERROR", "EROR"))
    document = [*document, {}] if isinstance(document, list) else document
    assert list(validator(name).iter_errors(document))


@pytest.mark.parametrize("report", REPORTS)
def test_xml_is_valid(report):
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
    suites = etree.fromstring(rendered("junit", REPORTS[report]).encode())
    schema.assertValid(suites)
    broken = etree.fromstring(rendered("junit", REPORTS[report]).replace("tests=", "test=").encode())
    assert not schema.validate(broken)


@pytest.mark.parametrize(
    "text", ["unicode", "quotes", "markup", "workflow commands", "Markdown", "templates", "long"]
)
def test_ordinary_text_arrives_as_it_was(text):
    expected = ODD_TEXTS[text]
    document = rendered("junit", odd_report()).encode()
    failure = "".join(etree.fromstring(document).find(".//failure").itertext())
    assert f"T01 {expected}\n" in failure
    for name in ("json", "sarif", "rdjson", "gitlab"):
        assert json.dumps(expected, ensure_ascii=False)[1:-1] in rendered(name, odd_report())


@pytest.mark.parametrize("name", JSON_SCHEMAS)
def test_no_half_of_a_character_is_left_to_trip_a_reader(name):
    rendered_text = rendered(name, odd_report())
    assert "\\\\ud800" in rendered_text
    json.dumps(json.loads(rendered_text), ensure_ascii=False).encode()
