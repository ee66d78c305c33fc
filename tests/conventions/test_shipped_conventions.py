"""The conventions that are shipped: valid, documented, and in agreement with one another."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from postmortems.conventions import load_conventions
from postmortems.conventions.locations import shipped_schemas
from postmortems.conventions.shipped import uses_shipped

NAMES = ("incident", "policy", "vocabulary", "requirements", "controls")


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_valid(name):
    schema = json.loads((shipped_schemas() / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_every_yaml_file_has_a_schema_of_its_own():
    names = {path.stem for path in shipped_schemas().glob("*.yaml")}
    assert {path.name.removesuffix(".schema.json") for path in shipped_schemas().glob("*.schema.json")} >= names


@pytest.mark.parametrize("name", [name for name in NAMES if name != "incident"])
def test_each_file_would_be_sound_as_an_own_one(knowledge_base, name):
    text = (shipped_schemas() / f"{name}.yaml").read_text(encoding="utf-8")
    base = knowledge_base({f"schemas/{name}.yaml": text})
    assert not uses_shipped(base, name)
    conventions, findings = load_conventions(base)
    assert (conventions is None, findings) == (False, [])


def test_the_vocabulary_is_complete(conventions):
    vocabulary = conventions.vocabulary
    assert set(vocabulary.roles) == {"initiating", "contributing", "prolonging"}
    terms = [*vocabulary.roles.values(), *vocabulary.triggers.values(), *vocabulary.factors.values()]
    assert [term.id for term in terms if not (term.label and term.description)] == []
    assert {category.dimension for category in vocabulary.categories.values()} == set(vocabulary.dimensions)
    assert all("." in factor for factor in vocabulary.factors if factor not in {"unknown", "none"})
    assert [term.id for term in terms if term.replaced_by] == []


def test_a_factor_knows_its_category_and_dimension(conventions):
    vocabulary = conventions.vocabulary
    assert vocabulary.category_of("change.rollout").id == "change"
    assert vocabulary.dimension_of("change.rollout") == "process"
    assert vocabulary.factor_label("change.rollout") == vocabulary.factors["change.rollout"].label
    assert vocabulary.category_of("unknown") is None
    assert vocabulary.dimension_of("unknown") == ""


def test_an_unknown_word_is_its_own_label(conventions):
    vocabulary, policy = conventions.vocabulary, conventions.policy
    assert vocabulary.factor_label("no.such") == "no.such"
    assert vocabulary.trigger_label("nothing") == "nothing"
    assert vocabulary.category_of("no.such") is None
    assert policy.service_label("nothing") == "nothing"
    assert policy.team_label("nobody") == "nobody"


def test_every_word_of_the_vocabulary_has_a_form_that_records_may_use(conventions, read):
    for factor in conventions.vocabulary.factors:
        assert read(f"factors: [{{factor: {factor}}}, '{factor}: x -> y']").record, factor
    for trigger in conventions.vocabulary.triggers:
        assert read(f"trigger: {trigger}").record, trigger


def test_roles_of_factors_are_those_of_the_schema(conventions):
    shape = conventions.schema.shape
    assert set(shape.at(("factors", 0, "role")).known_values) == set(conventions.vocabulary.roles)


def test_severities_and_audiences_are_those_of_the_schema_and_the_code(conventions):
    shape, policy = conventions.schema.shape, conventions.policy
    assert tuple(policy.severities) == shape.at(("severity", "declared")).known_values
    assert policy.audience in {"public", "organisation", "strict"}
    assert policy.review.at_or_above == "sev2"
    assert (policy.review.within_days, policy.review.grace_days) == (7, 14)


@pytest.mark.parametrize(
    ("severity", "full"),
    [("sev1", True), ("sev2", True), ("sev3", False), ("sev5", False), ("", False), ("sev9", False)],
)
def test_the_threshold_of_the_full_review(conventions, severity, full):
    assert conventions.policy.needs_full_review(severity) is full


def test_requirements_name_fields_of_the_schema(conventions):
    def exists(path):
        shape = conventions.schema.shape
        for step in path.split("."):
            if not shape.knows(step):
                return False
            shape = shape.child(step)
        return True

    requirements = conventions.requirements
    named = {field for requirement in requirements for field in (requirement.field, *requirement.unless)}
    assert {field for field in named if not exists(field)} == set()


def test_requirements_are_numbered_without_a_gap(conventions):
    codes = [requirement.code for requirement in conventions.requirements]
    assert codes == [f"Q{number:02}" for number in range(1, len(codes) + 1)]
    assert len({requirement.field for requirement in conventions.requirements}) == len(codes)


@pytest.mark.parametrize(
    ("field", "kind", "applies"),
    [
        ("schema", {"provenance": "imported", "status": "withdrawn", "full_review": False}, True),
        ("summary", {"provenance": "first-hand", "status": "draft", "full_review": False}, True),
        ("summary", {"provenance": "imported", "status": "published", "full_review": False}, False),
        ("summary", {"provenance": "first-hand", "status": "withdrawn", "full_review": False}, False),
        ("impact.business", {"provenance": "first-hand", "status": "published", "full_review": True}, True),
        ("impact.business", {"provenance": "first-hand", "status": "published", "full_review": False}, False),
        ("review", {"provenance": "first-hand", "status": "published", "full_review": True}, True),
        ("review", {"provenance": "first-hand", "status": "in-review", "full_review": True}, False),
        ("review", {"provenance": "public-report", "status": "published", "full_review": True}, False),
        ("sources", {"provenance": "public-report", "status": "published", "full_review": False}, True),
        ("sources", {"provenance": "first-hand", "status": "published", "full_review": True}, False),
        ("organisation", {"provenance": "public-report", "status": "draft", "full_review": False}, True),
        ("amended", {"provenance": "imported", "status": "withdrawn", "full_review": False}, True),
        ("amended", {"provenance": "imported", "status": "published", "full_review": False}, False),
    ],
)
def test_what_a_record_must_hold_depends_on_its_kind(conventions, field, kind, applies):
    (requirement,) = (each for each in conventions.requirements if each.field == field)
    assert requirement.applies_to(**kind) is applies
