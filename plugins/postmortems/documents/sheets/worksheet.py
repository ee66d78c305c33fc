"""A facilitator's sheet for the review of one incident: what is known, what is not, and what to ask."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from postmortems.documents import Bullets, Checks, Document, Grid, Section
from postmortems.documents.sheets.chronology import chronology_section, communication_section, decisions_section
from postmortems.documents.sheets.open_questions import evaluation_section, open_section
from postmortems.documents.sheets.outcome import actions_section, earlier_section, factors_section, lessons_section
from postmortems.documents.sheets.people import invited
from postmortems.documents.sheets.review_questions import seven_section
from postmortems.rendering import formatting
from postmortems.rendering.labels import word
from postmortems.texts import N_, _, ngettext

if TYPE_CHECKING:
    from postmortems.analysis.related.related_incidents import Neighbourhood
    from postmortems.documents import Words
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext

_GROUND_RULES = (
    N_("We look for what made this possible, not for who did it."),
    N_("Everyone did what made sense to them with what they could see then: ask what that was."),
    N_("We write down roles, systems and decisions; names stay in this room."),
)
_AFTERWARDS = (
    N_("Write the answers, factors, lessons and actions into the record while they are fresh."),
    N_("Record the review: the day, its length, who took part, and why any group was not needed."),
    N_("Name a day for each follow-up session, and brief leadership."),
    N_("Set the status to published once the check has nothing left to say."),
)


def needs_worksheet(record: Postmortem) -> bool:
    """Whether a review of the record lies ahead: a full one, of one's own incident, that is not concluded."""
    return (
        record.provenance == "first-hand"
        and record.counts
        and record.full_review
        and record.status in {"draft", "in-review"}
    )


def worksheet(record: Postmortem, context: SiteContext, neighbourhood: Neighbourhood) -> Document:
    """The sheet of a record, whatever its status; `neighbourhood` is what stands beside it."""
    earlier = earlier_section(record, context, neighbourhood)
    begin = _("There is no summary yet: begin with two sentences on what happened and who felt it.")
    return Document(
        title=_("Review worksheet: %(title)s") % {"title": record.title},
        lead=record.summary or begin,
        facts=_facts(record, context),
        sections=[
            Section("rules", _("How we speak"), [Bullets([_(text) for text in _GROUND_RULES], numbered=True)]),
            _people_section(record, context),
            chronology_section(record),
            decisions_section(record),
            communication_section(record),
            open_section(record, context),
            seven_section(record, context),
            evaluation_section(record),
            factors_section(record, context),
            *([earlier] if earlier else []),
            lessons_section(record),
            actions_section(record, context),
            Section("afterwards", _("Afterwards"), [Checks([_(text) for text in _AFTERWARDS])]),
        ],
    )


def _people_section(record: Postmortem, context: SiteContext) -> Section:
    rows: list[tuple[Words, ...]] = [(who, why, "") for who, why in invited(record, context.conventions.policy)]
    title = _("Who should be in the room")
    return Section("people", title, [Grid(title, (_("Who"), _("Why"), _("Here?")), rows)])


def _facts(record: Postmortem, context: SiteContext) -> list[tuple[str, Words]]:
    services = ", ".join(context.service(record, name) for name in record.services)
    return [
        (_("Incident"), formatting.partial_day(record.date_text)),
        (_("Severity"), _severity(record, context)),
        (_("Class"), word(record.incident_class)),
        (_("Services"), services or _("not recorded")),
        (_("Record"), f"{record.id}; {word(record.status)}; TLP:{record.tlp}"),
        (_("Review"), _due(record, context)),
    ]


def _severity(record: Postmortem, context: SiteContext) -> str:
    declared, final = record.severity.declared, record.severity.id
    if not final:
        return _("not recorded")
    if not declared or declared == final:
        return context.severity(final)
    labels = {"final": context.severity(final), "declared": context.severity(declared)}
    return _("%(final)s (declared as %(declared)s)") % labels


def _due(record: Postmortem, context: SiteContext) -> str:
    """When the review is due by the policy, or when it was held."""
    if record.review and record.review.held:
        return _("held on %(day)s") % {"day": formatting.day(record.review.held)}
    if not record.full_review:
        return _("not required at this severity")
    recovered = record.times.get("recovered")
    if recovered is None:
        return _("due once the incident has recovered")
    due = recovered.day + timedelta(days=context.conventions.policy.review.within_days)
    late = (context.as_of.date() - due).days
    if late <= 0:
        return _("due on %(day)s") % {"day": formatting.day(due)}
    text = ngettext("due on %(day)s, %(count)s day ago", "due on %(day)s, %(count)s days ago", late)
    return text % {"day": formatting.day(due), "count": late}
