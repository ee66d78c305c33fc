"""What happened in order, and where nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.timing.chronology import beginning, chronology, gaps, silences

if TYPE_CHECKING:
    from postmortems.record import Postmortem
    from sites import MakeRecord


def at(clock: str) -> str:
    return f"2026-03-31T{clock}Z"


def story(record: MakeRecord, *entries: tuple[str, str], **times: str) -> Postmortem:
    """A record with entries (time, kind) and milestones; a time is a clock of the day, or a date."""

    def moment(text: str) -> str:
        return at(text) if ":" in text else text

    timeline: list[dict[str, Any]] = [
        {"at": moment(time), "what": f"At {time}.", "kind": kind} for time, kind in entries
    ]
    return record({"timeline": timeline, "times": {name: moment(text) for name, text in times.items()}})


def told(record: Postmortem) -> list[tuple[str, tuple[str, ...]]]:
    return [(point.entry.what if point.entry else "", point.milestones) for point in chronology(record)]


def test_milestones_are_put_where_they_belong(record: MakeRecord) -> None:
    made = story(
        record,
        ("10:00", "action"),
        ("10:20", "observation"),
        ("10:50", "action"),
        ("2026-03-31", "communication"),  # known to the day: it stays where its author put it
        started="10:10",
        detected="10:20",
        declared="10:30",
        contained="10:30",
        recovered="11:00",
    )
    assert told(made) == [
        ("At 10:00.", ()),
        ("", ("started",)),
        ("At 10:20.", ("detected",)),
        ("", ("declared", "contained")),
        ("At 10:50.", ()),
        ("At 2026-03-31.", ()),
        ("", ("recovered",)),
    ]


def test_the_trigger_is_one_of_them(record: MakeRecord) -> None:
    made = record({"trigger": {"kind": "deploy", "at": at("10:00")}, "times": {"started": at("10:05")}})
    assert [point.milestones for point in chronology(made)] == [("trigger",), ("started",)]


@pytest.mark.parametrize(
    ("times", "text"),
    [
        ({"started": "10:10", "detected": "10:20"}, at("10:10")),
        ({"detected": "10:20"}, at("10:15")),  # the first entry
        ({"started": "2026-03-31"}, at("10:15")),  # a day is no moment to count from
    ],
    ids=str,
)
def test_from_where_time_is_counted(record: MakeRecord, times: dict[str, str], text: str) -> None:
    found = beginning(story(record, ("10:15", "action"), **times))
    assert found
    assert found.text == text


def test_without_any_clock_there_is_none(record: MakeRecord) -> None:
    made = story(record, ("2026-03-31", "action"))
    assert beginning(made) is None
    assert gaps(made) == ()


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        (("10:10", "10:24"), []),  # under a quarter of an hour
        (("10:15",), ["10:00 to 10:15", "10:15 to 10:30"]),
        (("10:10", "10:20", "12:00"), ["10:20 to 12:00"]),
        (("09:00", "10:10"), ["10:10 to 10:30"]),  # what is before the start is no gap of the incident
    ],
    ids=str,
)
def test_gaps(record: MakeRecord, entries: tuple[str, ...], found: list[str]) -> None:
    end = "12:05" if "12:00" in entries else "10:30"
    made = story(record, *((time, "action") for time in entries), started="10:00", recovered=end)
    assert [f"{gap.start.text[11:16]} to {gap.end.text[11:16]}" for gap in gaps(made)] == found


def test_a_long_incident_has_only_long_gaps(record: MakeRecord) -> None:
    made = story(record, ("10:59", "action"), ("12:00", "action"), started="10:00", recovered="20:00")
    assert [gap.length.total_seconds() / 3600 for gap in gaps(made)] == pytest.approx([61 / 60, 8])


def test_silences(record: MakeRecord) -> None:
    made = story(
        record,
        ("10:00", "communication"),
        ("10:30", "observation"),
        ("12:00", "communication"),
        ("13:00", "communication"),
        detected="10:10",
        recovered="12:05",
    )
    assert [f"{gap.start.text[11:16]} to {gap.end.text[11:16]}" for gap in silences(made)] == ["10:10 to 12:00"]
    assert silences(story(record, ("10:00", "communication"), recovered="12:00")) == ()
