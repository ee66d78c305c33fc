"""The calendar: open actions and follow-ups of one's own, each a whole day, stable from build to build."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from postmortems.exports.icalendar_file import calendar
from sites import AS_OF, incident

if TYPE_CHECKING:
    from export_cases import MakeEdition

PATH = "incidents/2026/2026-03-31-x.md"


def action(**changes: Any) -> dict[str, Any]:
    given = {"id": "A1", "title": "Mend it, at last; all of it", "owner": "platform", "due": "2026-07-01"}
    return {**given, "done_when": "It holds.", **changes}


def with_actions(*actions: dict[str, Any], **fields: Any) -> str:
    return incident({"actions": list(actions), "no_actions_reason": None, **fields})


def events(content: bytes) -> list[Any]:
    made = Calendar.from_ical(content)
    assert not made.errors
    assert (made["version"], made["prodid"]) == ("2.0", "-//postmortems//EN")
    found = made.walk("VEVENT")
    assert [event.errors for event in found] == [[]] * len(found)
    return found


def test_open_action_is_a_day(context: MakeEdition) -> None:
    made = calendar(context({PATH: with_actions(action())}, site_url="https://example.org"))
    (event,) = events(made)
    assert event["dtstart"].dt == date(2026, 7, 1)
    assert event["dtend"].dt == date(2026, 7, 2)
    assert b"DTSTART;VALUE=DATE:20260701\r\n" in made
    assert event["summary"] == "Due: Mend it, at last; all of it (Platform team)"
    assert event["url"] == "https://example.org/incidents/2026/2026-03-31-x/#a1"
    assert str(event["description"]).split("\n") == [
        "Incident: Checkout refused all cards",
        "Owner: Platform team",
        "Done when: It holds.",
        "Post-mortem: 2026-03-31-x",
    ]
    assert event["transp"] == "TRANSPARENT"


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"due": "2026-05-01"}, True),
        ({"status": "in-progress"}, True),
        ({"status": "done", "closed": "2026-05-01", "evidence": ["x"]}, False),
        ({"status": "declined", "reason": "No."}, False),
        ({"due": "next year"}, False),
    ],
    ids=str,
)
def test_what_is_still_to_be_done(context: MakeEdition, fields: dict[str, Any], *, due: bool) -> None:
    assert len(events(calendar(context({PATH: with_actions(action(**fields))})))) == due


@pytest.mark.parametrize(
    "fields",
    [
        {"provenance": "public-report", "organisation": "Someone else", "sources": []},
        {"provenance": "imported"},
        {"organisation": "Someone else"},
        {"class": "maintenance"},
    ],
    ids=str,
)
def test_actions_of_others_are_not_ours_to_chase(context: MakeEdition, fields: dict[str, Any]) -> None:
    assert events(calendar(context({PATH: with_actions(action(status="open"), **fields)}))) == []


def test_follow_ups_stay_for_a_month(context: MakeEdition) -> None:
    days = [AS_OF.date() + timedelta(days=days) for days in (-31, -30, 0, 40)]
    review = {"held": "2026-04-03", "follow_ups": [day.isoformat() for day in days]}
    found = events(
        calendar(context({PATH: with_actions(action(), review=review)}, site_url="https://example.org"))
    )
    follow_ups = [event for event in found if event["summary"].startswith("Follow-up: ")]
    assert [event["dtstart"].dt for event in follow_ups] == days[1:]
    assert follow_ups[0]["url"].endswith("#review")
    assert "Open: Mend it, at last; all of it" in follow_ups[0]["description"]


def test_ids_and_stamps_stay(context: MakeEdition) -> None:
    files = {
        PATH: with_actions(action(), action(id="A2")),
        "incidents/2026/2026-04-01-y.md": with_actions(action()),
    }
    first, later = calendar(context(files)), calendar(context(files, as_of=AS_OF + timedelta(days=3)))
    assert first == later
    found = events(first)
    assert len({event["uid"] for event in found}) == 3
    assert {event["dtstamp"].dt.isoformat() for event in found} == {"2026-04-07T00:00:00+00:00"}
    moved = events(calendar(context({**files, PATH: with_actions(action(due="2026-08-01"), action(id="A2"))})))
    assert {event["uid"] for event in moved} == {event["uid"] for event in found}


def test_lines_are_folded_and_end_as_the_standard_says(context: MakeEdition) -> None:
    made = calendar(context({PATH: with_actions(action(title="Mänd " * 20))}))
    assert made.endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, made.split(b"\r\n"))) <= 75
    assert b"\n" not in made.replace(b"\r\n", b"")


def test_what_ends_a_line_elsewhere_ends_none_here(context: MakeEdition) -> None:
    text = with_actions(action(title="Mend it")).replace("Mend it", '"Mend\\u2028it"')
    (event,) = events(calendar(context({PATH: text})))
    assert event["summary"] == "Due: Mend it (Platform team)"


def test_a_calendar_is_never_empty(context: MakeEdition) -> None:
    """RFC 5545, 3.6: it must hold a component; of events there may be none."""
    made = Calendar.from_ical(calendar(context({})))
    assert [part.name for part in made.subcomponents] == ["VTIMEZONE"]
