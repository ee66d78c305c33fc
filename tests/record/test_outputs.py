"""What an action changes: every output of the schema has a strength and a kind, but `other`."""

from __future__ import annotations

import pytest

from postmortems.record import KINDS, OUTPUTS, STRENGTHS


@pytest.fixture
def action(read):
    def make(fields: str):
        head = "schema: 1\ntitle: X\nstatus: draft\ntlp: CLEAR\nactions:\n  - id: A1\n    title: Mend it\n"
        reading = read(head + "".join(f"    {line}\n" for line in fields.splitlines()))
        assert reading.record, reading.findings
        return reading.record.actions[0]

    return make


def test_every_output_of_the_schema_is_told(conventions):
    shape = conventions.schema.shape.child("actions").at((0, "output"))
    assert set(OUTPUTS) == set(shape.known_values)
    for name, output in OUTPUTS.items():
        if name != "other":
            assert output.strength in STRENGTHS
            assert output.kind in KINDS
    assert {output.kind for output in OUTPUTS.values()} == {*KINDS, ""}


@pytest.mark.parametrize(
    ("fields", "strength", "kind"),
    [
        ("output: runbook", "weaker", "policy-procedure"),
        ("output: training", "weaker", "training-awareness"),
        ("output: comms-template", "weaker", "communication"),
        ("output: alert", "intermediate", "monitoring"),
        ("output: access-rule", "stronger", "access"),
        ("output: backup", "stronger", "technical"),
        ("output: alert\nstrength: stronger", "stronger", "monitoring"),
        ("output: other", "", ""),
        ("strength: weaker", "weaker", ""),
        ("", "", ""),
    ],
)
def test_an_action_takes_them_from_its_output(action, fields: str, strength: str, kind: str):
    found = action(fields)
    assert (found.strength, found.kind) == (strength, kind)
