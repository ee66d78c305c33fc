"""All lessons, by kind and by the category of the factors they are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.conventions import Vocabulary
    from postmortems.record import Lesson, Postmortem

KINDS = ("worked", "improve", "lucky")


@dataclass(frozen=True, slots=True)
class LessonUse:
    """A lesson, its record, and the terms of the factors it is about."""

    record: Postmortem
    lesson: Lesson
    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LessonGroup:
    """Lessons of one kind and one category; `category` is empty for lessons that name no factor."""

    category: str
    lessons: tuple[LessonUse, ...]


def lessons_by_kind(records: Iterable[Postmortem], vocabulary: Vocabulary) -> dict[str, tuple[LessonGroup, ...]]:
    """Lessons by kind, then by category in the vocabulary's order; each stands once, under its first factor."""
    order = [*vocabulary.categories, ""]
    found: dict[str, dict[str, list[LessonUse]]] = {kind: {} for kind in KINDS}
    for record in records:
        if not record.counts:
            continue
        for lesson in record.lessons:
            use = LessonUse(record, lesson, _terms(record, lesson))
            category = vocabulary.category_of(use.factors[0]) if use.factors else None
            found[lesson.kind].setdefault(category.id if category else "", []).append(use)
    return {
        kind: tuple(LessonGroup(name, tuple(groups[name])) for name in order if name in groups)
        for kind, groups in found.items()
    }


def _terms(record: Postmortem, lesson: Lesson) -> tuple[str, ...]:
    factors = (record.factor(factor_id) for factor_id in lesson.about)
    return tuple(dict.fromkeys(factor.factor for factor in factors if factor))
