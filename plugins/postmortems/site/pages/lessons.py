"""Lessons: by kind, then by the category of the factors they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis import lessons_by_kind
from postmortems.site.tree import Page

if TYPE_CHECKING:
    from postmortems.site.context import Context


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
            "total": sum(counts.values()),
            "incident_count": sum(1 for record in context.records if record.counts and record.lessons),
        },
        updated=context.updated,
    )
