"""Durations: what the milestones give, how exactly it is known, and which records have none."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from postmortems.analysis import METRICS, Duration, duration, known, phases
from postmortems.source import Margin, parse_moment

if TYPE_CHECKING:
    from postmortems.source import Moment
    from sites import MakeRecord

GOLDEN = yaml.safe_load((Path(__file__).parent / "golden/statistics.yaml").read_text(encoding="utf-8"))
# The worked case of the design: each milestone, and each duration that follows from them.
WORKED = {
    "trigger": {"kind": "deploy", "at": "2026-03-31T14:15Z"},
    "times": {
        "started": "2026-03-31T14:32Z",
        "detected": "2026-03-31T14:32Z",
        "responded": "2026-03-31T14:38Z",
        "contained": "2026-03-31T15:25Z",
        "recovered": "2026-03-31T16:45Z",
    },
}
WORKED_MINUTES = {"exposure": 17, "ttd": 0, "ttr": 6, "ttc": 53, "ttrc": 2 * 60 + 13, "fdrt": 2 * 60 + 30}

SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))


def minutes(found: dict[str, Duration]) -> dict[str, float]:
    return {name: span.length / MINUTE for name, span in found.items()}


def moment(text: str, within: str = "", *, estimated: bool = False) -> Moment:
    return parse_moment(text, estimated=estimated, within=Margin.parse(within) if within else None)


def test_worked_case(record: MakeRecord) -> None:
    found = phases(record(WORKED)).durations
    assert minutes(found) == WORKED_MINUTES


def test_worked_case_of_the_golden_statistics(record: MakeRecord) -> None:
    [case] = GOLDEN["durations"]
    assert minutes(phases(record(WORKED)).durations) == {name: _minutes(text) for name, text in case.items()}


def _minutes(text: str) -> int:
    """Minutes of a length such as `2 h 13 min`."""
    hours, short = re.search(r"(\d+) h", text), re.search(r"(\d+) min", text)
    return 60 * int(hours[1] if hours else 0) + int(short[1] if short else 0)


def test_time_to_acknowledge(record: MakeRecord) -> None:
    times = {"detected": "2026-03-31T14:32Z", "acknowledged": "2026-03-31T14:36:30Z"}
    assert minutes(phases(record({"times": times})).durations) == {"tta": 4.5}


def test_offsets_are_followed(record: MakeRecord) -> None:
    times = {"started": "2026-03-31T23:30+02:00", "recovered": "2026-04-01T04:00+05:30"}
    assert minutes(phases(record({"times": times})).durations) == {"ttrc": 60}


@pytest.mark.parametrize(
    ("start", "end", "low", "length", "high"),
    [
        # [b - a - w_a, b - a + w_b]: each end is open by the precision of one moment.
        ("2026-03-31T10:00:00Z", "2026-03-31T11:00:00Z", HOUR - SECOND, HOUR, HOUR + SECOND),
        ("2026-03-31T10:00Z", "2026-03-31T11:00Z", HOUR - MINUTE, HOUR, HOUR + MINUTE),
        ("2026-03-31T10:00Z", "2026-03-31T11:00:00Z", HOUR - MINUTE, HOUR, HOUR + SECOND),
        ("2026-03-31T10:00:00Z", "2026-03-31T11:00Z", HOUR - SECOND, HOUR, HOUR + MINUTE),
        ("2026-03-30", "2026-04-02", 2 * DAY, 3 * DAY, 4 * DAY),
        ("2026-03-30T12:00Z", "2026-03-31", 12 * HOUR - MINUTE, 12 * HOUR, 36 * HOUR),
        ("2026-02", "2026-03", timedelta(0), 28 * DAY, 59 * DAY),
        ("2024", "2026", 365 * DAY, 731 * DAY, 1096 * DAY),
        # Never below zero, neither the lower bound nor the length.
        ("2026-03-31", "2026-03-31", timedelta(0), timedelta(0), DAY),
        ("2026-03-31T10:00Z", "2026-03-31", timedelta(0), timedelta(0), 14 * HOUR),
    ],
)
def test_precision_propagates(start: str, end: str, low: timedelta, length: timedelta, high: timedelta) -> None:
    assert duration(moment(start), moment(end)) == Duration(length, low, high, estimated=False)


def test_margin_widens_both_ends() -> None:
    span = duration(moment("2026-03-31T10:00Z", "15m"), moment("2026-03-31T12:00Z", "1h"))
    assert span.length == 2 * HOUR
    assert span.low == timedelta(minutes=120 - 1 - 15 - 60)
    assert span.high == timedelta(minutes=120 + 1 + 15 + 60)
    assert span.width == timedelta(minutes=2 + 30 + 120)


@pytest.mark.parametrize(
    ("start", "end", "estimated"),
    [
        (moment("2026-03-31T10:00Z"), moment("2026-03-31T12:00Z"), False),
        (moment("2026-03-31T10:00Z", estimated=True), moment("2026-03-31T12:00Z"), True),
        (moment("2026-03-31T10:00Z"), moment("2026-03-31T12:00Z", estimated=True), True),
        (moment("2026-03-31T10:00Z", "5m", estimated=True), moment("2026-03-31T12:00Z"), False),
    ],
    ids=["neither", "start", "end", "with-margin"],
)
def test_estimate_without_margin_enters_no_summary(start: Moment, end: Moment, *, estimated: bool) -> None:
    span = duration(start, end)
    assert span.estimated is estimated
    assert span.is_exact is not estimated


@pytest.mark.parametrize(
    ("length", "width", "exact"),
    [
        (timedelta(minutes=1), timedelta(minutes=15), True),
        (timedelta(minutes=1), timedelta(minutes=15, seconds=1), False),
        (timedelta(minutes=150), timedelta(minutes=15), True),
        (timedelta(hours=10), timedelta(hours=1), True),
        (timedelta(hours=10), timedelta(hours=1, seconds=1), False),
        (timedelta(0), timedelta(minutes=2), True),
    ],
)
def test_exact_within_a_tenth_or_a_quarter_of_an_hour(length: timedelta, width: timedelta, *, exact: bool) -> None:
    assert Duration(length, length, length + width, estimated=False).is_exact is exact


@pytest.mark.parametrize("incident_class", ["near-miss", "exercise", "maintenance"])
def test_classes_without_durations(record: MakeRecord, incident_class: str) -> None:
    assert phases(record(WORKED | {"class": incident_class})).durations == {}


@pytest.mark.parametrize("incident_class", ["operational", "security", "privacy"])
def test_classes_with_durations(record: MakeRecord, incident_class: str) -> None:
    assert set(phases(record(WORKED | {"class": incident_class})).durations) == set(WORKED_MINUTES)


def test_withdrawn_record_has_none(record: MakeRecord) -> None:
    withdrawn = {"status": "withdrawn", "amended": [{"date": "2026-04-01", "what": "All of it.", "why": "Wrong."}]}
    assert phases(record(WORKED | withdrawn)).durations == {}


def test_caught_before_impact_has_no_time_to_detect(record: MakeRecord) -> None:
    caught = {"detection": {"source": "monitoring", "before_impact": True}}
    times = {"detected": "2026-03-31T14:32Z", "started": "2026-03-31T14:32Z", "contained": "2026-03-31T15:00Z"}
    assert minutes(phases(record({"times": times} | caught)).durations) == {"ttc": 28}


@pytest.mark.parametrize(
    ("kind", "has"), [("deploy", True), ("config-change", True), ("expiry", False), ("manual-operation", False)]
)
def test_failed_deployment_only_after_a_change(record: MakeRecord, kind: str, *, has: bool) -> None:
    trigger: dict[str, Any] = {"kind": kind, "at": "2026-03-31T14:15Z"}
    assert ("fdrt" in phases(record(WORKED | {"trigger": trigger})).durations) is has


def test_trigger_without_a_moment_gives_no_exposure(record: MakeRecord) -> None:
    assert set(phases(record(WORKED | {"trigger": "deploy"})).durations) == {"ttd", "ttr", "ttc", "ttrc"}


@pytest.mark.parametrize("missing", ["started", "detected", "responded", "contained", "recovered"])
def test_absent_milestone_leaves_its_durations_out(record: MakeRecord, missing: str) -> None:
    times = {name: at for name, at in WORKED["times"].items() if name != missing}
    expected = {metric.id for metric in METRICS if missing not in {metric.start, metric.end}} & set(WORKED_MINUTES)
    assert set(phases(record(WORKED | {"times": times})).durations) == expected


@pytest.mark.parametrize(
    ("start", "end", "has"),
    [
        ("2026-03-31T10:00Z", "2026-03-31T09:00Z", False),
        # Within what is known, the start may still have come first.
        ("2026-03-31T10:00Z", "2026-03-31", True),
        ("2026-03-31", "2026-03-30", True),  # a date is a local one: it may be the evening before, elsewhere
        ("2026-04-02", "2026-03-30", False),
        ("2026-03-31T10:00:30Z", "2026-03-31T10:00Z", True),
    ],
)
def test_end_before_start(record: MakeRecord, start: str, end: str, *, has: bool) -> None:
    found = phases(record({"times": {"started": start, "recovered": end}})).durations
    assert ("ttrc" in found) is has
    assert all(span.length >= timedelta(0) for span in found.values())


def test_known_counts_records(record: MakeRecord) -> None:
    rows = [phases(record(WORKED)), phases(record({"times": {"started": "2026-03-31T14:32Z"}})), phases(record())]
    counts = {metric.id: known(rows, metric) for metric in METRICS}
    assert counts == {"ttd": 2, "exposure": 1, "tta": 0, "ttr": 1, "ttc": 2, "ttrc": 2, "fdrt": 1}


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_nothing_is_known_of_nothing(metric: Any) -> None:
    assert known([], metric) == 0


def test_metrics_are_those_of_the_design() -> None:
    assert {metric.id: (metric.start, metric.end) for metric in METRICS} == {
        "ttd": ("started", "detected"),
        "exposure": ("trigger", "detected"),
        "tta": ("detected", "acknowledged"),
        "ttr": ("detected", "responded"),
        "ttc": ("detected", "contained"),
        "ttrc": ("started", "recovered"),
        "fdrt": ("trigger", "recovered"),
    }


def test_no_duration_is_called_mttr() -> None:
    names = " ".join(f"{metric.abbreviation} {metric.label} {metric.note}" for metric in METRICS)
    assert "MTT" not in names
