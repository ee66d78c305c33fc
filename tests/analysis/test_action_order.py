"""Which actions wait, how late they are, and which presses most."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from postmortems.analysis.actions.open_actions import actions_of, priority_level, priority_order, waiting
from postmortems.record import Priority

TODAY = date(2026, 6, 1)


def actions(*entries: dict[str, Any]) -> dict[str, Any]:
    plain = {"title": "Mend it", "owner": "platform", "done_when": "It holds.", "due": "2026-07-01"}
    return {
        "actions": [plain | {"id": f"A{n}"} | entry for n, entry in enumerate(entries, 1)],
        "no_actions_reason": None,
    }


def scales(likelihood: int, impact: int, effort: int) -> dict[str, int]:
    return {"likelihood": likelihood, "impact": impact, "effort": effort}


@pytest.mark.parametrize(
    ("priority", "level", "order"),
    [
        (None, "", None),
        (Priority("high"), "high", None),
        (Priority("low"), "low", None),
        (Priority("", 3, 3, 3), "medium", 3.0),
        (Priority("", 3, 4, 2), "high", 6.0),
        (Priority("", 5, 5, 5), "medium", 5.0),
        (Priority("", 3, 1, 2), "medium", 1.5),
        (Priority("", 1, 1, 5), "low", 0.2),
        (Priority("", 5, 5, 1), "high", 25.0),
    ],
)
def test_levels_of_priority(priority: Priority | None, level: str, order: float | None):
    assert (priority_level(priority), priority_order(priority)) == (level, order)


def test_overdue_first_then_by_priority_then_by_date(record, policy):
    made = record(
        actions(
            {"id": "later", "due": "2026-08-01", "priority": "high"},
            {"id": "soon", "due": "2026-06-02", "priority": "high"},
            {"id": "ranked", "due": "2026-09-01", "priority": scales(4, 5, 1)},
            {"id": "unranked", "due": "2026-06-03"},
            {"id": "late-low", "due": "2026-01-01", "priority": "low"},
            {"id": "late-none", "due": "2026-01-01"},
            {"id": "late-medium", "due": "2026-05-31", "priority": scales(3, 3, 3)},
            {"id": "late-high", "due": "2026-05-30", "priority": scales(3, 4, 2)},
            {"id": "late-higher", "due": "2026-05-31", "priority": scales(5, 5, 1)},
        )
    )
    found = waiting(actions_of([made], policy), TODAY)
    assert [row.of.action.id for row in found] == [
        *("late-higher", "late-high", "late-medium", "late-low", "late-none"),
        *("ranked", "soon", "later", "unranked"),
    ]
    assert [row.late for row in found] == [1, 2, 1, 151, 151, 0, 0, 0, 0]


def test_days_are_counted_from_the_opening(record, policy):
    made = record(actions({}, {"opened": "2026-05-31"}, {"opened": "2026-06-30"}))
    assert [row.age for row in waiting(actions_of([made], policy), TODAY)] == [62, 1, 0]


def test_of_a_month_only_no_age_is_told(record, policy):
    made = record(actions({}), "2026-03-checkout")
    assert [row.age for row in waiting(actions_of([made], policy), TODAY)] == [None]


def test_a_due_date_in_words_is_never_late(record, policy):
    made = record(actions({"due": "before the summer"}))
    assert [row.is_overdue for row in waiting(actions_of([made], policy), TODAY)] == [False]


@pytest.mark.parametrize("status", ["done", "verified", "declined", "superseded", "not-stated"])
def test_what_is_not_open_does_not_wait(record, policy, status: str):
    made = record(actions({"status": status, "closed": "2026-05-01"}))
    assert waiting(actions_of([made], policy), TODAY) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"provenance": "public-report", "organisation": "Someone else"},
        {"provenance": "imported"},
        {"organisation": "Someone else"},
        {"class": "maintenance"},
    ],
)
def test_only_ones_own_first_hand_actions_are_followed(record, policy, changes: dict[str, Any]):
    assert actions_of([record(actions({"status": "open"}) | changes)], policy) == ()
