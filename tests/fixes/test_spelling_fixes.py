"""Words of a list are spelt as the list spells them, where only one can be meant."""

from __future__ import annotations

import pytest

TLP = [
    ("clear", "CLEAR"),
    ("Clear", "CLEAR"),
    ("TLP:CLEAR", "CLEAR"),
    ("tlp:clear", "CLEAR"),
    ('"TLP: CLEAR"', '"CLEAR"'),
    ("TLP: CLEAR", "CLEAR"),
    ("WHITE", "CLEAR"),
    ("TLP:WHITE", "CLEAR"),
    ("white", "CLEAR"),
    ("green", "GREEN"),
    ("amber", "AMBER"),
    ("'Amber'", "'AMBER'"),
    ("amber-strict", "AMBER+STRICT"),
    ("AMBER STRICT", "AMBER+STRICT"),
    ("AMBER_STRICT", "AMBER+STRICT"),
    ("AMBER + STRICT", "AMBER+STRICT"),
    ("TLP:AMBER+STRICT", "AMBER+STRICT"),
    ("red", "RED"),
]


@pytest.mark.parametrize(("before", "after"), TLP)
def test_tlp(mend_fields, before, after):
    assert mend_fields(f"tlp: {before} # who may see it") == f"tlp: {after} # who may see it"


WORDS = [
    ("status: Published", "status: published"),
    ("status: in review", "status: in-review"),
    ("status: In_Review", "status: in-review"),
    ("status: 'IN REVIEW'", "status: 'in-review'"),
    ("class: Near Miss", "class: near-miss"),
    ("class: nearmiss", "class: near-miss"),
    ("provenance: First Hand", "provenance: first-hand"),
    ("severity: SEV2", "severity: sev2"),
    ("severity: sev 2", "severity: sev2"),
    ("severity: {declared: Sev-3, final: SEV2}", "severity: {declared: sev3, final: sev2}"),
    ("detection: Customer", "detection: customer"),
    (
        "impact:\n  technical: High\n  data:\n    level: NONE",
        "impact:\n  technical: high\n  data:\n    level: none",
    ),
    ("questions:\n  runbook-adequate: Yes", "questions:\n  runbook-adequate: yes"),
    ("evaluation:\n  recovery: N/A", "evaluation:\n  recovery: n/a"),
    (
        "actions:\n  - id: A1\n    title: In Progress\n    status: In Progress",
        "actions:\n  - id: A1\n    title: In Progress\n    status: in-progress",
    ),
    ("related:\n  - id: 2024-others\n    as: Caused by", "related:\n  - id: 2024-others\n    as: caused-by"),
]


@pytest.mark.parametrize(("before", "after"), WORDS)
def test_words(mend_fields, before, after):
    assert mend_fields(before) == after


@pytest.mark.parametrize(
    "fields",
    [
        "tlp: PURPLE",
        "tlp: AMBER+",
        "tlp: clea",
        "tlp: CLEAR (white)",
        "status: publishd",
        "status: TLP:published",
        "class: white",
        "severity: 2",
        "severity: high",
        "evaluation:\n  recovery: na",
        "questions:\n  runbook-adequate: true",
        "services: [Payments]",
        "tlp: >-\n  clear",
        "title: Published",
        "x-status: Published",
    ],
)
def test_what_could_mean_something_else_is_left_to_its_author(mend_fields, fields):
    if fields == "tlp: AMBER+":  # only a joint too much
        assert mend_fields(fields) == "tlp: AMBER"
    else:
        assert mend_fields(fields) == fields
