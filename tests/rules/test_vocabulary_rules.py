"""F01 beyond its cases: words that retired, and an organisation's own."""

from __future__ import annotations

import pytest
from rule_bench import POLICY, SMALL, conventions, judge_text, load, with_fields

from postmortems.conventions.locations import shipped_schemas

VOCABULARY = (shipped_schemas() / "vocabulary.yaml").read_text(encoding="utf-8")
RETIRED = (
    VOCABULARY.replace("      guardrail:\n", "      guardrail:\n        replaced_by: change.safeguard\n")
    .replace("      rollback:\n", "      rollback:\n        replaced_by: change.guardrail\n")
    .replace("  deploy:\n", "  deploy:\n    replaced_by: release\n")
    .replace("triggers:\n", "triggers:\n  release:\n    label: Release\n    description: A new version goes out\n")
    .replace(
        "      migration:\n",
        "      safeguard:\n        label: Safeguards\n        description: Hold changes back\n      migration:\n",
    )
    .replace(
        "extensions: {}",
        "extensions:\n  x-acme.till:\n    label: Till\n    description: The till\n    parent: change.rollout\n",
    )
)
USING = conventions(POLICY, RETIRED)


def _found(fields: str) -> list[tuple[str, str]]:
    findings = judge_text(with_fields(SMALL, fields), using=USING)
    assert {f.code for f in findings} <= {"F01"}
    return [(f.message, f.help) for f in findings]


@pytest.mark.parametrize("factor", ["change.guardrail", "change.rollback"])
def test_retired_factor_names_the_one_in_use(factor: str):
    found = _found(f'factors:\n  - "{factor}: no limit held it back -> it reached everyone"\n')
    assert found == [(f"`{factor}` was retired from the vocabulary", "write `change.safeguard`")]


def test_retired_trigger_names_the_one_in_use():
    assert _found("trigger: deploy\n") == [("`deploy` was retired from the vocabulary", "write `release`")]


def test_retired_words_are_not_suggested():
    [(_, help_text)] = _found('factors:\n  - "change.guardrails: a -> b"\n')
    assert "guardrail" not in help_text


def test_own_factor_is_known():
    assert _found('factors:\n  - "x-acme.till: a -> b"\n') == []
    [(message, help_text)] = _found('factors:\n  - "x-acme.tills: a -> b"\n')
    assert "x-acme.tills" in message
    assert "`extensions`" in help_text


def test_s118_extension_without_a_factor_as_its_parent():
    _, findings = load(vocabulary=RETIRED.replace("parent: change.rollout", "parent: change.roll-out"))
    assert [finding.code for finding in findings] == ["S118"]
