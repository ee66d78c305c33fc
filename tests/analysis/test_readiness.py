"""What incidents changed in the means of response: by state, by kind and by the thing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.reviews.readiness import readiness
from sites import AS_OF

if TYPE_CHECKING:
    from postmortems.analysis.reviews.readiness import Readiness
    from postmortems.conventions import Policy
    from sites import MakeRecord

RETOLD = {"provenance": "public-report", "organisation": "Someone else"}


def actions(*fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "actions": [{"id": f"A{n}", "title": f"Change {n}"} | each for n, each in enumerate(fields, 1)],
        "no_actions_reason": None,
    }


def runbook(**fields: Any) -> dict[str, Any]:
    return {"output": "runbook", "artefact": "Runbook: gateway", "due": "2026-06-15"} | fields


@pytest.fixture
def found(record: MakeRecord, policy: Policy) -> Any:
    def made(*changes: dict[str, Any]) -> Readiness:
        records = [record(change, name=f"2026-01-{30 - n:02}-case") for n, change in enumerate(changes)]
        return readiness(records, policy, AS_OF)

    return made


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "planned"),
        ({"status": "in-progress"}, "planned"),
        ({"due": "2026-05-31"}, "overdue"),
        ({"due": "2026-06-01"}, "planned"),
        ({"due": None}, "planned"),
        ({"due": "2026-05-31", "status": "in-progress"}, "overdue"),
        ({"due": "2026-05-31", "status": "done", "closed": "2026-05-30"}, "changed"),
        ({"due": "2026-05-31", "status": "verified"}, "changed"),
        ({"due": "2026-05-31", "status": "declined"}, "declined"),
        ({"due": "2026-05-31", "status": "superseded"}, "superseded"),
    ],
    ids=str,
)
def test_where_a_change_stands(found: Any, fields: dict[str, Any], state: str) -> None:
    kept = {name: value for name, value in runbook(**fields).items() if value is not None}
    made = found(actions(kept))
    assert [name for name, changes in made.by_state.items() if changes] == [state]
    assert made.kinds[0].by_state == made.by_state


@pytest.mark.parametrize(
    ("output", "counts"),
    [("runbook", True), ("irp", True), ("report-format", True), ("exercise", True)]
    + [(output, False) for output in ("patch-config", "backup", "staffing", "other")],
)
def test_means_of_response_only(found: Any, output: str, *, counts: bool) -> None:
    assert len(found(actions({"output": output})).changes) == counts
    assert found(actions({})).changes == ()


def test_one_artefact_of_several_incidents(found: Any) -> None:
    made = found(
        actions(runbook(artefact="runbook:  GATEWAY"), {"output": "runbook"}, runbook(artefact="Another")),
        actions(runbook()),
    )
    (kind,) = made.kinds
    assert [(one.name, one.incidents, len(one.changes)) for one in kind.artefacts] == [
        ("Runbook: gateway", 2, 2),  # named as the oldest record does
        ("Another", 1, 1),
        ("", 1, 1),
    ]


def test_kinds_in_their_order(found: Any) -> None:
    made = found(actions({"output": "training"}, {"output": "irp"}, {"output": "alert"}))
    assert [kind.output for kind in made.kinds] == ["irp", "alert", "training"]


def test_others_are_kept_apart(found: Any) -> None:
    retold = actions(runbook(status="not-stated"), {"output": "irp", "status": "done"}, {"output": "other"})
    made = found(retold | RETOLD, actions(runbook(due="2026-01-01", status="open")) | RETOLD, actions(runbook()))
    assert len(made.changes) == 1
    ((organisation, changes),) = made.others
    assert organisation == "Someone else"
    assert [(change.action.output, change.state) for change in changes] == [
        ("irp", "changed"),
        ("runbook", "not-stated"),
        ("runbook", "planned"),  # others' due dates are not ours to watch
    ]


def test_exercises_that_were_held(found: Any) -> None:
    made = found({"class": "exercise"}, {"class": "exercise"} | RETOLD, {})
    assert [record.id for record in made.exercises] == ["2026-01-30-case"]


def test_withdrawn_records_count_nowhere(found: Any) -> None:
    assert found(actions(runbook()) | {"status": "withdrawn"}).changes == ()
