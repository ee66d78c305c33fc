"""The brief of a library of other organisations' incidents: what was published for others to learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.lessons import leading_lesson
from postmortems.documents import Bullets, Document, Paragraph, Phrase, Section
from postmortems.documents.brief.pieces import filled, incident, months_of, number, quarter_name, said
from postmortems.rendering import formatting
from postmortems.texts import _, ngettext

if TYPE_CHECKING:
    from postmortems.analysis.brief.published import Published
    from postmortems.documents import Block, Words
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext

_LISTED, _SHARED = 8, 5


def retold_brief(published: Published, context: SiteContext) -> Document:
    """A quarter of a library that holds no incident of its owner."""
    return Document(
        title=_("Leadership brief, %(quarter)s") % {"quarter": quarter_name(published.quarter)},
        lead=_lead(published),
        facts=(
            (_("Library"), said(context.conventions.policy.organisation)),
            (_("Quarter"), said(months_of(published.quarter))),
        ),
        sections=(
            *_lessons(published, context),
            *_shared(published, context),
            Section("own", _("What is not here"), [Paragraph(_missing(context))]),
        ),
    )


def _lead(published: Published) -> Words:
    quarter = quarter_name(published.quarter)
    if not published.records and not published.since:
        return filled(_("Nothing was published here in %(quarter)s."), quarter=quarter)
    if not published.records:
        return filled(
            ngettext(
                "Nothing was published here in %(quarter)s; %(n)s incident was retold since.",
                "Nothing was published here in %(quarter)s; %(n)s incidents were retold since.",
                len(published.since),
            ),
            quarter=quarter,
            n=number("since", published.since, _("published since")),
        )
    return filled(
        ngettext(
            "In %(quarter)s %(n)s incident was retold here for others to learn from, of %(organisations)s.",
            "In %(quarter)s %(n)s incidents were retold here for others to learn from, of %(organisations)s.",
            len(published.records),
        ),
        quarter=quarter,
        n=number("published", published.records, _("published in the quarter")),
        organisations=said(formatting.listing(published.organisations)),
    )


def _lessons(published: Published, context: SiteContext) -> list[Section]:
    records = published.records or published.since
    if not records:
        return []
    shown = records[:_LISTED]
    blocks: list[Block] = [Bullets([_lesson(record, context) for record in shown])]
    left = len(records) - len(shown)
    if left:
        blocks.append(Paragraph(filled(_("And %(n)s more."), n=number("more", left)), note=True))
    return [Section("lessons", _("What they teach"), blocks)]


def _lesson(record: Postmortem, context: SiteContext) -> Words:
    lesson = leading_lesson(record)
    words = (Phrase(record.organisation, strong=True, said=True), ": ", *incident(record, context))
    return (*words, ". ", *said(lesson.text)) if lesson else words


def _shared(published: Published, context: SiteContext) -> list[Section]:
    """The factors that several of them share: of chosen incidents, so a count of lessons and no frequency."""
    if not published.shared:
        return []
    lines = [
        (*said(context.factor(factor)), ": ", *number(f"factor.{factor}", records, context.factor(factor)))
        for factor, records in published.shared[:_SHARED]
    ]
    note = _(
        "They were chosen for their lessons: a count says what there is to learn here, not how often it happens."
    )
    return [Section("factors", _("Factors that they share"), [Bullets(lines), Paragraph(note, note=True)])]


def _missing(context: SiteContext) -> Words:
    return filled(
        _(
            "This library has no incidents of %(organisation)s, so the brief has no counts of incidents, actions "
            "and reviews."
        ),
        organisation=said(context.conventions.policy.organisation),
    )
