"""Home: what needs attention, then the newest lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.lessons import leading_lesson, lesson_uses
from postmortems.site.pages.lessons import kind_counts
from postmortems.site.tree import Page
from postmortems.texts import _

if TYPE_CHECKING:
    from postmortems.analysis import Attention
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext
    from postmortems.site.causes import Causes

NEWEST = 6
REPEATED = 6


def page(context: SiteContext, attention: Attention, causes: Causes) -> Page:
    """The page, for a site whose owner wrote no home page."""
    organisation = context.conventions.policy.organisation
    return Page(
        uri="index.md",
        title=_("Home"),
        description=_("What %(organisation)s keeps of incidents: what happened, why, and what was changed.")
        % {"organisation": organisation},
        template="home.html",
        context={"site": context, "attention": attention, **block_context(context, causes)},
        updated=context.updated,
    )


def block_context(context: SiteContext, causes: Causes) -> dict[str, object]:
    """What the blocks of the home page show.

    An organisation's own factors recur within a year; those of a library that retells others' do over all years.
    """
    repeated = [use for use in context.uses.values() if use.count > 1 and use.is_cause]
    lessons = lesson_uses(context.records, context.conventions.vocabulary)
    return {
        "newest": [(record, leading_lesson(record)) for record in _newest(context)],
        "repeated": repeated[:REPEATED],
        "recurrences": causes.recurrences if causes.own else None,
        "most": REPEATED,
        "counted": causes.counted,
        "lessons": lessons,
        "kinds": kind_counts(lessons),
        "factors": [use for use in context.uses.values() if use.is_cause],
    }


def _newest(context: SiteContext) -> list[Postmortem]:
    """The newest records: by the day of publication, then by the incident's own date."""
    return sorted(
        context.records,
        key=lambda record: (str(record.published or "9999"), record.date_text, record.id),
        reverse=True,
    )[:NEWEST]
