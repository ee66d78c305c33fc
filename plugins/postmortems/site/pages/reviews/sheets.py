"""Worksheets of reviews that lie ahead, and exercises made from incidents that are over: a page for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.documents.sheets import exercise, has_exercise, needs_worksheet, worksheet
from postmortems.rendering.context import updated
from postmortems.site.tree import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from postmortems.analysis.related.related_incidents import Neighbourhood
    from postmortems.documents import Document
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext

# Exercises that have a page, those of the newest incidents; the command makes any other.
MOST_EXERCISES = 200


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets that have a page: their uris by the id of the record; `more` exercises have none."""

    worksheets: Mapping[str, str]
    exercises: Mapping[str, str]
    more: int

    def of(self, record: Postmortem) -> dict[str, str]:
        """The uris of a record's `worksheet` and `exercise`, empty where it has none."""
        return {
            "worksheet": self.worksheets.get(record.id, ""),
            "exercise": self.exercises.get(record.id, ""),
        }


def sheets(records: Iterable[Postmortem]) -> Sheets:
    """Which of the records, newest first, have which sheets."""
    asked = list(records)
    playable = [record.id for record in asked if has_exercise(record)]
    return Sheets(
        {record.id: f"worksheets/{record.id}.md" for record in asked if needs_worksheet(record)},
        {record_id: f"readiness/exercises/{record_id}.md" for record_id in playable[:MOST_EXERCISES]},
        len(playable[MOST_EXERCISES:]),
    )


def pages(context: SiteContext, made: Sheets, similar: Mapping[str, Neighbourhood]) -> Iterator[Page]:
    """All worksheets and exercises; `similar` is what stands beside each record."""
    for record in context.records:
        if record.id in made.worksheets:
            sheet = worksheet(record, context, similar[record.id])
            yield _page(context, made.worksheets[record.id], sheet, record, "review/index.md")
        if record.id in made.exercises:
            sheet = exercise(record, context)
            yield _page(context, made.exercises[record.id], sheet, record, "readiness/index.md")


def _page(context: SiteContext, uri: str, sheet: Document, record: Postmortem, section: str) -> Page:
    return Page(
        uri=uri,
        title=sheet.title,
        description=sheet.title,
        template="document.html",
        context={"site": context, "document": sheet},
        section=section,
        updated=updated(record),
        searchable=False,
    )
