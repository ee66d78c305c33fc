"""The time from which everything is counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from postmortems.runtime.clock import as_of


@pytest.mark.parametrize(
    ("epoch", "expected"),
    [
        ("0", datetime(1970, 1, 1, tzinfo=UTC)),
        ("1774958400", datetime(2026, 3, 31, 12, tzinfo=UTC)),
        (" 1774958400\n", datetime(2026, 3, 31, 12, tzinfo=UTC)),
    ],
)
def test_a_build_can_be_repeated(monkeypatch, epoch, expected):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert as_of() == expected
    assert as_of().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "epoch", ["tomorrow", "2026-03-31", "1.5", "1e9", "nan", "9" * 20, "-" + "9" * 20, "9" * 5000]
)
def test_what_is_not_a_number_of_seconds_is_an_error_with_words(monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(ValueError, match=r"SOURCE_DATE_EPOCH is `.*`; expected seconds since 1970"):
        as_of()


@pytest.mark.parametrize("epoch", [None, "", "  "])
def test_without_it_the_time_is_now_to_the_second(monkeypatch, epoch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    now = as_of()
    assert abs(datetime.now(UTC) - now) < timedelta(seconds=5)
    assert (now.microsecond, now.tzinfo) == (0, UTC)
