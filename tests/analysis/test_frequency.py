"""Counts by quarter: which quarters can be seen, what enters the rate, and when a change can be told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.frequency.by_year import year_table
from postmortems.analysis.frequency.counts import NEWEST, Verdict, frequency
from postmortems.analysis.statistics.control_chart import control_limits
from postmortems.analysis.statistics.measures import State
from postmortems.analysis.statistics.quarters import Coverage, Quarter, quarter_in_which, quarter_of, seen_quarters
from postmortems.analysis.statistics.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortems.conventions import Policy
    from postmortems.record import Postmortem
    from sites import MakeRecord

NOW = datetime(2026, 5, 16, 12, tzinfo=UTC)
LATEST = Quarter(2026, 1)  # the last whole quarter before it


def began(record: MakeRecord, day: date, place: int = 0, **changes: Any) -> Postmortem:
    at = f"{day}T10:00Z"
    plain = {"times": {"started": at, "recovered": f"{day}T11:00Z"}, "published": f"{day}"}
    return record(plain | changes, f"{day}-case-{place}")


def in_quarters(
    record: MakeRecord, counts: Sequence[int], last: Quarter = LATEST, **changes: Any
) -> list[Postmortem]:
    """A first record before, so that all these are whole, and so many incidents in each quarter up to `last`."""
    quarter, quarters = last, []
    for _ in counts:
        quarters.insert(0, quarter)
        quarter = _before(quarter)
    made = [began(record, quarter.period.first + timedelta(days=40), **changes)]
    for quarter, count in zip(quarters, counts, strict=True):
        made += [
            began(record, quarter.period.first + timedelta(days=2), place, **changes) for place in range(count)
        ]
    # Something was written down today, so that the newest quarters are not silent.
    return [*made, began(record, NOW.date(), **changes)]


def _before(quarter: Quarter) -> Quarter:
    return Quarter(quarter.year - 1, 4) if quarter.number == 1 else Quarter(quarter.year, quarter.number - 1)


def sights(records: Sequence[Postmortem], since: date | None = None) -> dict[str, str]:
    return {str(seen.quarter): seen.coverage.value for seen in seen_quarters(records, NOW, since)}


# Quarters.


@pytest.mark.parametrize(
    ("day", "quarter"),
    [("2026-01-01", "2026Q1"), ("2026-03-31", "2026Q1"), ("2026-04-01", "2026Q2"), ("2026-12-31", "2026Q4")],
)
def test_quarter_of_a_day(day: str, quarter: str) -> None:
    assert str(quarter_of(date.fromisoformat(day))) == quarter


def test_days_of_a_quarter() -> None:
    assert [Quarter(2024, number).period.days for number in (1, 2, 3, 4)] == [91, 91, 92, 92]
    assert Quarter(2025, 4).following == Quarter(2026, 1)


@pytest.mark.parametrize(
    ("started", "name", "quarter"),
    [
        ("2026-03-31T23:30Z", "2026-04-01-x", "2026Q1"),
        ("2026-03-31T23:30-02:00", "2026-03-31-x", "2026Q2"),  # in UTC
        ("2026-02", "2026-02-x", "2026Q1"),
        ("2026", "2026-x", None),
        ({"at": "2026-03-31T23:50Z", "within": "1h"}, "2026-03-31-x", None),
        (None, "2026-02-11-x", "2026Q1"),
        (None, "2026-02-x", "2026Q1"),
        (None, "2026-x", None),
    ],
)
def test_quarter_in_which_an_incident_began(
    record: MakeRecord, started: Any, name: str, quarter: str | None
) -> None:
    times = {"times": {"started": started, "recovered": "2026-05-01"} if started else {}}
    assert (found := quarter_in_which(record(times, name))) is None or str(found) == quarter
    assert (found is None) is (quarter is None)


def test_first_and_current_quarter_are_not_whole(record: MakeRecord) -> None:
    assert sights([began(record, date(2025, 8, 20)), began(record, date(2026, 5, 2))]) == {
        "2025Q3": Coverage.BEGINS,
        "2025Q4": Coverage.WHOLE,
        "2026Q1": Coverage.WHOLE,
        "2026Q2": Coverage.RUNNING,
    }


def test_the_quarter_of_the_first_record_is_not_whole_even_from_its_first_day(record: MakeRecord) -> None:
    assert sights([began(record, date(2026, 1, 1)), began(record, date(2026, 5, 2))])["2026Q1"] == Coverage.BEGINS


def test_days_that_could_be_seen(record: MakeRecord) -> None:
    found = seen_quarters([began(record, date(2025, 12, 22)), began(record, date(2026, 5, 2))], NOW)
    assert [seen.days for seen in found] == [10, 90, 46]


def test_no_zeros_after_the_last_thing_that_was_written_down(record: MakeRecord) -> None:
    old = began(record, date(2025, 8, 20))
    assert list(sights([old]).values()) == [Coverage.BEGINS, Coverage.NO_DATA, Coverage.NO_DATA, Coverage.NO_DATA]


@pytest.mark.parametrize(
    "sign",
    [
        {"published": "2026-05-02"},
        {"amended": [{"date": "2026-05-02", "what": "A word.", "why": "It was wrong."}]},
        {"review": {"held": "2026-05-02"}},
        {
            "no_actions_reason": None,
            "actions": [{"id": "A1", "title": "Mend it", "status": "done", "closed": "2026-05-02"}],
        },
    ],
    ids=["published", "amended", "reviewed", "closed"],
)
def test_what_shows_that_records_are_still_kept(record: MakeRecord, sign: dict[str, Any]) -> None:
    old = began(record, date(2025, 8, 20), **sign)
    assert list(sights([old]).values()) == [Coverage.BEGINS, Coverage.WHOLE, Coverage.WHOLE, Coverage.RUNNING]


def test_what_is_to_come_shows_nothing(record: MakeRecord) -> None:
    planned = {"review": {"held": "2026-06-02"}}
    assert Coverage.RUNNING not in sights([began(record, date(2025, 8, 20), **planned)]).values()


def test_a_near_miss_shows_that_records_are_kept(record: MakeRecord, policy: Policy) -> None:
    records = [
        began(record, date(2025, 8, 20), **{"class": "near-miss"}),
        began(record, date(2026, 5, 2), **{"class": "exercise"}),
    ]
    found = frequency(records, policy, NOW)
    assert [(count.count.value, len(count.near_misses), len(count.exercises)) for count in found.quarters] == [
        (0, 1, 0),
        (0, 0, 0),
        (0, 0, 0),
        (0, 0, 1),
    ]


def test_since_cuts_off_what_lies_before(record: MakeRecord) -> None:
    records = [began(record, date(2024, 8, 20)), began(record, date(2026, 5, 2))]
    assert sights(records, date(2025, 10, 1)) == {
        "2025Q4": Coverage.WHOLE,
        "2026Q1": Coverage.WHOLE,
        "2026Q2": Coverage.RUNNING,
    }
    assert sights(records, date(2025, 11, 1))["2025Q4"] == Coverage.BEGINS
    assert sights(records, date(2020, 1, 1)) == sights(records)
    assert sights(records, date(2027, 1, 1)) == {}


def test_no_records_no_quarters(record: MakeRecord, policy: Policy) -> None:
    assert seen_quarters([], NOW) == ()
    found = frequency([], policy, NOW)
    assert (found.quarters, found.rate.state, found.clusters, found.limits) == ((), State.TOO_FEW, None, None)
    assert found.years.verdict is Verdict.TOO_FEW


# Rates and comparisons.


def test_rate_of_whole_quarters_only(record: MakeRecord, policy: Policy) -> None:
    found = frequency(in_quarters(record, [2, 0, 3, 1]), policy, NOW)
    assert (found.rate.value, found.rate.n) == (1.5, 6)
    assert found.rate.interval.low == pytest.approx(2.2019 / 4, abs=1e-4)  # Garwood's bounds of 6
    assert found.rate.interval.high == pytest.approx(13.0595 / 4, abs=1e-4)
    assert [count.count.value for count in found.quarters] == [1, 2, 0, 3, 1, 1]


def test_three_whole_quarters_are_too_few_for_a_rate(record: MakeRecord, policy: Policy) -> None:
    found = frequency(in_quarters(record, [2, 4, 3]), policy, NOW)
    assert (found.rate.state, found.rate.value, found.clusters) == (State.TOO_FEW, None, None)


def test_no_incident_in_a_year_is_a_rate_with_an_upper_bound(record: MakeRecord, policy: Policy) -> None:
    found = frequency(in_quarters(record, [0, 0, 0, 0]), policy, NOW).rate
    assert (found.value, found.interval.low) == (0, 0)
    assert found.interval.high == pytest.approx(3.6889 / 4, abs=1e-4)


def test_unplaced_incidents_are_named(record: MakeRecord, policy: Policy) -> None:
    somewhen = record({"times": {"started": "2025", "recovered": "2026-01-02"}}, "2025-somewhen")
    found = frequency([*in_quarters(record, [1, 1, 1, 1]), somewhen], policy, NOW)
    assert found.unplaced == (somewhen,)
    assert (found.rate.n, found.rate.of) == (4, 5)


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ([1, 1, 1], Verdict.TOO_FEW),
        ([1, 0, 1, 0, 1, 1, 0, 1], Verdict.TOO_FEW),  # 5 incidents in two years
        ([0, 0, 0, 0, 2, 1, 2, 1], Verdict.MORE),  # 0 against 6: p = 2 / 2^6
        ([2, 1, 2, 1, 0, 0, 0, 0], Verdict.FEWER),
        ([3, 2, 3, 3, 2, 2, 2, 2], Verdict.CANNOT_TELL),
        ([9, 0, 0, 0, 0, 0, 9, 0], Verdict.CLUSTERED),
    ],
)
def test_two_years_compared(record: MakeRecord, policy: Policy, counts: list[int], verdict: Verdict) -> None:
    found = frequency(in_quarters(record, counts), policy, NOW)
    assert found.years.verdict is verdict
    assert found.is_clustered is (verdict is Verdict.CLUSTERED)


def test_only_the_newest_quarters_are_looked_at(record: MakeRecord, policy: Policy) -> None:
    found = frequency(in_quarters(record, [1] * 30), policy, NOW)
    assert len(found.quarters) == NEWEST
    assert found.older == 30 + 2 - NEWEST


def test_a_selection_narrows_down_counts_and_not_what_could_be_seen(record: MakeRecord, policy: Policy) -> None:
    records = [
        *in_quarters(record, [1, 1, 1, 1], severity="sev1"),
        began(record, date(2026, 2, 2), 9, severity="sev4", services=["payments"]),
    ]
    found = frequency(records, policy, NOW, Selection(severities=frozenset({"sev4"})))
    assert [count.count.value for count in found.quarters] == [0, 0, 0, 0, 1, 0]
    assert found.rate.value == 0.25
    by_service = frequency(records, policy, NOW, Selection(services=frozenset({"payments"})))
    assert by_service.rate.n == 1


def test_public_reports_and_maintenance_are_not_counted(record: MakeRecord, policy: Policy) -> None:
    public = {
        "provenance": "public-report",
        "organisation": "Someone else",
        "sources": [{"url": "https://status.example.org/1", "kind": "primary"}],
    }
    assert frequency([began(record, date(2026, 2, 2), **public)], policy, NOW).quarters == ()
    assert frequency([began(record, date(2026, 2, 2), **{"class": "maintenance"})], policy, NOW).quarters == ()


def test_year_table_names_whole_years_and_what_occurs(record: MakeRecord, policy: Policy) -> None:
    records = [*in_quarters(record, [1, 2, 1, 1, 1], severity="sev2"), began(record, date(2026, 2, 2), 9)]
    found = year_table(frequency(records, policy, NOW).quarters, lambda r: r.severity.id, policy.severities)
    assert found.years == (2024, 2025, 2026)
    assert found.whole == {2025}
    assert {kind: [len(of) for of in row.values()] for kind, row in found.rows.items()} == {
        "sev2": [1, 5, 2],
        "sev4": [0, 0, 1],
    }


# Limits of an XmR chart.


def test_limits_of_a_worked_series() -> None:
    """Mean 5, moving ranges 2, 2, 2 ... of 4 and 6 by turns: 5 -+ 2.66 x 2."""
    found = control_limits([4, 6] * 6)
    assert (found.mean, found.low, found.high) == pytest.approx((5, 0, 10.32))
    assert (found.outside, found.runs) == ((), ())


def test_a_point_outside_and_a_run_are_marked() -> None:
    assert control_limits([5, 4, 5, 6, 5, 4, 5, 6, 5, 4, 5, 30]).outside == (11,)
    assert control_limits([9] * 8 + [1, 2, 1, 2]).runs == ((0, 7),)
    assert control_limits([9] * 7 + [1, 9, 1, 2, 1]).runs == ()


@pytest.mark.parametrize("counts", [[], [9] * 11, [3, 4] * 6], ids=["none", "eleven", "mean-below-four"])
def test_no_limits_of_few_or_small_counts(counts: list[int]) -> None:
    assert control_limits(counts) is None


def test_what_a_control_chart_marks_is_named_by_quarter(record: MakeRecord, policy: Policy) -> None:
    counts = [5, 4, 5, 6, 5, 4, 5, 6, 5, 4, 5, 25]
    found = frequency(in_quarters(record, counts), policy, NOW)
    assert [str(count.quarter) for count in found.outside] == ["2026Q1"]
    assert [(str(a.quarter), str(b.quarter)) for a, b in found.runs] == [("2023Q2", "2025Q4")]
