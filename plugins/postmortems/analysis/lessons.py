"""All lessons: by kind, by the category of the factors they are about, and by whom they are for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.scope import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from postmortems.conventions import Vocabulary
    from postmortems.record import Lesson, Postmortem

KINDS = ("worked", "improve", "lucky")


@dataclass(frozen=True, slots=True)
class LessonUse:
    """A lesson, its record, the factors it is about, and the category of the first; empty for none."""

    record: Postmortem
    lesson: Lesson
    factors: tuple[str, ...]
    category: str


@dataclass(frozen=True, slots=True)
class LessonGroup:
    """Lessons of one kind and one category; `category` is empty for lessons that name no factor."""

    category: str
    lessons: tuple[LessonUse, ...]


def lesson_uses(records: Iterable[Postmortem], vocabulary: Vocabulary) -> tuple[LessonUse, ...]:
    """Every lesson of the records that count, in their order."""
    return tuple(
        LessonUse(record, lesson, factors, _category(factors, vocabulary))
        for record in counted(records)
        for lesson in record.lessons
        for factors in (_terms(record, lesson),)
    )


def leading_lesson(record: Postmortem) -> Lesson | None:
    """The lesson to show beside a record: the first to improve, else the first."""
    improvements = (lesson for lesson in record.lessons if lesson.kind == "improve")
    return next(improvements, next(iter(record.lessons), None))


def lessons_by_kind(records: Iterable[Postmortem], vocabulary: Vocabulary) -> dict[str, tuple[LessonGroup, ...]]:
    """Lessons by kind, then by category in the vocabulary's order, each once, by its first factor."""
    uses = lesson_uses(records, vocabulary)
    return {kind: _groups([use for use in uses if use.lesson.kind == kind], vocabulary) for kind in KINDS}


def lessons_by_audience(uses: Iterable[LessonUse], audiences: Iterable[str]) -> dict[str, tuple[LessonUse, ...]]:
    """Lessons by whom they are for, in the order of `audiences`, then others by name."""
    by_audience: dict[str, list[LessonUse]] = {audience: [] for audience in audiences}
    kept = list(uses)
    for audience in sorted({audience for use in kept for audience in use.lesson.audience}):
        by_audience.setdefault(audience, [])
    for use in kept:
        for audience in dict.fromkeys(use.lesson.audience):
            by_audience[audience].append(use)
    return {audience: tuple(lessons) for audience, lessons in by_audience.items() if lessons}


def _groups(uses: Sequence[LessonUse], vocabulary: Vocabulary) -> tuple[LessonGroup, ...]:
    by_category: dict[str, list[LessonUse]] = {}
    for use in uses:
        by_category.setdefault(use.category, []).append(use)
    return tuple(
        LessonGroup(category, tuple(by_category[category]))
        for category in (*vocabulary.categories, "")
        if category in by_category
    )


def _terms(record: Postmortem, lesson: Lesson) -> tuple[str, ...]:
    factors = (record.factor(factor_id) for factor_id in lesson.about)
    return tuple(dict.fromkeys(factor.factor for factor in factors if factor))


def _category(factors: Sequence[str], vocabulary: Vocabulary) -> str:
    category = vocabulary.category_of(factors[0]) if factors else None
    return category.id if category else ""
