"""The phases of an incident drawn to scale: where each stretch lies, and when there is nothing to draw."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from postmortems.site.phase_bar import Scale, common_scale, phase_bar
from sites import incident

if TYPE_CHECKING:
    from collections.abc import Callable

    from postmortems.record import Postmortem

    Read = Callable[..., Any]

MINUTE = timedelta(minutes=1)


@pytest.fixture
def timed(read: Read) -> Callable[..., Postmortem]:
    """A record with these milestones: clock times of a day, or whole moments."""

    def make(changes: dict[str, Any] | None = None, **times: str) -> Postmortem:
        full = {name: f"2026-03-31T{at}Z" if at[2] == ":" else at for name, at in times.items()}
        reading = read(incident({"times": full or None}, changes or {}))
        assert reading.record, reading.findings
        return reading.record

    return make


def test_linear(timed: Any) -> None:
    bar = phase_bar(timed(started="10:00", detected="10:10", contained="10:30", recovered="11:00"))
    assert not bar.scale.logarithmic
    assert bar.scale.end == 60 * MINUTE
    assert [(s.until, s.start, s.width, s.length) for s in bar.segments] == [
        ("detected", 0.0, 16.67, "10 min"),
        ("contained", 16.67, 33.33, "20 min"),
        ("recovered", 50.0, 50.0, "30 min"),
    ]
    assert bar.sentence == ("From started: detected after 10 min; contained after 20 min; recovered after 30 min.")


def test_a_day_that_holds_an_earlier_milestone_is_not_put_before_it(timed: Any) -> None:
    assert phase_bar(timed(started="10:00", recovered="2026-03-31")) is None
    bar = phase_bar(timed(started="10:00", detected="10:10", recovered="2026-03-31"))
    assert [segment.until for segment in bar.segments] == ["detected"]


def test_what_did_come_in_another_order_is_drawn_so(timed: Any) -> None:
    bar = phase_bar(timed(started="10:00", detected="11:00", contained="10:30", recovered="2026-04-02"))
    assert [segment.until for segment in bar.segments] == ["contained", "detected", "recovered"]


@pytest.mark.parametrize(("total", "logarithmic"), [(40, False), (41, True)])
def test_logarithmic_where_a_phase_would_vanish(timed: Any, total: int, *, logarithmic: bool) -> None:
    bar = phase_bar(timed(started="10:00", detected="10:01", recovered=f"10:{total:02}"))
    assert bar.scale.logarithmic is logarithmic


def test_logarithmic_keeps_the_order_and_fills_the_width(timed: Any) -> None:
    bar = phase_bar(timed(started="10:00", detected="10:01", contained="12:00", recovered="2026-05-02T10:00Z"))
    edges = [(segment.start, segment.start + segment.width) for segment in bar.segments]
    assert edges[0][0] == 0
    assert edges[-1][1] == pytest.approx(100, abs=0.01)
    assert all(before[1] == pytest.approx(after[0], abs=0.02) for before, after in pairwise(edges))
    assert edges[0][1] > 5  # a minute beside a month is still seen


SHAPES: dict[str, dict[str, str]] = {
    "all": {"started": "10:00", "detected": "10:01", "contained": "10:02", "recovered": "15:00"},
    "nothing-at-the-start": {"started": "10:00", "detected": "10:00", "recovered": "10:30"},
    "nothing-at-the-end": {"started": "10:00", "detected": "10:30", "contained": "11:00", "recovered": "11:00"},
    "hardly-anything-at-the-end": {
        "started": "2026-01-01",
        "contained": "2026-03-31T10:00Z",
        "recovered": "10:01",
    },
    "unordered": {"started": "10:30", "detected": "10:00", "contained": "11:00", "recovered": "10:45"},
    "reversed": {"started": "13:00", "detected": "12:00", "contained": "11:00", "recovered": "10:00"},
    "dates": {"started": "2026-03-01", "recovered": "2026-03-31"},
    "months": {"started": "2025-03", "detected": "2025-12", "recovered": "2026-01"},
    "half-a-century": {"started": "1975", "recovered": "2025-01-01T10:00Z"},
    "seconds": {"started": "2026-03-31T10:00:00Z", "recovered": "2026-03-31T10:00:07Z"},
}


@pytest.mark.parametrize("times", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("common", [False, True], ids=["own-scale", "common-scale"])
def test_everything_lies_inside_the_drawing(timed: Any, times: dict[str, str], *, common: bool) -> None:
    record = timed(**times)
    bar = phase_bar(record, common_scale([record]) if common else None)
    assert bar.segments
    for segment in bar.segments:
        assert 0 <= segment.start <= 100
        assert 0 < segment.width <= 100
        assert segment.start + segment.width <= 100.01
    positions = [tick.position for tick in bar.scale.ticks()]
    assert positions == sorted(set(positions))
    assert all(0 <= position <= 100 for position in positions)
    assert all(after - before >= 15 for before, after in pairwise(positions))
    assert len({tick.label for tick in bar.scale.ticks()}) == len(positions)


@pytest.mark.parametrize("times", [SHAPES["unordered"], SHAPES["reversed"]], ids=["unordered", "reversed"])
def test_unordered_milestones_are_drawn_in_the_order_of_time(timed: Any, times: dict[str, str]) -> None:
    record = timed(**times)
    bar = phase_bar(record)
    drawn = [bar.first, *(segment.until for segment in bar.segments)]
    assert drawn == sorted(times, key=lambda name: record.times[name].at)
    assert all(before.start <= after.start for before, after in pairwise(bar.segments))


@pytest.mark.parametrize(
    ("times", "first", "untils"),
    [
        ({"detected": "10:00", "recovered": "11:00"}, "detected", ["recovered"]),
        ({"started": "10:00", "contained": "11:00"}, "started", ["contained"]),
        ({"started": "10:00", "detected": "10:10", "responded": "10:20"}, "started", ["detected"]),
        ({"contained": "10:00", "recovered": "11:00"}, "contained", ["recovered"]),
    ],
)
def test_bar_from_the_first_milestone_known(
    timed: Any, times: dict[str, str], first: str, untils: list[str]
) -> None:
    bar = phase_bar(timed(**times))
    assert bar.first == first
    assert [segment.until for segment in bar.segments] == untils


@pytest.mark.parametrize(
    "times",
    [
        {},
        {"started": "10:00"},
        {"recovered": "10:00"},
        {"responded": "10:00", "declared": "10:10"},
        {"started": "10:00", "detected": "10:00", "contained": "10:00", "recovered": "10:00"},
        {"started": "2026-03-31", "recovered": "2026-03-31"},
    ],
    ids=["none", "only-start", "only-end", "other-milestones", "all-at-once", "all-on-a-day"],
)
def test_nothing_to_draw(timed: Any, times: dict[str, str]) -> None:
    assert phase_bar(timed(**times)) is None


@pytest.mark.parametrize("incident_class", ["near-miss", "exercise", "maintenance"])
def test_classes_without_durations_have_no_bar(timed: Any, incident_class: str) -> None:
    assert phase_bar(timed({"class": incident_class}, **SHAPES["all"])) is None


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        ("2026-03-31T10:00Z", "2026-03-31T10:30Z", "30 min"),
        ("2026-03-30", "2026-03-31", "about 24 h"),
        ({"at": "2026-03-31T10:00Z", "estimated": True}, "2026-03-31T10:30Z", "about 30 min"),
    ],
)
def test_what_is_not_exact_says_about(read: Read, start: Any, end: str, length: str) -> None:
    record = read(incident({"times": {"started": start, "recovered": end}})).record
    bar = phase_bar(record)
    assert [segment.length for segment in bar.segments] == [length]
    assert bar.estimated is isinstance(start, dict)


def test_milestones_reached_at_once_are_one_edge(timed: Any) -> None:
    bar = phase_bar(timed(started="10:00", detected="10:00", contained="10:30", recovered="10:30"))
    assert [(segment.until, segment.start, segment.width) for segment in bar.segments] == [("contained", 0, 100)]


def test_common_scale_spans_the_longest(timed: Any) -> None:
    short, long = timed(started="10:00", recovered="10:30"), timed(started="10:00", recovered="22:00")
    scale = common_scale([short, long, timed(started="10:00")])
    assert scale == Scale(timedelta(hours=12), logarithmic=True)
    assert phase_bar(long, scale).segments[-1].width == 100
    assert phase_bar(short, scale).segments[-1].width < 60


def test_common_scale_of_nothing() -> None:
    assert common_scale([]) == Scale(timedelta(0), logarithmic=True)
    assert [tick.label for tick in common_scale([]).ticks()] == ["0"]


@pytest.mark.parametrize("logarithmic", [False, True])
def test_positions_are_kept_inside(*, logarithmic: bool) -> None:
    scale = Scale(timedelta(hours=1), logarithmic=logarithmic)
    assert scale.position(timedelta(0)) == 0
    assert scale.position(timedelta(hours=1)) == 100
    assert scale.position(timedelta(hours=2)) == 100
    assert scale.position(timedelta(hours=-1) if not logarithmic else timedelta(0)) == 0
