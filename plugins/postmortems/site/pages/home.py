"""Home: what needs attention, then the newest lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis import lessons_by_kind
from postmortems.site.pages.lessons import lesson_counts
from postmortems.site.tree import Page
from postmortems.site.wording import plural

if TYPE_CHECKING:
    from postmortems.analysis import Attention
    from postmortems.record import Lesson, Postmortem
    from postmortems.site.context import Context

NEWEST = 6
RECURRING = 6


def page(context: Context, attention: Attention) -> Page:
    """The page, for a site whose owner wrote no home page."""
    organisation = context.conventions.policy.organisation
    return Page(
        uri="index.md",
        title="Lessons from incidents",
        description=f"What {organisation} keeps of incidents: what happened, why, and what was changed.",
        template="home.html",
        context={"site": context, "attention": attention, **block_context(context)},
        updated=context.updated,
    )


def block_context(context: Context) -> dict[str, object]:
    """What the blocks of the home page show."""
    recurring = [use for use in context.uses.values() if use.count > 1 and use.factor not in {"unknown", "none"}]
    counted = [record for record in context.records if record.counts]
    lessons = sum(len(record.lessons) for record in counted)
    return {
        "newest": [(record, leading_lesson(record)) for record in _newest(context)],
        "recurring": recurring[:RECURRING],
        "total": len(counted),
        "counts": {
            "incidents/index.md": plural(len(counted), "incident"),
            "lessons/index.md": plural(lessons, "lesson"),
            "factors/index.md": plural(len(context.uses), "factor"),
            "timing/index.md": "How long it took",
        },
        "lesson_counts": lesson_counts(
            lessons_by_kind(context.records, context.conventions.vocabulary), noun="lesson"
        ),
    }


def leading_lesson(record: Postmortem) -> Lesson | None:
    """The lesson to show beside a record: the first to improve, else the first."""
    improvements = (lesson for lesson in record.lessons if lesson.kind == "improve")
    return next(improvements, next(iter(record.lessons), None))


def _newest(context: Context) -> list[Postmortem]:
    """The newest records: by the day of publication, then by the incident's own date."""
    return sorted(
        context.records,
        key=lambda record: (str(record.published or "9999"), record.date_text, record.id),
        reverse=True,
    )[:NEWEST]
