"""Feed entries: one for each of the newest published post-mortems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from markupsafe import Markup

from postmortems.exports.export_context import updated
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from postmortems.exports.export_context import ExportContext
    from postmortems.record import Postmortem

MOST = 50
"""How many entries a feed has at most: readers ask for it often, and keep the older ones themselves."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A post-mortem in a feed. `html` is its summary and lessons; `published` and `updated` begin their days."""

    record: Postmortem
    id: str
    html: str
    published: datetime
    updated: datetime
    labels: tuple[str, ...]


def entries(context: ExportContext) -> Sequence[Entry]:
    """The entries, last changed first; only published records with a publication date."""
    dated = [
        (day, record)
        for record in context.records.values()
        if record.status == "published" and (day := updated(record))
    ]
    dated.sort(key=lambda pair: (pair[0], pair[1].date_text, pair[1].id), reverse=True)
    return [_entry(context, record, day) for day, record in dated[:MOST]]


def last_change(context: ExportContext, newest: Sequence[Entry]) -> datetime:
    """When a feed last changed; the build's time for an empty one."""
    return max((entry.updated for entry in newest), default=context.as_of)


def about(context: ExportContext) -> str:
    """The description of a feed, with its audience if restricted."""
    sentence = _("What happened, why, and what was learnt, as published.")
    audience = context.corpus.audience
    if audience == "public":
        return sentence
    restricted = _("Not for the public: made for the audience `%(audience)s`.") % {"audience": audience.value}
    return f"{sentence} {restricted}"


def _entry(context: ExportContext, record: Postmortem, changed: date) -> Entry:
    vocabulary = context.conventions.vocabulary
    factors = dict.fromkeys(vocabulary.factor_label(factor.factor) for factor in record.factors)
    return Entry(
        record,
        context.urn("incident", record.id),
        _html(record),
        _start_of(record.published or changed),
        _start_of(changed),
        tuple(word for word in (record.severity.id, *record.services, *factors) if word),
    )


def _html(record: Postmortem) -> str:
    parts = [Markup("<p>{}: {}</p>").format(record.organisation, record.summary)] if record.summary else []
    if record.lessons:
        lessons = Markup().join(Markup("<li>{}</li>").format(lesson.text) for lesson in record.lessons)
        parts.append(Markup("<p>{}</p><ul>{}</ul>").format(_("Lessons:"), lessons))
    return str(Markup().join(parts))


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
