"""Controls: what is shipped agrees with the record's schema and the code; an own file is checked as others are."""

from __future__ import annotations

import json

import pytest

from postmortems.analysis.evidence.control_evidence import THINGS
from postmortems.conventions import ActionQuery, load_conventions
from postmortems.conventions.locations import shipped_schemas

OWN = """\
schema: 1
controls:
  - id: own-1
    framework: Our own rules
    control: "1"
    title: Tell of payments
    obligation: Incidents of payments are reviewed.
    citation:
      document: Our rules
    concerns:
      - class: [operational]
        severity: sev2
        services: [payments]
        since: 2025-01-01
    looks_for:
      - has: review.held
"""
POLICY = """\
schema: 1
organisation: Example Bank
severities:
  - {id: sev1, label: Worst}
  - {id: sev2, label: Bad}
services:
  payments: {label: Payments}
"""


@pytest.fixture
def load(knowledge_base):
    def load(controls: str):
        return load_conventions(knowledge_base({"schemas/controls.yaml": controls, "schemas/policy.yaml": POLICY}))

    return load


def schema():
    return json.loads((shipped_schemas() / "controls.schema.json").read_text(encoding="utf-8"))


def test_every_control_of_the_domain_is_shipped(conventions):
    shipped = {f"{control.framework} {control.control}" for control in conventions.controls.controls}
    assert shipped == {
        "NIST CSF 2.0 ID.IM",
        "NIST CSF 2.0 RS.AN-03",
        "NIST CSF 2.0 RC.RP-06",
        "NIST SP 800-53 Rev. 5 IR-4(c)",
        "NIST SP 800-53 Rev. 5 IR-5",
        "NIST SP 800-53 Rev. 5 IR-8",
        "NIST SP 800-53 Rev. 5 CA-5",
        "ISO/IEC 27001:2022 A.5.27",
        "SOC 2 CC7.5",
        "PCI DSS v4.0.1 12.10.6",
        "NIS2, Regulation 2024/2690 Annex 3.6",
        "EU-DORA, Regulation 2022/2554 Art. 13(2)",
        "GDPR Art. 33(5)",
    }


def test_every_control_and_clock_cites_a_document(conventions):
    cited = [*conventions.controls.controls, *conventions.controls.clocks]
    assert all(entry.citation.document and entry.citation.place for entry in cited)


def test_no_control_says_that_anyone_complies(conventions):
    told = [f"{control.title} {control.obligation}".lower() for control in conventions.controls.controls]
    assert not [text for text in told if "compl" in text.replace("complete", "")]


def test_what_can_be_looked_for_is_what_the_code_looks_for():
    assert tuple(schema()["$defs"]["thing"]["enum"]) == THINGS


def test_words_of_actions_and_classes_are_those_of_records(conventions):
    shape, queries = conventions.schema.shape, schema()["$defs"]
    action = queries["actions"]["properties"]
    assert tuple(action["output"]["items"]["enum"]) == shape.at(("actions", 0, "output")).known_values
    statuses = shape.at(("actions", 0, "status")).known_values
    assert set(action["status"]["items"]["enum"]) == {*statuses} - {"not-stated"}
    known = shape.at(("actions", 0)).known_keys
    assert set(action["with"]["items"]["enum"]) <= {*known}
    classes = queries["description"]["properties"]["class"]["items"]["enum"]
    assert set(classes) == {*shape.child("class").known_values} - {"maintenance"}
    notices = queries["notices"]["properties"]["with"]["items"]["enum"]
    assert set(notices) == {*shape.at(("regulatory", 0)).known_keys} - {"regime"}


def test_an_own_file_takes_the_place_of_the_shipped_one(load):
    made, findings = load(OWN)
    assert findings == []
    (control,) = made.controls.controls
    assert (control.id, control.control, made.controls.clocks) == ("own-1", "1", ())
    (described,) = control.concerns
    assert described.classes == {"operational"}
    assert (described.severity, described.services, described.since) == ("sev2", ("payments",), "2025-01-01")
    assert described.full_review is None
    assert described.any_action is None


def test_a_query_on_actions_without_conditions_is_about_all_of_them(load):
    made, findings = load(OWN.replace("has: review.held", "every_action: {}"))
    assert findings == []
    (need,) = made.controls.controls[0].looks_for
    assert (need.kind, need.actions) == ("every_action", ActionQuery())


@pytest.mark.parametrize(
    ("before", "after", "place", "code", "message", "help_text"),
    [
        ("review.held", "review.hold", (16, 14), "S112", "is `review.hold`", "did you mean `review.held`?"),
        ("has: review.held", "hase: timeline", (16, 9), "S110", "unknown key `hase`", "did you mean `has`?"),
        ("has: review.held", "has: timeline\n        any_action: {}", (16, 9), "S114", "at most 1", ""),
        ("has: review.held", "any_action: {output: [book]}", (16, 31), "S112", "is `book`", "runbook"),
        ("has: review.held", "every_notice: {with: [owner]}", (16, 31), "S112", "is `owner`", "clock_started"),
        ("class: [operational]", "class: [outage]", (11, 17), "S112", "is `outage`", "operational"),
        ("2025-01-01", "2025", (14, 16), "S113", "`2025`", "YYYY-MM-DD"),
        ("severity: sev2", "severity: sev3", (12, 19), "S118", "`sev3` is not one of the policy's", "sev1, sev2"),
        ("[payments]", "[paiments]", (13, 20), "S118", "`paiments` is not a service", "did you mean `payments`?"),
        ("[payments]", "[payments, zzz]", (13, 30), "S118", "`zzz` is not a service", "add it under `services`"),
        ("id: own-1", "id: Own 1", (3, 9), "S113", "`Own 1`", "Lower-case letters"),
        ("    title: Tell of payments\n", "", (3, 5), "S115", "has no `title`", "add `title`"),
    ],
)
def test_a_fault_is_told_with_its_place(load, before, after, place, code, message, help_text):
    assert before in OWN
    made, findings = load(OWN.replace(before, after))
    assert made is None
    finding = findings[0]
    assert (finding.path, finding.line, finding.column) == ("schemas/controls.yaml", *place), finding
    assert finding.code == code
    assert message in finding.message
    assert help_text in finding.help


def test_an_id_stands_once(load):
    entry = OWN.partition("controls:\n")[2]
    made, findings = load(OWN + entry)
    assert made is None
    (finding,) = findings
    assert (finding.code, finding.line) == ("S118", OWN.count("\n") + 1)
    assert "`own-1` is listed twice" in finding.message
