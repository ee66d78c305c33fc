"""Lessons: by kind, then by the category of the factors they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis import lessons_by_kind
from postmortems.site.tree import Page
from postmortems.site.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.analysis import LessonGroup
    from postmortems.site.context import Context


_ABOUT = {"improve": "on what to improve", "worked": "on what worked", "lucky": "where luck helped"}


def lesson_counts(kinds: Mapping[str, tuple[LessonGroup, ...]], noun: str = "") -> list[str]:
    """How many lessons of each kind there are, in words; kinds without any are left out."""
    counts = {kind: sum(len(group.lessons) for group in kinds[kind]) for kind in _ABOUT}
    told = [(count, _ABOUT[kind]) for kind, count in counts.items() if count]
    if not told:
        return ["no lessons yet"]
    (first, about), *others = told
    opening = f"{plural(first, noun)} {about}" if noun else f"{first} {about}"
    return [opening, *(f"{count} {about}" for count, about in others)]


def page(context: Context) -> Page:
    """The page of all lessons."""
    kinds = lessons_by_kind(context.records, context.conventions.vocabulary)
    counts = {kind: sum(len(group.lessons) for group in groups) for kind, groups in kinds.items()}
    return Page(
        uri="lessons/index.md",
        title="Lessons",
        description="What worked, what to improve and where luck helped, from every incident.",
        template="lessons.html",
        context={
            "site": context,
            "kinds": kinds,
            "counts": counts,
            "lesson_counts": lesson_counts(kinds),
            "total": sum(counts.values()),
            "incident_count": sum(1 for record in context.records if record.counts and record.lessons),
        },
        updated=context.updated,
    )
