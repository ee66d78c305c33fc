"""What is typical of a duration: what enters it, what is left out and why, and when nothing can be told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis import METRICS, phases
from postmortems.analysis.frequency.severity_drift import severity_drift
from postmortems.analysis.statistics.measures import State
from postmortems.analysis.statistics.scope import own_incidents
from postmortems.analysis.timing.detection import detection_shares
from postmortems.analysis.timing.durations import Reason, applies, timed
from postmortems.analysis.timing.summaries import by_severity, of_some, summaries, summary, timings
from postmortems.analysis.timing.year_on_year import Trend, year_on_year
from sites import AS_OF

if TYPE_CHECKING:
    from postmortems.analysis.timing.durations import Metric
    from postmortems.analysis.timing.summaries import Summary
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem
    from sites import MakeRecord

TTD, TTC, TTRC = (next(m for m in METRICS if m.id == name) for name in ("ttd", "ttc", "ttrc"))
FDRT = next(m for m in METRICS if m.id == "fdrt")
PUBLIC = {
    "provenance": "public-report",
    "organisation": "Someone else",
    "services": ["dns"],
    "sources": [{"url": "https://status.example.org/1", "kind": "primary"}],
}


def times(start: datetime, **minutes: float) -> dict[str, Any]:
    """Milestones by the minutes that they come after the start."""
    at = {"started": 0.0, **minutes}
    return {"times": {name: f"{start + timedelta(minutes=after):%Y-%m-%dT%H:%MZ}" for name, after in at.items()}}


def lasting(record: MakeRecord, *minutes: float, year: int = 2026, **changes: Any) -> list[Postmortem]:
    """Incidents a day apart, each with its minutes to recovery."""
    first = datetime(year, 2, 1, 10, tzinfo=UTC)
    days = (first + timedelta(days=place) for place in range(len(minutes)))
    return [
        record({**times(day, recovered=length), **changes}, f"{day:%Y-%m-%d}-case-{place}")
        for place, (day, length) in enumerate(zip(days, minutes, strict=True))
    ]


def summed(metric: Metric, incidents: list[Postmortem]) -> Summary:
    return summary(metric, timings(incidents, AS_OF)[metric.id])


@pytest.mark.parametrize(
    ("changes", "metric", "reason"),
    [
        ({}, TTD, None),
        ({"detection": {"source": "staff", "before_impact": True}}, TTD, Reason.CAUGHT),
        ({"times": {"started": "2026-03-31T10:00Z"}}, TTD, Reason.ONGOING),
        ({"times": {"started": "2026-03-31T10:00Z", "recovered": "2026-03-31T11:00Z"}}, TTD, Reason.NOT_RECORDED),
        ({"times": {"recovered": "2026-03-31T11:00Z"}}, TTRC, Reason.NOT_RECORDED),
        (
            {"times": {"started": "2026-03-31T10:00Z", "recovered": "2026-03-31T09:00Z"}},
            TTRC,
            Reason.IMPOSSIBLE,
        ),
        (
            {
                "times": {
                    "started": {"at": "2026-03-31T10:00Z", "estimated": True},
                    "recovered": "2026-03-31T11:00Z",
                }
            },
            TTRC,
            Reason.ESTIMATED,
        ),
        ({"times": {"started": "2026-03-31", "recovered": "2026-04-01T09:00Z"}}, TTRC, Reason.ROUGH),
        ({"times": {"started": "2026-03-01", "recovered": "2026-03-31T09:00Z"}}, TTRC, None),
    ],
    ids=["known", "caught", "goes-on", "no-end", "no-start", "order", "guess", "day-of-two", "day-of-thirty"],
)
def test_why_a_duration_is_left_out(record: MakeRecord, changes: Any, metric: Any, reason: Reason | None) -> None:
    assert timed(record(changes), metric, AS_OF).reason is reason


def test_what_goes_on_has_lasted_since_it_began(record: MakeRecord) -> None:
    going_on = record({"times": {"started": "2026-05-31T12:00Z", "detected": "2026-05-31T13:00Z"}})
    assert timed(going_on, TTRC, AS_OF).span.length == timedelta(days=1)
    assert timed(going_on, TTD, AS_OF).reason is None


def test_a_milestone_that_was_passed_over_is_not_still_to_come(record: MakeRecord) -> None:
    """Of an ongoing incident that is contained, the missing acknowledgement was not recorded."""
    tta = next(metric for metric in METRICS if metric.id == "tta")
    reached = {"detected": "2026-05-31T13:00Z", "contained": "2026-05-31T14:00Z"}
    assert timed(record({"times": reached}), tta, AS_OF).reason is Reason.NOT_RECORDED
    del reached["contained"]
    assert timed(record({"times": reached}), tta, AS_OF).reason is Reason.ONGOING


def test_nothing_is_known_of_what_has_not_ended_by_phases_alone(record: MakeRecord) -> None:
    assert "ttrc" not in phases(record({"times": {"started": "2026-05-31T12:00Z"}})).durations


def test_median_and_interval_of_six(record: MakeRecord) -> None:
    found = summed(TTRC, lasting(record, 10, 20, 30, 40, 50, 60))
    assert found.median.value == 35 * 60
    assert (found.median.interval.low, found.median.interval.high) == (600, 3600)
    assert (found.median.n, found.median.of, found.median.coverage) == (6, 6, 1)
    assert found.three_in_four.state is State.TOO_FEW


def test_five_are_too_few_and_still_counted(record: MakeRecord) -> None:
    found = summed(TTRC, lasting(record, 10, 20, 30, 40, 50)).median
    assert (found.state, found.value, found.interval, found.n) == (State.TOO_FEW, None, None, 5)


@pytest.mark.parametrize(
    ("n", "median", "three", "nine"), [(5, 0, 0, 0), (6, 1, 0, 0), (13, 1, 1, 0), (36, 1, 1, 1)]
)
def test_quantiles_by_the_number_of_incidents(
    record: MakeRecord, n: int, *, median: bool, three: bool, nine: bool
) -> None:
    found = summed(TTRC, lasting(record, *range(10, 10 + n)))
    told = [measure.state is State.OK for measure in (found.median, found.three_in_four, found.nine_in_ten)]
    assert told == [median, three, nine]


def test_what_enters_and_what_is_left_out_make_up_all(record: MakeRecord) -> None:
    incidents = [
        *lasting(record, 10, 20),
        record({"times": {"started": "2026-05-31T12:00Z"}}, "2026-05-31-goes-on"),
        record({"times": {"detected": "2026-05-20T12:00Z"}, "state": "resolved"}, "2026-05-20-no-start"),
    ]
    found = summed(TTRC, incidents).median
    assert {exclusion.reason: exclusion.count for exclusion in found.excluded} == {
        "still going on": 1,
        "not recorded": 1,
    }
    assert found.n + sum(exclusion.count for exclusion in found.excluded) == found.of == 4


def test_some_of_what_was_looked_at(record: MakeRecord) -> None:
    first, *others = lasting(record, 10, 20, 30)
    some = of_some(timings([first, *others], AS_OF), others)
    assert [entry.record for entry in some["ttrc"]] == others


def test_only_deployments_can_have_failed(record: MakeRecord) -> None:
    incidents = [record({"trigger": kind}) for kind in ("deploy", "config-change", "expiry")]
    assert [applies(FDRT, incident) for incident in incidents] == [True, True, False]
    assert summed(FDRT, incidents).median.of == 2


def test_of_nothing_nothing_is_told(policy: Policy) -> None:
    assert {found.median.state for found in summaries(timings([], AS_OF)).values()} == {State.TOO_FEW}
    assert by_severity(timings([], AS_OF), policy) == {}
    assert {row.change for row in year_on_year(timings([], AS_OF), AS_OF).rows} == {Trend.TOO_FEW}
    assert detection_shares([]).internal.interval is None
    assert severity_drift([], policy).worse.value is None


def test_public_reports_near_misses_and_others_are_in_no_summary(record: MakeRecord, policy: Policy) -> None:
    others = [
        record(PUBLIC, "2026-03-01-public"),
        record({"class": "near-miss"}, "2026-03-02-near"),
        record({"class": "exercise"}, "2026-03-03-exercise"),
        record({"class": "maintenance"}, "2026-03-04-maintenance"),
        record({"organisation": "Subsidiary"}, "2026-03-05-subsidiary"),
    ]
    imported = record({"provenance": "imported"}, "2026-03-06-imported")
    assert own_incidents([*others, imported], policy) == (imported,)


def test_by_severity_worst_first_and_unknown_last(record: MakeRecord, policy: Policy) -> None:
    incidents = [
        record({"severity": severity}, f"2026-03-{place:02}-case")
        for place, severity in enumerate(["sev4", None, "sev1", {"declared": "sev4", "final": "sev2"}], 1)
    ]
    assert list(by_severity(timings(incidents, AS_OF), policy)) == ["sev1", "sev2", "sev4", ""]


# Two years.


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        (range(100, 106), range(10, 16), Trend.LONGER),
        (range(10, 16), range(100, 106), Trend.SHORTER),
        (range(10, 16), range(15, 21), Trend.CANNOT_TELL),  # they meet at 15 minutes
        (range(100, 106), range(10, 15), Trend.TOO_FEW),
        (range(100, 105), range(10, 16), Trend.TOO_FEW),
    ],
    ids=["longer", "shorter", "touching", "too-few-before", "too-few-now"],
)
def test_years_are_told_apart_only_where_intervals_do_not_meet(
    record: MakeRecord, now: range, before: range, change: Trend
) -> None:
    incidents = [*lasting(record, *now, year=2026), *lasting(record, *before, year=2025)]
    rows = {row.now.metric.id: row for row in year_on_year(timings(incidents, AS_OF), AS_OF).rows}
    assert rows["ttrc"].change is change
    assert (rows["ttrc"].now.median.n, rows["ttrc"].before.median.n) == (len(now), len(before))


def test_the_two_years_are_next_to_each_other_and_end_today(record: MakeRecord) -> None:
    found = year_on_year(timings([], AS_OF), AS_OF)
    assert (found.now.last, (found.now.first - found.before.last).days) == (AS_OF.date(), 1)
    assert found.now.days in {365, 366}


def test_a_start_that_may_lie_in_either_year_is_in_neither(record: MakeRecord) -> None:
    year_only = record({"times": {"started": "2025", "recovered": "2026-01-02"}}, "2025-somewhen")
    found = year_on_year(timings([year_only], AS_OF), AS_OF)
    assert found.unplaced == (year_only,)
    assert all(not row.now.timed and not row.before.timed for row in found.rows)


# Shares.


def test_detection_by_the_organisation_itself(record: MakeRecord) -> None:
    sources = ["monitoring", "staff", "customer", "partner", "unknown", None]
    incidents = [
        record({"detection": source}, f"2026-03-{place:02}-case") for place, source in enumerate(sources, 1)
    ]
    found = detection_shares(incidents)
    assert (found.internal.k, found.internal.n) == (2, 4)
    assert [(exclusion.reason, exclusion.count) for exclusion in found.internal.excluded] == [
        ("source not known", 2)
    ]
    assert list(found.sources) == ["monitoring", "staff", "customer", "partner"]


def test_caught_before_impact_is_out_of_all(record: MakeRecord) -> None:
    caught = record({"detection": {"source": "staff", "before_impact": True}})
    found = detection_shares([caught, record({"detection": None})]).before_impact
    assert (found.k, found.n) == (1, 2)


@pytest.mark.parametrize(
    ("severity", "way"),
    [
        ("sev3", "same"),
        ({"final": "sev2"}, "same"),
        ({"declared": "sev3", "final": "sev2"}, "worse"),
        ({"declared": "sev2", "final": "sev3"}, "milder"),
        (None, None),
    ],
    ids=["one", "final-only", "up", "down", "unknown"],
)
def test_severity_drift(record: MakeRecord, policy: Policy, severity: Any, way: str | None) -> None:
    found = severity_drift([record({"severity": severity})], policy)
    counts = {name: getattr(found, name).k for name in ("worse", "milder", "same")}
    assert counts == {name: int(name == way) for name in counts}
    assert found.same.n == int(way is not None)
