"""Repeats after a fix and before one: which incidents, of how many that could."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.factors.repeats import repeating

if TYPE_CHECKING:
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem
    from sites import MakeRecord

ROLLOUT, RUNBOOK = "change.rollout", "response.runbook"
DONE = {"status": "done", "closed": "2026-02-01"}


@pytest.fixture
def on(record: MakeRecord) -> Any:
    """A record of a day, with factors and the actions on the first of them."""

    def made(day: str, *factors: str, actions: tuple[dict[str, Any], ...] = (), **changes: Any) -> Postmortem:
        fields = {
            "factors": [{"factor": factor, "statement": "a -> b"} for factor in factors or (ROLLOUT,)],
            "times": {"started": f"{day}T10:00Z"},
            "actions": [
                {"id": f"A{n}", "title": "Mend it", "owner": "platform", "addresses": ["F1"]} | action
                for n, action in enumerate(actions, 1)
            ],
        }
        return record(fields | changes, name=f"{day}-case")

    return made


def names(entries: Any) -> list[tuple[str, list[tuple[str, str, list[str]]]]]:
    return [
        (
            entry.record.date_text,
            [
                (found.earlier.date_text, found.factor, [action.id for action in found.actions])
                for found in entry.repetitions
            ],
        )
        for entry in entries
    ]


def test_after_the_fix(on: Any, policy: Policy) -> None:
    found = repeating([on("2026-03-01"), on("2026-01-01", actions=(DONE, DONE))], policy)
    assert names(found.after_fix) == [("2026-03-01", [("2026-01-01", ROLLOUT, ["A1", "A2"])])]
    assert found.before_fix == ()
    assert (found.after_share.k, found.after_share.n, found.before_share.k) == (1, 2, 0)


def test_before_the_fix(on: Any, policy: Policy) -> None:
    late = {**DONE, "closed": "2026-03-01"}  # on the very day
    found = repeating([on("2026-03-01"), on("2026-01-01", actions=({}, late))], policy)
    assert names(found.before_fix) == [("2026-03-01", [("2026-01-01", ROLLOUT, ["A1", "A2"])])]
    assert found.after_fix == ()


def test_an_incident_can_be_both(on: Any, policy: Policy) -> None:
    found = repeating([on("2026-03-01"), on("2026-01-01", actions=(DONE, {}))], policy)
    assert names(found.after_fix) == [("2026-03-01", [("2026-01-01", ROLLOUT, ["A1"])])]
    assert names(found.before_fix) == [("2026-03-01", [("2026-01-01", ROLLOUT, ["A2"])])]


def test_an_incident_counts_once_whatever_it_repeats(on: Any, policy: Policy) -> None:
    both = {"actions": (DONE, {**DONE, "addresses": ["F2"]})}
    records = [
        on("2026-03-01", ROLLOUT, RUNBOOK),
        on("2025-05-01", ROLLOUT, RUNBOOK, **both, published="2025-06-01"),
        on("2025-01-01", actions=({**DONE, "closed": "2025-02-01"},), published="2025-06-01"),
    ]
    found = repeating(records, policy)
    assert [len(entry.repetitions) for entry in found.after_fix] == [3, 1]
    assert found.after_fix[0].repetitions[0].earlier.date_text == "2025-05-01"  # the newest earlier one first
    assert (found.after_share.k, found.after_share.n) == (2, 3)


@pytest.mark.parametrize(
    "changes",
    [
        {"provenance": "imported"},
        {"provenance": "public-report", "organisation": "Someone else"},
        {"organisation": "A subsidiary"},
        {"class": "exercise"},
        {"services": ["payments"]},
        {"not_related": ["2026-01-01-case"]},
    ],
)
def test_what_repeats_nothing(on: Any, policy: Policy, changes: dict[str, Any]) -> None:
    found = repeating([on("2026-03-01", **changes), on("2026-01-01", actions=(DONE,))], policy)
    assert (found.after_fix, found.before_fix) == ((), ())


def test_an_exercise_can_be_what_is_repeated(on: Any, policy: Policy) -> None:
    found = repeating([on("2026-03-01"), on("2026-01-01", actions=({},), **{"class": "exercise"})], policy)
    assert [entry.record.date_text for entry in found.before_fix] == ["2026-03-01"]
    assert found.before_share.n == 1  # an exercise could repeat nothing itself


def test_an_incident_without_a_known_start_is_left_out_of_the_whole(on: Any, policy: Policy) -> None:
    found = repeating([on("2026-03-01"), on("2026-01-01", times=None)], policy)
    assert (found.after_share.n, found.after_share.k) == (1, 0)
    assert [(exclusion.reason, exclusion.count) for exclusion in found.after_share.excluded] == [
        ("without a known start", 1)
    ]


def test_narrowed_down_to_a_factor(on: Any, policy: Policy) -> None:
    records = [
        on("2026-03-01", ROLLOUT, RUNBOOK),
        on("2026-01-01", ROLLOUT, RUNBOOK, actions=(DONE, {"addresses": ["F2"]})),
    ]
    found = repeating(records, policy)
    assert [names(entries) for entries in found.of_factor(ROLLOUT)] == [
        [("2026-03-01", [("2026-01-01", ROLLOUT, ["A1"])])],
        [],
    ]
    assert [len(entries) for entries in found.of_factor(RUNBOOK)] == [0, 1]


def test_no_records(policy: Policy) -> None:
    found = repeating([], policy)
    assert (found.after_fix, found.after_share.value, found.after_share.interval) == ((), None, None)
