"""Lessons: by kind, by the category of the factors they are about, and by whom they are for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from postmortems.analysis.lessons import lesson_uses, lessons_by_audience, lessons_by_kind
from postmortems.rendering.labels import in_words
from postmortems.site.tree import Page
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from postmortems.analysis.lessons import LessonUse
    from postmortems.rendering.context import SiteContext

LISTING = "lessons/index.md"
KINDS = ("improve", "worked", "lucky")  # in the order in which they are of use
NEWEST = 8  # of each group on the listing; its own page has the others
MOST = 800  # on one page, so that it stays light


def pages(context: SiteContext) -> list[Page]:
    """The listing, a page for each category with lessons, and one for each audience."""
    vocabulary = context.conventions.vocabulary
    uses = lesson_uses(context.records, vocabulary)
    audiences = lessons_by_audience(uses, context.conventions.policy.audiences_of_lessons)
    by_category: dict[str, list[LessonUse]] = {}
    for use in uses:
        by_category.setdefault(use.category, []).append(use)
    return [
        _index(context, uses, audiences),
        *(
            _part(context, category_uri(name), _on(context, name), by_category[name])
            for name in (*vocabulary.categories, "")
            if name in by_category
        ),
        *(
            _part(
                context, audience_uri(name), _("Lessons for: %(audience)s") % {"audience": in_words(name)}, lessons
            )
            for name, lessons in audiences.items()
        ),
    ]


def category_uri(category: str) -> str:
    """Where all lessons of a category lie; of those that name no factor, for an empty one."""
    return f"lessons/on-{category}.md" if category else "lessons/others.md"


def audience_uri(audience: str) -> str:
    """Where all lessons for an audience lie."""
    return f"lessons/for-{audience}.md"


def kind_counts(uses: Iterable[LessonUse]) -> dict[str, int]:
    """How many lessons there are of each kind that occurs."""
    counts = Counter(use.lesson.kind for use in uses)
    return {kind: counts[kind] for kind in KINDS if counts[kind]}


def _index(context: SiteContext, uses: Sequence[LessonUse], audiences: Mapping[str, Sequence[LessonUse]]) -> Page:
    return Page(
        uri=LISTING,
        title=_("Lessons"),
        description=_("What worked, what to improve and where luck helped, from every incident."),
        template="lessons/lessons.html",
        context={
            "site": context,
            "kinds": lessons_by_kind(context.records, context.conventions.vocabulary),
            "counts": kind_counts(uses),
            "uses": uses,
            "incidents": _records(uses),
            "audiences": [(name, audience_uri(name), lessons) for name, lessons in audiences.items()],
            "category_uri": category_uri,
            "newest": NEWEST,
        },
        updated=context.updated,
    )


def _part(context: SiteContext, uri: str, title: str, uses: Sequence[LessonUse]) -> Page:
    return Page(
        uri=uri,
        title=title,
        description=_("%(title)s: what worked, what to improve and where luck helped.") % {"title": title},
        template="lessons/lessons-part.html",
        context={
            "site": context,
            "title": title,
            "uses": uses,
            "counts": kind_counts(uses),
            "incidents": _records(uses),
            "shown": uses[:MOST],
        },
        section=LISTING,
        updated=context.updated,
        searchable=False,  # each lesson is found on the page of its incident
    )


def _on(context: SiteContext, category: str) -> str:
    entry = context.conventions.vocabulary.categories.get(category)
    return _("Lessons on: %(category)s") % {"category": entry.label} if entry else _("Other lessons")


def _records(uses: Sequence[LessonUse]) -> tuple[object, ...]:
    """The incidents that taught lessons, each once."""
    return tuple({use.record.id: use.record for use in uses}.values())
