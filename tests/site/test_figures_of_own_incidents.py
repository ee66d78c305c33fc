"""Timing and Frequency in states that neither of the two sites shows: many incidents, silence, clusters."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from site_cases import RETOLD, path

from postmortems.analysis.statistics.quarters import Quarter
from sites import AS_OF, incident, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_bench import MakeTree

    from sites import Node

LATEST = Quarter(2026, 1)  # the last whole quarter before AS_OF


def began(day: date, place: int = 0, minutes: int = 60, **changes: Any) -> tuple[str, str]:
    times = {
        "started": f"{day}T08:00Z",
        "detected": f"{day}T08:00Z",
        "recovered": f"{day}T{8 + minutes // 60:02}:{minutes % 60:02}Z",
    }
    return path(f"{day}-case-{place}"), incident({"times": times, "published": f"{day}"}, changes)


def in_quarters(counts: Sequence[int]) -> dict[str, str]:
    """A first record, so many incidents in each quarter up to the latest whole one, and one of today."""
    first = LATEST.period.first
    found = [began(AS_OF.date())]
    for count in reversed(counts):
        found += [began(first + timedelta(days=2), place) for place in range(count)]
        first = (first - timedelta(days=45)).replace(day=1)
        first = first.replace(month=(first.month - 1) // 3 * 3 + 1)
    return dict([*found, began(first + timedelta(days=40))])


def shown(tree: MakeTree, files: dict[str, str], name: str) -> Node:
    return parse(tree(files).pages[f"{name}/index.md"].render(lambda uri: f"/{uri}").html)


def finding(page: Node) -> str:
    return page.text("//p[@class='pm-finding']")


def value(page: Node, name: str) -> str:
    return {element.get("value") for element in page.all(f"//*[@data-figure='{name}']")}.pop()


# Frequency.


def test_a_control_chart_where_counts_are_enough_for_one(tree: MakeTree) -> None:
    page = shown(tree, in_quarters([4, 6] * 6), "frequency")
    assert float(value(page, "limits.high")) == pytest.approx(10.32)
    assert "No quarter" in page.text()
    assert len(page.all("//figure[@id='chart-counts']//svg")) == 2


def test_a_quarter_beyond_the_limits_is_named(tree: MakeTree) -> None:
    page = shown(tree, in_quarters([5, 4, 5, 6, 5, 4, 5, 6, 5, 4, 5, 25]), "frequency")
    assert ": Q1 2026." in page.text()
    assert "Q2 2023 to Q4 2025" in page.text()


def test_more_and_fewer(tree: MakeTree) -> None:
    page = shown(tree, in_quarters([0, 0, 0, 0, 2, 1, 2, 1]), "frequency")
    assert "more" in finding(page)
    assert value(page, "change.verdict") == "more"


def test_fewer(tree: MakeTree) -> None:
    page = shown(tree, in_quarters([2, 1, 2, 1, 0, 0, 0, 0]), "frequency")
    assert "fewer" in finding(page)
    assert (value(page, "change.ratio"), value(page, "change.verdict")) == ("0", "fewer")


def test_clusters_are_told_and_no_change_is(tree: MakeTree) -> None:
    page = shown(tree, in_quarters([9, 0, 0, 0, 0, 0, 9, 0]), "frequency")
    assert "clusters" in finding(page)
    assert "too narrow" in page.text()
    assert value(page, "change.verdict") == "incidents cluster"


def test_quarters_without_a_sign_of_records_are_no_zeros(tree: MakeTree) -> None:
    page = shown(tree, dict([began(date(2025, 2, 20)), began(date(2025, 5, 20), 1)]), "frequency")
    rows = page.texts("//caption[contains(., 'by quarter')]/../tbody/tr")
    assert [row.split()[:5] for row in rows[:3]] == [
        ["Q2", "2026", "–", "–", "–"],
        ["Q1", "2026", "–", "–", "–"],
        ["Q4", "2025", "–", "–", "–"],
    ]
    assert [row.split()[0:3] for row in rows[-2:]] == [["Q2", "2025", "1"], ["Q1", "2025", "1"]]


def test_older_quarters_are_left_out_and_said_to_be(tree: MakeTree) -> None:
    page = shown(tree, in_quarters([1] * 30), "frequency")
    assert value(page, "older") == "8"
    assert len(page.all("//caption[contains(., 'by quarter')]/../tbody/tr")) == 24


def test_near_misses_alone_are_no_incidents(tree: MakeTree) -> None:
    page = shown(tree, dict([began(date(2026, 2, 20), **{"class": "near-miss"})]), "frequency")
    assert "No incident" in finding(page)
    assert "1 near miss" in finding(page)


def test_a_start_known_to_the_year_only(tree: MakeTree) -> None:
    files = {path("2025-somewhen"): incident({"times": {"started": "2025", "recovered": "2026-01-02"}})}
    assert "start known to the quarter" in finding(shown(tree, files, "frequency"))


@pytest.mark.parametrize("name", ["frequency", "timing"])
def test_other_organisations_enter_no_figure(tree: MakeTree, name: str) -> None:
    own = dict(began(date(2026, 2, 1 + place), place, minutes=10 + place) for place in range(6))
    mixed = own | dict([began(date(2026, 3, 9), 9, minutes=600, **RETOLD)])
    figures = [
        {element.get("data-figure"): element.get("value") for element in page.all("//*[@data-figure]")}
        for page in (shown(tree, own, name), shown(tree, mixed, name))
    ]
    kept = ("typical.", "years.", "severity.", "finding.", "quarter.", "rate", "change.", "detection.", "class.")
    alone, beside = ({k: v for k, v in found.items() if k.startswith(kept)} for found in figures)
    assert alone
    assert alone == beside


# Timing.


def test_six_incidents_have_a_median(tree: MakeTree) -> None:
    files = dict(began(date(2026, 2, 1 + place), place, minutes=10 * (place + 1)) for place in range(6))
    page = shown(tree, files, "timing")
    detect, recover = finding(page).split(". ")[:2]
    assert "detect: under 1 min (" in detect
    assert "recover: 35 min (95 % interval 10 min to 1 h; 6 of 6" in recover
    assert page.all("//*[@data-figure='typical.ttrc.median']")
    assert not page.all("//*[@data-figure='typical.ttrc.three-in-four']")


def test_a_year_that_was_longer_is_told(tree: MakeTree) -> None:
    last = [began(date(2025, 2, 1 + place), place, minutes=10 + place) for place in range(6)]
    this = [began(date(2026, 2, 1 + place), place, minutes=100 + place) for place in range(6)]
    page = shown(tree, dict([*last, *this]), "timing")
    assert "longer to recover" in finding(page)
    assert (value(page, "years.ttrc.change"), value(page, "years.ttd.change")) == ("longer", "cannot tell")


def test_many_incidents_are_drawn_and_listed_in_part(tree: MakeTree) -> None:
    first = date(2024, 1, 1)
    files = dict(began(first + timedelta(days=4 * place), place) for place in range(210))
    page = shown(tree, files, "timing")
    assert [value(page, name) for name in ("section.table", "measured", "drawn", "bars")] == [
        "200",
        "210",
        "60",
        "60",
    ]
    assert value(page, "typical.ttrc.known") == "210"
