"""A calendar of what is due (iCalendar, RFC 5545): open actions and follow-ups, each a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from postmortems.analysis.statistics.scope import first_hand
from postmortems.exports.export_context import updated
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.exports.export_context import ExportContext
    from postmortems.record import Postmortem

_Dated: TypeAlias = tuple[date, str, Event]  # its day, its id and the event

REMEMBERED = timedelta(days=30)
"""How long a follow-up stays in the calendar after its day. An action stays until it is done or declined."""


def calendar(context: ExportContext) -> bytes:
    """The calendar. An event's id and stamp come from its record, so it stays until the record changes."""
    made = Calendar()
    made.add("prodid", "-//postmortems//EN")
    made.add("version", "2.0")
    name = _("Due after incidents: %(organisation)s") % {"organisation": context.organisation}
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("method", "PUBLISH")
    records = first_hand(context.records.values(), context.conventions.policy)
    due = [dated for record in records for dated in (*_actions(context, record), *_follow_ups(context, record))]
    for _day, _id, event in sorted(due, key=lambda dated: dated[:2]):
        made.add_component(event)
    if not due:
        made.add_component(_utc())
    return bytes(made.to_ical())


def _actions(context: ExportContext, record: Postmortem) -> Iterator[_Dated]:
    for action in record.actions:
        if action.is_open and action.due:
            owner = context.conventions.policy.team_label(action.owner)
            lines = [
                _("Incident: %(title)s") % {"title": record.title},
                *([_("Owner: %(team)s") % {"team": owner}] if owner else []),
                *([_("Done when: %(condition)s") % {"condition": action.done_when}] if action.done_when else []),
            ]
            words = _("Due: %(action)s") % {"action": action.title} + (f" ({owner})" if owner else "")
            yield _event(
                context,
                record,
                f"action {action.id}",
                action.due,
                words=words,
                lines=lines,
                anchor=action.id.lower(),
            )


def _follow_ups(context: ExportContext, record: Postmortem) -> Iterator[_Dated]:
    since = context.as_of.date() - REMEMBERED
    for day in record.review.follow_ups if record.review else ():
        if day >= since:
            still_open = [action.title for action in record.actions if action.is_open]
            lines = [_("Open: %(action)s") % {"action": title} for title in still_open] or [
                _("No action is open.")
            ]
            yield _event(
                context,
                record,
                f"follow-up {day}",
                day,
                words=_("Follow-up: %(title)s") % {"title": record.title},
                lines=lines,
                anchor="review",
            )


def _event(  # noqa: PLR0913 - what an event is of, when, and what it says
    context: ExportContext, record: Postmortem, name: str, day: date, *, words: str, lines: list[str], anchor: str
) -> _Dated:
    page = context.page(record)
    uid = context.urn("due", record.id, name).removeprefix("urn:uuid:")
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(updated(record) or day, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _line(words))
    if context.addresses.top:
        event.add("url", f"{page}#{anchor}")
    event.add("description", "\n".join([*map(_line, lines), _("Post-mortem: %(id)s") % {"id": record.id}]))
    return day, uid, event


def _line(text: str) -> str:
    """A text on one line, whatever a reader of calendars takes for the end of one."""
    return " ".join(text.split())


def _utc() -> Timezone:
    """A calendar must hold something; where nothing is due, it holds the definition of UTC."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - here the form is local time
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone = Timezone()
    zone.add("tzid", "UTC")
    zone.add_component(standard)
    return zone
