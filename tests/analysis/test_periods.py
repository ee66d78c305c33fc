"""Stretches of days, and when an incident began as exactly as it is known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from postmortems.analysis.statistics.periods import Period, happened, known_as, period, year_before, year_to

if TYPE_CHECKING:
    from sites import MakeRecord


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025Q1", date(2025, 1, 1), date(2025, 3, 31)),
        ("2025-q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-03-04", date(2025, 3, 4), date(2025, 3, 4)),
    ],
)
def test_a_period_by_its_text(text: str, first: date, last: date) -> None:
    assert period(text) == Period(first, last)


@pytest.mark.parametrize(
    "text", ["", "25", "2025Q5", "2025-13", "2025-02-30", "2025-3", "March 2025", "2025-03-04T10:00Z"]
)
def test_what_names_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        period(text)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 11, 22), date(2025, 11, 23)),
        (date(2026, 12, 31), date(2026, 1, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 2, 29)),
    ],
)
def test_a_year_ends_with_its_day(day: date, first: date) -> None:
    assert year_to(day) == Period(first, day)
    assert year_before(year_to(day)).last == date.fromordinal(first.toordinal() - 1)


def test_days_are_counted_with_both_ends() -> None:
    assert Period(date(2026, 3, 1), date(2026, 3, 1)).days == 1
    assert year_to(date(2026, 11, 22)).days == 365


def test_holding_and_meeting() -> None:
    march, day, spring = period("2026-03"), period("2026-03-31"), Period(date(2026, 3, 20), date(2026, 6, 20))
    assert march.holds(day)
    assert not day.holds(march)
    assert march.meets(spring)
    assert not march.holds(spring)
    assert not march.meets(period("2026-04"))


@pytest.mark.parametrize(
    ("times", "first", "last"),
    [
        ({"started": "2026-03-30T23:59Z"}, date(2026, 3, 30), date(2026, 3, 30)),
        ({"started": "2026-03-31T01:00+02:00"}, date(2026, 3, 30), date(2026, 3, 30)),
        ({"started": "2026-03"}, date(2026, 3, 1), date(2026, 3, 31)),
        ({"started": "2026"}, date(2026, 1, 1), date(2026, 12, 31)),
        (
            {"started": {"at": "2026-03-31T00:30Z", "estimated": True, "within": "2h"}},
            date(2026, 3, 30),
            date(2026, 3, 31),
        ),
        ({"detected": "2026-04-01T10:00Z"}, date(2026, 3, 31), date(2026, 3, 31)),
        (None, date(2026, 3, 31), date(2026, 3, 31)),
    ],
)
def test_an_incident_began_when_it_started_else_by_its_id(
    record: MakeRecord, times: dict[str, object] | None, first: date, last: date
) -> None:
    assert happened(record({"times": times})) == Period(first, last)


def test_an_incident_known_by_its_year(record: MakeRecord) -> None:
    known = record({"times": None}, name="2025-old-outage")
    assert happened(known) == known_as(known) == period("2025")
