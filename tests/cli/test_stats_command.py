"""`postmortems stats`: what it selects, how it says that there is too little to tell, and what it refuses."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from postmortems.figures import SECTIONS as NAMES
from sites import EPOCH, POLICY, incident, to_yaml, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conftest import Run

RETOLD = {
    "provenance": "public-report",
    "organisation": "Someone else",
    "services": ["dns"],
    "sources": [{"url": "https://status.example.org/1", "kind": "primary"}],
}


def began(day: str, minutes: int = 60, **changes: Any) -> tuple[str, str]:
    times = {"started": f"{day}T08:00Z", "recovered": f"{day}T{8 + minutes // 60:02}:{minutes % 60:02}Z"}
    return f"incidents/{day[:4]}/{day}-case.md", incident({"times": times, "published": day}, changes)


SIX = dict(began(f"2026-02-{place + 1:02}", 10 * place) for place in range(1, 7))
OTHERS = dict(
    [
        began("2026-03-09", 600, severity="sev1", services=["payments"]),
        began("2025-03-09", 600, severity="sev2", tlp="AMBER"),
        began("2026-03-10", 600, **RETOLD),
        began("2026-03-11", **{"class": "near-miss"}),
    ]
)


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the policy of Example Bank; the current one."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    folder = write(tmp_path / "bank", {"schemas/policy.yaml": to_yaml(POLICY)})
    monkeypatch.chdir(folder)
    return folder


def document(run: Run, bank: Path, files: Mapping[str, str], *options: str) -> dict[str, Any]:
    write(bank, files)
    result = run("stats", "--json", *options)
    assert result.exit_code == 0
    return json.loads(result.stdout)


def median(found: dict[str, Any], metric: str = "ttrc") -> dict[str, Any]:
    return next(row for row in found["sections"]["timing"]["rows"] if row["metric"] == metric)


def test_one_object_with_all_sections(run: Run, bank: Path) -> None:
    found = document(run, bank, SIX)
    assert list(found["sections"]) == [name.replace("-", "_") for name in NAMES]
    assert {
        key: found[key] for key in ("organisation", "audience", "since", "severities", "services", "incidents")
    } == {
        "organisation": "Example Bank",
        "audience": "organisation",
        "since": None,
        "severities": [],
        "services": [],
        "incidents": 6,
    }


def test_a_median_with_what_it_rests_on(run: Run, bank: Path) -> None:
    row = median(document(run, bank, SIX))
    assert row["median"] == {"value": 35 * 60, "low": 600, "high": 3600, "state": "ok"}
    assert (row["n"], row["of"], row["coverage"], row["excluded"]) == (6, 6, 1, [])
    assert row["three_in_four"] == {"value": None, "low": None, "high": None, "state": "too few"}


def test_others_enter_nothing(run: Run, bank: Path) -> None:
    found = document(run, bank, SIX | OTHERS)
    assert found["incidents"] == 8  # not the retold one, nor the near miss
    [quarter] = [row for row in found["sections"]["frequency"]["rows"] if row["quarter"] == "2026Q1"]
    assert (quarter["incidents"], quarter["near_misses"]) == (7, 1)


def test_what_an_audience_may_not_see_is_in_no_figure(run: Run, bank: Path) -> None:
    assert document(run, bank, OTHERS, "--audience", "public")["incidents"] == 1
    assert document(run, bank, OTHERS)["incidents"] == 2


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--since", "2026"), 7),
        (("--since", "2026-02-05"), 4),
        (("--since", "2026Q2"), 0),
        (("--severity", "sev1"), 1),
        (("--severity", "sev1", "--severity", "sev2"), 2),
        (("--service", "payments"), 1),
        (("--service", "checkout", "--severity", "sev1"), 0),
    ],
)
def test_selection(run: Run, bank: Path, options: tuple[str, ...], count: int) -> None:
    found = document(run, bank, SIX | OTHERS, *options)
    assert found["incidents"] == count
    assert (
        median(found)["of"] == count
        if count
        else all(row["part"] == 0 for row in found["sections"]["shares"]["rows"])
    )


def test_a_selection_leaves_what_could_be_seen(run: Run, bank: Path) -> None:
    """The first record is of March 2025, so that the quarters after it are whole for every severity."""
    rows = document(run, bank, SIX | OTHERS, "--severity", "sev1")["sections"]["frequency"]["rows"]
    assert [(row["quarter"], row["incidents"], row["whole"]) for row in rows[1:5]] == [
        ("2026Q1", 1, True),
        ("2025Q4", 0, True),
        ("2025Q3", 0, True),
        ("2025Q2", 0, True),
    ]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--severity", "sev11"), "there is no severity `sev11`; did you mean `sev1`"),
        (("--service", "payment"), "there is no service `payment`; did you mean `payments`"),
        (("--since", "yesterday"), "`yesterday` is no year, quarter, month or day"),
        (("--since", "2026-13"), "`2026-13` is not a calendar date"),
        (("--audience", "everyone"), "'everyone' is not one of"),
    ],
)
def test_words_that_there_are_not(run: Run, bank: Path, options: tuple[str, ...], told: str) -> None:
    result = run("stats", *options)
    assert result.exit_code == 2
    assert told in result.output


def test_a_table_for_people(run: Run, bank: Path) -> None:
    write(bank, SIX | OTHERS)
    lines = run("stats").output.splitlines()
    assert re.findall(r"Example Bank|\d+ \w+", lines[0]) == ["Example Bank", "8 incidents", "1 June"]
    alone = [line for before, line, after in zip(lines, lines[1:], lines[2:], strict=False) if not before + after]
    titles = [line for line in alone if not line.endswith(".")]
    assert titles == [
        *("How long it took", "This year and the last", "How often", "Shares"),
        *("What recurs", "Which sides of the organisation", "What came back"),
        *("Follow-through", "Reviews"),
    ]
    [recover] = [line for line in lines if line.startswith("Time to recover") and "8 of 8" in line]
    assert recover.split("  ")[0] == "Time to recover"


def test_too_few_say_how_many_it_takes(run: Run, bank: Path) -> None:
    write(bank, dict([began("2026-02-02")]))
    output = run("stats").output
    assert "1 of 6" in output
    assert "75" not in output
    [rate] = [line for line in output.splitlines() if line.startswith("A rate")]
    assert re.findall(r"\d+", rate) == ["4", "0"]


def test_nothing_of_ones_own(run: Run, bank: Path) -> None:
    write(bank, dict([began("2026-03-10", **RETOLD)]))
    result = run("stats")
    assert result.exit_code == 0
    first, second = result.output.splitlines()
    assert "0 incidents" in first
    assert "1 retold" in second


def test_nothing_at_all(run: Run, bank: Path) -> None:
    assert "none of its own incidents" in run("stats").output
    assert document(run, bank, {})["sections"]["timing"]["rows"] == []


def test_nothing_like_that(run: Run, bank: Path) -> None:
    write(bank, SIX)
    assert "No record" in run("stats", "--severity", "sev1").output


def test_a_year_that_was_cut_off_is_said_to_be(run: Run, bank: Path) -> None:
    write(bank, SIX)
    assert "not whole" in run("stats", "--since", "2026").output
    assert "not whole" not in run("stats").output


def test_only_the_sections_that_are_asked_for(run: Run, bank: Path) -> None:
    found = document(run, bank, SIX, "--section", "review", "--section", "follow-through")
    assert list(found["sections"]) == ["follow_through", "review"]
    assert "How long it took" not in run("stats", "--section", "review").output
    refused = run("stats", "--section", "reviews")
    assert refused.exit_code == 2
    assert "'reviews' is not one of 'timing'" in refused.output


def action(**fields: Any) -> dict[str, Any]:
    base = {"id": "A1", "title": "Mend it", "owner": "platform", "done_when": "It holds.", "due": "2026-05-01"}
    return {"actions": [{"addresses": ["F1"]} | base | fields], "no_actions_reason": None}


DONE = {"status": "done", "closed": "2026-04-15", "evidence": ["https://git.example.org/1"]}
ACTIONS = dict(
    [
        began("2026-03-01", **action(**DONE)),
        began("2026-04-20", severity="sev1", status="in-review", **action(due="2026-05-25")),
        began("2026-04-21", **{"class": "near-miss"}, **action(due="2026-06-25")),
    ]
)


def figures(found: dict[str, Any], section: str) -> dict[str, tuple[int, int]]:
    return {row["figure"]: (row["n"], row["of"]) for row in found["sections"][section]["rows"]}


def test_actions_of_all_own_records(run: Run, bank: Path) -> None:
    found = figures(document(run, bank, ACTIONS), "follow_through")
    assert (found["open"], found["overdue"], found["on_time"]) == ((2, 3), (1, 2), (1, 2))
    output = run("stats", "--section", "follow-through").output
    assert "7 days late" in output
    assert "Git history" in output


def test_what_is_picked_out_narrows_down_actions_and_reviews(run: Run, bank: Path) -> None:
    found = document(run, bank, ACTIONS, "--severity", "sev1")
    assert figures(found, "follow_through")["open"] == (1, 1)
    assert figures(found, "review")["coverage"] == (0, 1)
    assert found["sections"]["review"]["summary"]["waiting"] == [{"incident": "2026-04-20-case", "days": 42}]
    assert document(run, bank, ACTIONS, "--severity", "sev2")["sections"]["review"]["rows"] == []


def test_a_repeat_may_be_of_what_is_not_picked_out(run: Run, bank: Path) -> None:
    (row,) = document(run, bank, ACTIONS, "--since", "2026-04-20", "--severity", "sev1")["sections"]["repeats"][
        "rows"
    ]
    assert (row["incident"], row["earlier"], row["after_fix"]) == ("2026-04-20-case", "2026-03-01-case", True)
    assert row["actions"] == [{"id": "A1", "title": "Mend it", "closed": "2026-04-15"}]


def test_factors_of_the_last_twelve_months(run: Run, bank: Path) -> None:
    section = document(run, bank, SIX | ACTIONS)["sections"]["factors"]
    (row,) = section["rows"]
    assert (row["now"], row["before"], row["apart"], row["change"]) == (8, None, 1, "too few")
    assert (section["summary"]["incidents"], section["summary"]["incidents_before"]) == (8, None)
    assert "2 June 2024" in run("stats").output


def test_of_drafts_only_numbers_are_known(run: Run, bank: Path) -> None:
    drafts = dict(
        began(f"2026-01-0{day}", severity="sev1", status="draft", tlp="CLEAR", published=None)
        for day in range(1, 5)
    )
    found = document(run, bank, ACTIONS | drafts, "--audience", "public")
    assert found["sections"]["review"]["summary"]["drafts"] == {"held": 0, "waiting": 4}
    assert figures(found, "review")["coverage"] == (0, 5)
    narrowed = document(run, bank, ACTIONS | drafts, "--audience", "public", "--severity", "sev1")
    assert figures(narrowed, "review")["coverage"] == (0, 1)


def test_near_misses_alone_have_figures_too(run: Run, bank: Path) -> None:
    write(bank, dict([began("2026-03-11", **{"class": "near-miss"}, **action())]))
    output = run("stats").output
    assert "0 incidents" in output.splitlines()[0]
    assert "Follow-through" in output
