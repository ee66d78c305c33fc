"""A moment that is written is the moment that is read, and any other text is told apart with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hostile import TEXTS
from hypothesis import example, given
from hypothesis import strategies as st

from postmortems.source import Margin, MomentError, Precision, parse_date, parse_moment
from postmortems.source.formats import PLAINLY, has_format

OFFSETS = st.integers(-(23 * 60 + 59), 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
LOCAL = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 12, 31))  # noqa: DTZ001 - made aware below


def _written(at: datetime, form: str) -> str:
    """As an author writes it: `%Y` alone would lack the zeros of early years."""
    offset = at.strftime("%z")
    return f"{at.year:04}-{at:{form}}{offset[:3]}:{offset[3:5]}"


@given(LOCAL, OFFSETS)
def test_what_is_written_is_read(local, offset):
    at = local.replace(tzinfo=offset, microsecond=0)
    moment = parse_moment(_written(at, "%m-%dT%H:%M:%S"))
    assert (moment.at, moment.precision, moment.day) == (at.astimezone(UTC), Precision.SECOND, at.date())
    moment = parse_moment(_written(at, "%m-%dT%H:%M"))
    assert moment.at == at.replace(second=0).astimezone(UTC)
    assert moment.latest - moment.earliest == timedelta(minutes=1)


@given(st.from_regex(PLAINLY["moment"], fullmatch=True), st.from_regex(PLAINLY["date"], fullmatch=True))
def test_what_is_accepted_at_a_glance_is_accepted_after_a_long_look(moment, day):
    assert has_format("moment", moment)
    assert has_format("date", day)


@given(st.dates())
@example(date(1, 1, 1))
@example(date(9999, 12, 31))
def test_less_exact_moments_hold_the_more_exact_ones(day):
    assert parse_date(day.isoformat()) == day
    year, month, exact = (parse_moment(day.isoformat()[:length]) for length in (4, 7, 10))
    assert year.earliest <= month.earliest <= exact.earliest < exact.latest <= month.latest <= year.latest
    assert exact.day == day


@given(LOCAL, LOCAL, st.sampled_from(["", "2h", "400d", "99999d"]))
def test_what_is_surely_after_is_after(one, other, margin):
    within = Margin.parse(margin) if margin else None
    texts = [f"{at:%m-%dT%H:%MZ}" for at in (one, other)]
    first, second = (
        parse_moment(f"{at.year:04}-{text}", estimated=bool(margin), within=within)
        for at, text in zip((one, other), texts, strict=True)
    )
    if first.surely_after(second):
        assert first.at > second.at
        assert not second.surely_after(first)
        assert first.earliest >= second.latest


@given(TEXTS)
def test_any_other_text_is_refused_with_a_reason(text):
    for parse in (parse_moment, parse_date):
        try:
            parse(text)
        except MomentError as error:
            reason = str(error)
            assert reason.strip()
            assert len(reason) < 200


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-02-30", "does not exist"),
        ("2025-02-29T10:00Z", "does not exist"),
        ("2016-12-31T23:59:60Z", "does not exist"),
        ("2026-03-31T24:00Z", "does not exist"),
        ("2026-03-31T23:60Z", "does not exist"),
        ("2026-03-31T10:00+24:00", "exceeds 23:59"),
        ("2026-03-31T10:00+23:60", "exceeds 23:59"),
        ("0001-01-01T00:00+00:01", "outside the years"),
        ("9999-12-31T23:59-00:01", "outside the years"),
        ("0000-01-01", "does not exist"),
        ("2026-03-31T10:12", "has no UTC offset"),
        ("2026-03-31 10:12Z", "is not a time"),
        ("20260331T1012Z", "is not a time"),
        ("٢٠٢٦-03-31", "is not a time"),
        ("2026-03-31\n", "is not a time"),
        ("9" * 5000, "is not a time"),
    ],
)
def test_impossible_moments(text, reason):
    with pytest.raises(MomentError, match=reason):
        parse_moment(text)
