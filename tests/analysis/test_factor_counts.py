"""Which factors occur where: one count a record, and what was learnt and done about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from postmortems.analysis import factor_uses
from postmortems.analysis.factors.factor_uses import factors_of

if TYPE_CHECKING:
    from sites import MakeRecord

ROLLOUT, ROLLBACK, RUNBOOK = "change.rollout", "change.rollback", "response.runbook"


def named(*factors: str) -> dict[str, list[dict[str, str]]]:
    return {"factors": [{"factor": factor, "statement": "a -> b"} for factor in factors]}


def test_record_counts_once_for_a_factor(record: MakeRecord) -> None:
    (use,) = factor_uses([record(named(ROLLOUT, ROLLOUT, ROLLOUT))])
    assert use.count == 1
    (occurrence,) = use.occurrences
    assert [factor.id for factor in occurrence.factors] == ["F1", "F2", "F3"]


def test_most_frequent_first_then_by_name(record: MakeRecord) -> None:
    uses = factor_uses([record(named(RUNBOOK, ROLLOUT, ROLLBACK)), record(named(RUNBOOK))])
    assert [(use.factor, use.count) for use in uses] == [(RUNBOOK, 2), (ROLLBACK, 1), (ROLLOUT, 1)]


def test_occurrences_keep_the_order_of_the_records(record: MakeRecord) -> None:
    newest, oldest = record(name="2026-05-01-new"), record(name="2024-05-01-old")
    (use,) = factor_uses([newest, oldest])
    assert [occurrence.record.id for occurrence in use.occurrences] == [newest.id, oldest.id]
    assert use.years == (2024, 2026)


def test_organisations_by_name_each_once(record: MakeRecord) -> None:
    retold = {"provenance": "public-report"}
    records = [record(retold | {"organisation": name}) for name in ("zeta", "Beta", "alpha", "Beta")]
    (use,) = factor_uses(records)
    assert use.organisations == ("alpha", "Beta", "zeta")


@pytest.mark.parametrize("not_counted", [{"class": "maintenance"}, {"status": "withdrawn"}])
def test_what_enters_no_figure(record: MakeRecord, not_counted: dict[str, str]) -> None:
    assert factor_uses([record(not_counted)]) == ()


@pytest.mark.parametrize("incident_class", ["near-miss", "exercise"])
def test_near_misses_and_exercises_have_factors(record: MakeRecord, incident_class: str) -> None:
    assert [use.count for use in factor_uses([record({"class": incident_class})])] == [1]


def test_lessons_and_actions_about_a_factor(record: MakeRecord) -> None:
    found = record(
        {
            **named(ROLLOUT, RUNBOOK),
            "lessons": [
                {"id": "L1", "kind": "improve", "text": "Of the rollout.", "about": ["F1"]},
                {"id": "L2", "kind": "improve", "text": "Of the runbook.", "about": ["F2"]},
                {"id": "L3", "kind": "improve", "text": "Of nothing named."},
            ],
            "actions": [
                {"id": "A1", "title": "By its factor", "addresses": ["F1"]},
                {"id": "A2", "title": "By a lesson about it", "addresses": ["L1"]},
                {"id": "A3", "title": "About another", "addresses": ["F2", "L3"]},
                {"id": "A4", "title": "About nothing named"},
            ],
        }
    )
    use = next(use for use in factor_uses([found]) if use.factor == ROLLOUT)
    (occurrence,) = use.occurrences
    assert [lesson.id for lesson in occurrence.lessons] == ["L1"]
    assert [action.id for action in occurrence.actions] == ["A1", "A2"]


def test_factor_that_the_vocabulary_lacks(record: MakeRecord) -> None:
    assert [use.factor for use in factor_uses([record(named("change.unheard-of"))])] == ["change.unheard-of"]


def test_words_for_no_factor_are_told_apart(record: MakeRecord) -> None:
    uses = factor_uses([record(named("unknown", ROLLOUT, "none", ROLLOUT))])
    assert {use.factor: use.is_cause for use in uses} == {"unknown": False, ROLLOUT: True, "none": False}
    assert factors_of(record(named("unknown", RUNBOOK, ROLLOUT, RUNBOOK))) == (RUNBOOK, ROLLOUT)


def test_no_records() -> None:
    assert factor_uses([]) == ()
