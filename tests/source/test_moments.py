"""Moments: what is one, how exactly it is known, and what can be said of two."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from postmortems.source import Margin, Moment, MomentError, Precision, parse_date, parse_moment

LAST = datetime.max.replace(tzinfo=UTC)
FIRST = datetime.min.replace(tzinfo=UTC)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "precision", "at", "latest"),
    [
        ("2019-07-02T13:42:10Z", Precision.SECOND, utc(2019, 7, 2, 13, 42, 10), utc(2019, 7, 2, 13, 42, 11)),
        ("2019-07-02T13:42:10.5Z", Precision.SECOND, utc(2019, 7, 2, 13, 42, 10), utc(2019, 7, 2, 13, 42, 11)),
        (
            "2019-07-02T13:42:10.123456789Z",
            Precision.SECOND,
            utc(2019, 7, 2, 13, 42, 10),
            utc(2019, 7, 2, 13, 42, 11),
        ),
        ("2019-07-02T13:42Z", Precision.MINUTE, utc(2019, 7, 2, 13, 42), utc(2019, 7, 2, 13, 43)),
        ("2019-07-02T13:42+02:00", Precision.MINUTE, utc(2019, 7, 2, 11, 42), utc(2019, 7, 2, 11, 43)),
        ("2019-07-02T23:42-09:30", Precision.MINUTE, utc(2019, 7, 3, 9, 12), utc(2019, 7, 3, 9, 13)),
        ("2019-07-02T13:42-00:00", Precision.MINUTE, utc(2019, 7, 2, 13, 42), utc(2019, 7, 2, 13, 43)),
        ("2019-07-02T13:42+23:59", Precision.MINUTE, utc(2019, 7, 1, 13, 43), utc(2019, 7, 1, 13, 44)),
        ("2019-07-02", Precision.DAY, utc(2019, 7, 2), utc(2019, 7, 3)),
        ("2020-02-29", Precision.DAY, utc(2020, 2, 29), utc(2020, 3, 1)),
        ("2019-02", Precision.MONTH, utc(2019, 2, 1), utc(2019, 3, 1)),
        ("2020-02", Precision.MONTH, utc(2020, 2, 1), utc(2020, 3, 1)),
        ("2019-12", Precision.MONTH, utc(2019, 12, 1), utc(2020, 1, 1)),
        ("2019", Precision.YEAR, utc(2019, 1, 1), utc(2020, 1, 1)),
        ("2020", Precision.YEAR, utc(2020, 1, 1), utc(2021, 1, 1)),
        ("0001", Precision.YEAR, FIRST, utc(2, 1, 1)),
        ("9999", Precision.YEAR, utc(9999, 1, 1), LAST),
        ("9999-12", Precision.MONTH, utc(9999, 12, 1), LAST),
        ("9999-12-31", Precision.DAY, utc(9999, 12, 31), LAST),
        ("9999-12-31T23:59:59Z", Precision.SECOND, utc(9999, 12, 31, 23, 59, 59), LAST),
    ],
)
def test_the_form_of_a_moment_states_how_exactly_it_is_known(text, precision, at, latest):
    moment = parse_moment(text)
    assert (moment.text, moment.precision, moment.at) == (text, precision, at)
    assert (moment.earliest, moment.latest) == (at, latest)
    assert moment.precision.has_clock == ("T" in text)
    assert moment.in_summaries


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not a time"),
        ("yesterday", "is not a time"),
        ("14:32", "is not a time"),
        ("19", "is not a time"),
        ("2019-7-2", "is not a time"),
        ("2019-07-02T13Z", "is not a time"),
        ("2019-07-02 13:42Z", "is not a time"),
        ("2019-07-02T13:42 Z", "is not a time"),
        ("2019-07-02t13:42z", "is not a time"),
        ("2019-07-02T13:42:10,5Z", "is not a time"),
        ("2019-07-02T13:42+0200", "is not a time"),
        ("2019-07-02T13:42+02", "is not a time"),
        ("2019-07-02T13:42UTC", "is not a time"),
        ("2019-07-02Z", "is not a time"),
        ("2019-07-02+02:00", "is not a time"),
        ("2019-W27", "is not a time"),
        ("2019-07-02\n", "is not a time"),
        (" 2019-07-02", "is not a time"),
        ("-2019", "is not a time"),
        ("12019", "is not a time"),
        ("２０１９", "is not a time"),
        ("2019-07-02T13:42", "has no UTC offset"),
        ("2019-07-02T13:42:10", "has no UTC offset"),
        ("2026-02-30", "does not exist"),
        ("2019-02-29", "does not exist"),
        ("2019-13", "does not exist"),
        ("2019-00", "does not exist"),
        ("2019-07-00", "does not exist"),
        ("0000", "does not exist"),
        ("0000-01-01T00:00Z", "does not exist"),
        ("2019-07-02T24:00Z", "does not exist"),
        ("2019-07-02T23:60Z", "does not exist"),
        ("2016-12-31T23:59:60Z", "does not exist"),
        ("2019-07-02T13:42+24:00", "exceeds 23:59"),
        ("2019-07-02T13:42+99:99", "exceeds 23:59"),
        ("2019-07-02T13:42+02:60", "exceeds 23:59"),
        ("9999-12-31T23:59-14:00", "outside the years 1 to 9999"),
        ("0001-01-01T00:00+00:01", "outside the years 1 to 9999"),
        ("9" * 5000, "is not a time"),
    ],
)
def test_what_is_not_a_moment_is_told_in_words(text, message):
    with pytest.raises(MomentError, match=message) as raised:
        parse_moment(text)
    assert len(str(raised.value)) < 120


@pytest.mark.parametrize("text", ["2026-03-31", "2024-02-29", "0001-01-01", "9999-12-31"])
def test_a_date_is_a_day(text):
    assert parse_date(text) == date.fromisoformat(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-03",
        "2026-02-30",
        "20260331",
        "2026-W01-1",
        "0000-01-01",
        "2026-03-31\n",
        "２０２６-03-31",
    ],
)
def test_what_is_not_a_date(text):
    with pytest.raises(MomentError):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("30s", timedelta(seconds=30)),
        ("15m", timedelta(minutes=15)),
        ("2h", timedelta(hours=2)),
        ("1d", timedelta(days=1)),
        ("99999d", timedelta(days=99_999)),
    ],
)
def test_a_margin(text, length):
    assert Margin.parse(text) == Margin(text, length)


@pytest.mark.parametrize("text", ["", "15", "m", "1.5h", "-1h", "15 m", "1w", "100000s", "15m\n", "１m"])
def test_what_is_not_a_margin(text):
    with pytest.raises(MomentError, match="is not a margin"):
        Margin.parse(text)


def test_a_margin_widens_a_moment_to_both_sides():
    moment = parse_moment("2019-07-02T13:42Z", within=Margin.parse("15m"))
    assert (moment.earliest, moment.latest) == (utc(2019, 7, 2, 13, 27), utc(2019, 7, 2, 13, 58))
    day = parse_moment("2019-07-02", within=Margin.parse("2d"))
    assert (day.earliest, day.latest) == (utc(2019, 6, 30), utc(2019, 7, 5))


def test_a_margin_beyond_the_calendar_ends_with_it():
    assert parse_moment("0001", within=Margin.parse("99999d")).earliest == FIRST
    assert parse_moment("9999", within=Margin.parse("99999d")).latest == LAST


@pytest.mark.parametrize(
    ("estimated", "within", "enters"),
    [(False, "", True), (True, "", False), (True, "5m", True), (False, "5m", True)],
)
def test_an_estimate_without_a_margin_enters_no_summary(estimated, within, enters):
    margin = Margin.parse(within) if within else None
    assert parse_moment("2019-07-02", estimated=estimated, within=margin).in_summaries is enters


@pytest.mark.parametrize(
    ("later", "earlier", "surely"),
    [
        ("2019-07-02T13:43Z", "2019-07-02T13:42Z", True),
        ("2019-07-02T13:42Z", "2019-07-02T13:42Z", False),
        ("2019-07-02T13:42:59Z", "2019-07-02T13:42Z", False),
        ("2019-07-02T13:42Z", "2019-07-02T13:42:10Z", False),
        ("2019-07-02T13:42:11Z", "2019-07-02T13:42:10Z", True),
        ("2019-07-02T13:42+02:00", "2019-07-02T11:41Z", True),
        ("2019-07-02T13:42+02:00", "2019-07-02T11:42Z", False),
        # A day without a clock time begins up to 14 hours before UTC's and ends up to 12 hours after it.
        ("2019-07-03T11:59Z", "2019-07-02", False),
        ("2019-07-03T12:00Z", "2019-07-02", True),
        ("2019-07-02", "2019-07-01T10:00Z", False),
        ("2019-07-02", "2019-07-01T09:59Z", True),
        ("2019-07-03", "2019-07-02", False),
        ("2019-07-04", "2019-07-02", False),
        ("2019-07-05", "2019-07-02", True),
        ("2019-08", "2019-07", False),
        ("2019-09", "2019-07", True),
        ("2020", "2019", False),
        ("2021", "2019", True),
        ("2019-07", "2019", False),
        ("2019", "2019-07-02", False),
        ("9999", "9999", False),
        ("9999-12-31", "9999-12-31T23:59:59Z", False),
    ],
)
def test_later_is_said_only_where_it_is_sure(later, earlier, surely):
    one, other = parse_moment(later), parse_moment(earlier)
    assert one.surely_after(other) is surely
    assert not other.surely_after(one)


def test_margins_make_an_order_less_sure():
    other = parse_moment("2019-07-02T13:42Z", within=Margin.parse("10m"))
    assert not parse_moment("2019-07-02T13:52Z").surely_after(other)
    assert parse_moment("2019-07-02T13:53Z").surely_after(other)
    assert not parse_moment("2019-07-02T13:53Z", within=Margin.parse("30s")).surely_after(other)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-07-02T23:30-09:00", date(2019, 7, 2)),
        ("2019-07-02T00:30+09:00", date(2019, 7, 2)),
        ("2019-07-02", date(2019, 7, 2)),
        ("2019-07", date(2019, 7, 1)),
        ("2019", date(2019, 1, 1)),
    ],
)
def test_the_day_of_a_moment_is_the_writers(text, day):
    assert parse_moment(text).day == day


def test_moments_are_compared_by_value():
    assert parse_moment("2019", note="x") == Moment("2019", utc(2019, 1, 1), Precision.YEAR, note="x")
