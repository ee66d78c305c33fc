"""An organisation's own severities: what a record may name, and what it is told otherwise."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from postmortems.conventions import load_conventions
from postmortems.conventions.editor_schema import as_json, editor_schema
from postmortems.record import read_postmortem

RETOLD = "provenance: public-report"
SCALES = {
    "priorities": ("P1", "P2", "P3", "P4"),
    "words": ("critical", "SEV0", "minor"),
    "some of the shipped": ("sev1", "sev3"),
}
# Front matter, and what `severity` is told to be; empty where it is right under the scale.
CASES = [
    ("priorities", "severity: P1", ""),
    ("priorities", "severity: {declared: P4, final: P1}", ""),
    ("priorities", f"{RETOLD}\nseverity: sev2", ""),
    ("priorities", f"{RETOLD}\nseverity: {{declared: P2, final: sev5}}", ""),
    ("priorities", "severity: sev2", "`severity` is `sev2`"),
    ("priorities", "provenance: imported\nseverity: sev2", "`severity` is `sev2`"),
    ("priorities", "severity: {declared: P4, final: sev1}", "`severity.final` is `sev1`"),
    ("priorities", "severity: P5", "`severity` is `P5`"),
    ("priorities", f"{RETOLD}\nseverity: P5", "`severity` is `P5`"),
    ("words", "severity: critical", ""),
    ("words", "severity: SEV0", ""),
    ("words", "severity: sev0", "`severity` is `sev0`"),
    ("words", f"{RETOLD}\nseverity: sev1", ""),
    ("some of the shipped", "severity: sev3", ""),
    ("some of the shipped", "severity: sev2", "`severity` is `sev2`"),
    ("some of the shipped", f"{RETOLD}\nseverity: sev2", ""),
]


@pytest.fixture
def load(knowledge_base):
    """The conventions of an organisation with these severities."""

    def load(ids, review=""):
        listed = "".join(f"  - {{id: {severity}, label: Some label}}\n" for severity in ids)
        policy = f"schema: 1\norganisation: Acme\nseverities:\n{listed}{review}"
        return load_conventions(knowledge_base({"schemas/policy.yaml": policy}))

    return load


def _read(fields, conventions):
    text = f"---\nschema: 1\ntitle: A title\n{fields}\n---\n"
    return read_postmortem("incidents/2026/2026-03-31-example.md", text.encode(), conventions)


@pytest.mark.parametrize(("scale", "fields", "told"), CASES)
def test_a_record_names_a_severity_of_the_policy(load, scale, fields, told):
    made, _ = load(SCALES[scale])
    reading = _read(fields, made)
    assert [finding.message for finding in reading.findings] == ([told] if told else [])
    plain = {"schema": 1, "title": "A title", **_values(fields)}
    assert Draft202012Validator(made.schema.schema).is_valid(plain) is not bool(told)
    assert made.schema.accepts(plain) is not bool(told)


def _values(fields):
    found = {}
    for line in fields.splitlines():
        name, _, value = line.partition(": ")
        pairs = (pair.split(": ") for pair in value.strip("{}").split(", "))
        found[name] = dict(pairs) if value.startswith("{") else value
    return found


def test_an_unknown_severity_is_told_with_its_place_and_the_policys_list(load):
    made, _ = load(SCALES["priorities"])
    (finding,) = _read("severity: {declared: P4, final: sev1}", made).findings
    assert (finding.line, finding.column, finding.end_column) == (4, 33, 37)
    assert finding.help == "expected one of: P1, P2, P3, P4"


def test_a_retold_incident_is_told_of_both_scales(load):
    made, _ = load(SCALES["priorities"])
    (finding,) = _read(f"{RETOLD}\nseverity: major", made).findings
    assert finding.help == "expected one of: P1, P2, P3, P4, sev1, sev2, sev3, sev4, sev5"


def test_did_you_mean_keeps_to_the_policy(load):
    made, _ = load(SCALES["words"])
    (finding,) = _read("severity: Critcal", made).findings
    assert finding.help == "did you mean `critical`?; expected one of: critical, SEV0, minor"


@pytest.mark.parametrize("scale", SCALES)
def test_rank_follows_the_order_of_the_policy(load, scale):
    ids = SCALES[scale]
    policy = load(ids)[0].policy
    assert [policy.rank(severity) for severity in ids] == [*range(len(ids))]
    assert [policy.needs_full_review(severity) for severity in ids] == [at < 2 for at in range(len(ids))]
    assert policy.rank("unheard-of") == len(ids)
    assert not policy.at_or_above("unheard-of", ids[-1])
    assert not policy.at_or_above(ids[0], "unheard-of")


def test_the_only_severity_is_the_threshold(load):
    made, findings = load(["high"])
    assert findings == []
    assert made.policy.needs_full_review("high")


def test_an_unknown_threshold_is_told_in_the_policy(load):
    made, (finding,) = load(SCALES["priorities"], "review:\n  at_or_above: P22\n")
    assert made is None
    assert (finding.path, finding.line, finding.column) == ("schemas/policy.yaml", 9, 16)
    assert finding.help == "did you mean `P2`?"


@pytest.mark.parametrize("bad", ["none", "1", "P 1", "P.1", "-", "x" * 21])
def test_an_id_is_a_plain_word(load, bad):
    made, (finding,) = load(["P1", f"'{bad}'"])
    assert made is None
    assert (finding.line, finding.column) == (5, 10)


@pytest.mark.parametrize(
    ("fields", "valid"), [(fields, not told) for scale, fields, told in CASES if scale == "words"]
)
def test_editors_are_given_the_same_severities(load, fields, valid):
    schema = json.loads(as_json(editor_schema(load(SCALES["words"])[0])))
    errors = Draft202012Validator(schema).iter_errors({"schema": 1, "status": "draft", **_values(fields)})
    assert bool([error for error in errors if "severity" in error.absolute_path]) is not valid


def test_the_shipped_schema_is_as_it_stands_where_the_policy_is(conventions):
    assert "allOf" not in conventions.schema.schema
    assert [*conventions.policy.severities] == conventions.schema.schema["$defs"]["severity-id"]["enum"]


OWN_FIELDS = """
own_fields:
  x-customer-tier: {label: Customer tier, facet: true}
  x-seats: {label: Seats, description: How many were hit., type: number}
  x-planned: {label: Planned, type: boolean}
  x-regions: {label: Regions, type: list}
