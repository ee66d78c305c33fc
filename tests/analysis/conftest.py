"""A record made by code, read as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from postmortems.conventions import Conventions, KnowledgeBase, Policy, load_conventions
from postmortems.record import read_postmortem
from sites import POLICY, incident, to_yaml, write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.record import Postmortem
    from sites import MakeRecord


@pytest.fixture(scope="session")
def example_bank(tmp_path_factory: pytest.TempPathFactory) -> Conventions:
    """The shipped conventions under the policy of Example Bank."""
    root = write(tmp_path_factory.mktemp("example-bank"), {"schemas/policy.yaml": to_yaml(POLICY)})
    made, findings = load_conventions(KnowledgeBase(root))
    assert made, findings
    return made


@pytest.fixture(scope="session")
def policy(example_bank: Conventions) -> Policy:
    """The policy of Example Bank: a full review from sev2, with 14 days of grace."""
    return example_bank.policy


@pytest.fixture(scope="session")
def record(example_bank: Conventions) -> MakeRecord:
    """A small first-hand record with changes to its fields."""

    def make(changes: Mapping[str, Any] | None = None, name: str = "2026-03-31-checkout") -> Postmortem:
        path = f"incidents/{name[:4]}/{name}.md"
        reading = read_postmortem(path, incident(changes or {}).encode(), example_bank)
        assert reading.record, [finding.message for finding in reading.findings]
        return reading.record

    return make
