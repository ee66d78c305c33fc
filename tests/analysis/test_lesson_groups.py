"""Lessons by kind and by the category of the factors they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis import lessons_by_kind

if TYPE_CHECKING:
    from postmortems.analysis import LessonGroup
    from postmortems.conventions import Conventions
    from sites import MakeRecord


def lesson(number: int, *about: str, kind: str = "improve") -> dict[str, Any]:
    return {"id": f"L{number}", "kind": kind, "text": f"Lesson {number}.", "about": list(about)}


FACTORS = {
    "factors": [
        {"id": "F1", "factor": "response.runbook", "statement": "a -> b"},
        {"id": "F2", "factor": "change.rollout", "statement": "a -> b"},
        {"id": "F3", "factor": "change.rollback", "statement": "a -> b"},
        {"id": "F4", "factor": "unknown", "statement": "a -> b"},
    ]
}


def laid_out(groups: tuple[LessonGroup, ...]) -> list[tuple[str, list[str]]]:
    return [(group.category, [use.lesson.id for use in group.lessons]) for group in groups]


def test_every_kind_is_there_even_when_empty(record: MakeRecord, example_bank: Conventions) -> None:
    found = lessons_by_kind([], example_bank.vocabulary)
    assert found == {"worked": (), "improve": (), "lucky": ()}
    kinds = [lesson(1, kind="lucky"), lesson(2, kind="worked")]
    found = lessons_by_kind([record({"lessons": kinds} | FACTORS)], example_bank.vocabulary)
    assert {kind: laid_out(groups) for kind, groups in found.items()} == {
        "worked": [("", ["L2"])],
        "improve": [],
        "lucky": [("", ["L1"])],
    }


def test_categories_in_the_order_of_the_vocabulary(record: MakeRecord, example_bank: Conventions) -> None:
    lessons = [lesson(1), lesson(2, "F1"), lesson(3, "F3"), lesson(4, "F2")]
    found = lessons_by_kind([record({"lessons": lessons} | FACTORS)], example_bank.vocabulary)
    assert laid_out(found["improve"]) == [("change", ["L3", "L4"]), ("response", ["L2"]), ("", ["L1"])]


def test_lesson_stands_once_under_its_first_factor(record: MakeRecord, example_bank: Conventions) -> None:
    found = lessons_by_kind([record({"lessons": [lesson(1, "F1", "F2")]} | FACTORS)], example_bank.vocabulary)
    (group,) = found["improve"]
    assert group.category == "response"
    assert [use.factors for use in group.lessons] == [("response.runbook", "change.rollout")]


@pytest.mark.parametrize("about", [["F4"], ["F9"], []], ids=["no-category", "dangling", "none"])
def test_lesson_without_a_category(record: MakeRecord, example_bank: Conventions, about: list[str]) -> None:
    found = lessons_by_kind([record({"lessons": [lesson(1, *about)]} | FACTORS)], example_bank.vocabulary)
    assert laid_out(found["improve"]) == [("", ["L1"])]


def test_lesson_of_a_record_with_one_factor_is_about_it(record: MakeRecord, example_bank: Conventions) -> None:
    found = lessons_by_kind([record()], example_bank.vocabulary)
    assert laid_out(found["improve"]) == [("change", ["L1"])]


@pytest.mark.parametrize("not_counted", [{"class": "maintenance"}, {"status": "withdrawn"}])
def test_what_enters_no_figure(record: MakeRecord, example_bank: Conventions, not_counted: dict[str, str]) -> None:
    found = lessons_by_kind([record(not_counted)], example_bank.vocabulary)
    assert not any(found.values())


def test_newest_record_first_in_a_group(record: MakeRecord, example_bank: Conventions) -> None:
    newest, oldest = record(name="2026-05-01-new"), record(name="2024-05-01-old")
    (group,) = lessons_by_kind([newest, oldest], example_bank.vocabulary)["improve"]
    assert [use.record.id for use in group.lessons] == [newest.id, oldest.id]