"""


def test_own_fields_are_read_with_their_defaults(load):
    made, findings = load(["P1"], OWN_FIELDS)
    assert findings == []
    tier, seats, *_ = made.policy.own_fields
    assert (tier.name, tier.column, tier.label, tier.kind, tier.facet) == (
        *("x-customer-tier", "x_customer_tier", "Customer tier", "text"),
        True,
    )
    assert (tier.description, seats.description) == ("Customer tier.", "How many were hit.")
    assert (seats.kind, seats.facet) == ("number", False)


@pytest.mark.parametrize(
    ("field", "code", "told"),
    [
        ("x-customer-tier: gold", "", ""),
        ("x-customer-tier: 0042", "", ""),
        ("x-customer-tier: true", "", ""),
        ("x-seats: 1.5", "", ""),
        ("x-planned: false", "", ""),
        ("x-regions: [north, 7]", "", ""),
        ("x-unlisted: [a, 1, true]", "", ""),
        ("x-customer-tier: [gold]", "S111", "`x-customer-tier` is a list; expected text"),
        ("x-customer-tier:", "S111", "`x-customer-tier` is empty; expected text"),
        ("x-customer-tier: {a: b}", "S111", "`x-customer-tier` is a mapping; expected text"),
        ("x-seats: many", "S111", "`x-seats` is text; expected a number"),
        (
            "x-seats: 9007199254740992",
            "S114",
            "`x-seats` is 9007199254740992; the maximum is 9007199254740991",
        ),
        ("x-planned: perhaps", "S111", "`x-planned` is text; expected true or false"),
        ("x-regions: north", "S111", "`x-regions` is text; expected a list"),
        ("x-regions: [{a: b}]", "S111", "`x-regions[1]` is a mapping; expected text"),
        (
            "x-unlisted: {a: b}",
            "S111",
            "`x-unlisted` is a mapping; expected text or a list or a number or true or false",
        ),
    ],
)
def test_an_own_field_is_a_plain_value_of_its_type(load, field, code, told):
    made, _ = load(["P1"], OWN_FIELDS)
    findings = _read(field, made).findings
    assert [(finding.code, finding.message) for finding in findings] == ([(code, told)] if code else [])
    assert all((finding.line, finding.column > 1) == (4, True) for finding in findings if "empty" not in told)


@pytest.mark.parametrize(
    ("entry", "code", "message"),
    [
        ("tier: {label: Tier}", "S113", "the key `tier` has the wrong format"),
        ("x-Tier: {label: Tier}", "S113", "the key `x-Tier` has the wrong format"),
        ("x-tier: {facet: true}", "S115", "has no `label`"),
        ("x-tier: {label: Tier, type: date}", "S112", "`own_fields.x-tier.type` is `date`"),
        ("x-tier: {label: Tier, facets: true}", "S110", "unknown key `facets`"),
    ],
)
def test_a_faulty_own_field_is_told_in_the_policy(load, entry, code, message):
    made, (finding,) = load(["P1"], f"own_fields:\n  {entry}\n")
    assert made is None
    assert (finding.path, finding.line, finding.code) == ("schemas/policy.yaml", 6, code)
    assert message in finding.message


def test_editors_know_own_fields(load):
    schema = json.loads(as_json(editor_schema(load(["P1"], OWN_FIELDS)[0])))
    assert schema["properties"]["x-seats"]["description"] == "How many were hit."
    validator = Draft202012Validator(schema)
    assert validator.is_valid({"status": "draft", "schema": 1, "title": "T", "x-seats": 3, "x-customer-tier": 42})
    assert not validator.is_valid({"status": "draft", "schema": 1, "title": "T", "x-seats": "many"})
