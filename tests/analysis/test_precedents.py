"""Precedents: which incidents enter, and what they say in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.precedents import (
    EXAMPLES,
    HELPED,
    by_service,
    by_trigger,
    checklist,
    enters,
    shown_helped,
)

if TYPE_CHECKING:
    from sites import MakeRecord

OWN = "Example Bank"
ELSEWHERE = {
    "organisation": "Another Bank",
    "provenance": "public-report",
    "sources": [{"url": "https://example.org", "kind": "primary"}],
}


def factor(term: str, role: str = "contributing", statement: str = "a -> b") -> dict[str, Any]:
    return {"factor": term, "role": role, "statement": statement}


def action(number: int, output: str | None = None, status: str = "done") -> dict[str, Any]:
    made = {"id": f"A{number}", "title": f"Do {number}", "status": status, "opened": "2026-01-01"}
    return made | ({"output": output} if output else {})


@pytest.mark.parametrize(
    ("changes", "does"),
    [
        ({}, True),
        ({"class": "near-miss"}, True),
        ({"class": "security"}, True),
        (ELSEWHERE, True),
        ({"class": "exercise"}, False),
        ({"class": "maintenance"}, False),
        ({"status": "withdrawn"}, False),
        ({"trigger": "unknown"}, False),
        ({"trigger": None}, False),
    ],
)
def test_what_enters(record: MakeRecord, changes: dict[str, Any], *, does: bool) -> None:
    made = record(changes)
    assert enters(made) is does
    assert by_trigger([made]) == ({"deploy": (made,)} if does else {})


def test_by_trigger_keeps_the_order(record: MakeRecord) -> None:
    new, old = record(name="2026-02-01-new"), record(name="2026-01-01-old")
    other = record({"trigger": "expiry"}, "2026-01-15-other")
    assert by_trigger([new, other, old]) == {"deploy": (new, old), "expiry": (other,)}


def test_services_of_ones_own_and_of_others(record: MakeRecord) -> None:
    one = record({"services": ["checkout", "payments"]}, "2026-02-01-one")
    two = record({"services": ["payments"]}, "2026-01-01-two")
    theirs = record(ELSEWHERE | {"services": ["payments", "dns"]}, "2025-01-01-theirs")
    found = by_service([one, two, theirs], OWN)
    assert list(found) == ["payments", "checkout", "Another Bank/dns", "Another Bank/payments"]
    assert found["payments"] == (one, two)
    assert found["Another Bank/payments"] == (theirs,)


def test_factors_by_role_and_by_how_many_incidents_they_are_of(record: MakeRecord) -> None:
    one = record({"factors": [factor("change.review"), factor("change.rollout", "initiating"),
                              factor("response.runbook", "prolonging")]}, "2026-02-01-one")  # fmt: skip
    two = record({"factors": [factor("change.rollout"), factor("change.rollout"), factor("unknown"),
                              factor("change.rollout", "prolonging")]}, "2026-01-01-two")  # fmt: skip
    found = checklist([one, two], OWN)
    assert [(group.key, len(group.lines), group.records) for group in found.wrong] == [
        ("change.rollout", 3, (one, two)),
        ("change.review", 1, (one,)),
    ]
    assert [(group.key, group.records) for group in found.longer] == [
        ("change.rollout", (two,)),
        ("response.runbook", (one,)),
    ]


def test_ones_own_come_first_then_the_newest_one_example_an_incident(record: MakeRecord) -> None:
    theirs = record(ELSEWHERE | {"factors": [factor("change.rollout")]}, "2026-05-01-theirs")
    mine = [record({"factors": [factor("change.rollout", statement=f"{n} -> x"), factor("change.rollout")]},
                   f"2026-0{n}-01-mine") for n in (4, 3, 2, 1)]  # fmt: skip
    [group] = checklist([theirs, *mine], OWN).wrong
    assert group.records == (*mine, theirs)
    assert [line.record for line in group.examples] == mine[:EXAMPLES]
    assert [line.factor.statement for line in group.examples] == ["4 -> x", "3 -> x", "2 -> x"]


def test_what_helped_is_what_worked_then_luck(record: MakeRecord) -> None:
    lessons = ["lucky: It was night.", "improve: Not this.", "worked: The alarm."]
    found = checklist([record({"lessons": lessons})], OWN)
    assert [line.lesson.text for line in found.helped] == ["The alarm.", "It was night."]


@pytest.mark.parametrize(
    ("worked", "lucky", "shown"),
    [
        (0, 0, (0, 0)),
        (3, 2, (3, 2)),
        (20, 0, (12, 0)),
        (0, 20, (0, 12)),
        (15, 15, (8, 4)),
        (10, 3, (9, 3)),
        (20, 2, (10, 2)),
    ],
)
def test_of_many_lessons_mostly_those_on_what_worked(
    record: MakeRecord, worked: int, lucky: int, shown: tuple[int, int]
) -> None:
    lessons = [f"worked: W{n}." for n in range(worked)] + [f"lucky: L{n}." for n in range(lucky)]
    found = checklist([record({"lessons": lessons or ["improve: x"]})], OWN).helped
    kept = [line.lesson.kind for line in shown_helped(found)]
    assert (kept.count("worked"), kept.count("lucky")) == shown
    assert len(kept) <= HELPED


def test_changes_by_output_without_what_was_not_done(record: MakeRecord) -> None:
    one = record({"actions": [action(1, "alert"), action(2), action(3, "runbook", "declined"), action(4, "alert")],
                  "no_actions_reason": None}, "2026-02-01-one")  # fmt: skip
    two = record({"actions": [action(1, "runbook", "open"), action(2, "alert"), action(3, "other")],
                  "no_actions_reason": None}, "2026-01-01-two")  # fmt: skip
    found = checklist([one, two], OWN).changed
    assert [(group.key, len(group.lines), len(group.records)) for group in found] == [
        ("alert", 3, 2),
        ("runbook", 1, 1),
        ("other", 2, 2),
    ]


def test_of_nothing(record: MakeRecord) -> None:
    found = checklist([], OWN)
    assert (found.records, found.wrong, found.longer, found.helped, found.changed) == ((), (), (), (), ())
    assert (by_service([], OWN), by_trigger([])) == ({}, {})


def test_organisations_by_name(record: MakeRecord) -> None:
    records = [record(ELSEWHERE, "2026-05-01-theirs"), record(name="2026-04-01-mine")]
    assert checklist(records, OWN).organisations == ("Another Bank", OWN)
