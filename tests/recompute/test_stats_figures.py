"""`postmortems stats` gives the figures of the pages: those that the raw front matter gives."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import page_did_it_work
import page_factors
import page_follow_through
import page_frequency
import page_review
import page_timing
import pytest
from causes import repeats
from click.testing import CliRunner
from raw import world
from test_figures import AS_OF, DEMO

from postmortems.cli import main
from sites import REPOSITORY

if TYPE_CHECKING:
    from raw import World

Figures = dict[str, Any]


@pytest.fixture(scope="module")
def raw() -> World:
    return world(DEMO, DEMO / "schemas", AS_OF, shipped=REPOSITORY / "schemas")


@pytest.fixture(scope="module")
def told() -> Figures:
    options = ["stats", "--json", "--audience", "public", "--root", str(DEMO)]
    run = CliRunner(env={"SOURCE_DATE_EPOCH": str(int(AS_OF.timestamp()))}).invoke(main, options)
    assert run.exit_code == 0, run.output
    return json.loads(run.output)["sections"]


def test_timing(told: Figures, raw: World) -> None:
    found: Figures = {}
    for row in told["timing"]["rows"]:
        name = f"typical.{row['metric']}"
        found |= {f"{name}.known": row["n"], f"{name}.of": row["of"]}
        for key in ("median", "three_in_four"):
            found |= _bounded(f"{name}.{key.replace('_', '-')}", row[key], row["n"])
        for left in row["excluded"]:
            found[f"{name}.out.{left['reason'].replace(' ', '-')}"] = left["count"]
    assert found == pytest.approx(_of("typical.", page_timing.figures(raw)))


def test_years(told: Figures, raw: World) -> None:
    found: Figures = {}
    for row in told["years"]["rows"]:
        for side in ("now", "before"):
            name = f"years.{row['metric']}.{side}"
            found |= _bounded(name, row[side], row[side]["n"])
            found |= {f"{name}.n": row[side]["n"], f"{name}.of": row[side]["of"]}
        found[f"years.{row['metric']}.change"] = row["change"]
    assert found == pytest.approx(_of("years.", page_timing.figures(raw)))


def test_frequency(told: Figures, raw: World) -> None:
    summary = told["frequency"]["summary"]
    rate, years = summary["rate_per_quarter"], summary["last_years"]
    found: Figures = {
        "rate": rate["value"],
        **{f"rate.{key}": rate[key] for key in ("low", "high", "n")},
        "whole": rate["quarters"],
        **{f"change.{key}": years[key] for key in ("now", "before", "ratio", "low", "high", "verdict")},
    }
    for row in told["frequency"]["rows"]:
        name = f"quarter.{row['quarter']}"
        kinds = ("incidents", "near_misses", "exercises", "low", "high")
        found |= {f"{name}.{kind.replace('_', '-')}": row[kind] for kind in kinds}
        if not row["whole"]:
            found |= {f"{name}.days": row["days"], f"{name}.of-days": row["of_days"]}
    assert found == pytest.approx(_of(("rate", "whole", "change.", "quarter."), page_frequency.figures(raw)))


def _bounded(name: str, told: Figures, n: int) -> Figures:
    if told["value"] is None:
        return {name: told["state"], f"{name}.n": n}
    return {name: told["value"], f"{name}.low": told["low"], f"{name}.high": told["high"]}


def _of(prefix: str | tuple[str, ...], figures: Figures) -> Figures:
    """The figures of a part of a page, but for how many a quantile takes, which pages tell beside too few."""
    return {
        name: value for name, value in figures.items() if name.startswith(prefix) and not name.endswith(".least")
    }


def test_shares(told: Figures, raw: World) -> None:
    found = {row["share"]: (row["part"], row["whole"]) for row in told["shares"]["rows"]}
    timing, frequency = page_timing.figures(raw), page_frequency.figures(raw)
    known = frequency["drift.known"]
    assert found == {
        "internal_detection": _pair(timing["detection.internal"]),
        "caught_before_impact": _pair(timing["detection.before-impact"]),
        "severity_worse": (frequency["drift.worse"], known),
        "severity_milder": (frequency["drift.milder"], known),
    }


def _pair(share: str) -> tuple[int, int]:
    part, _, whole = share.partition("/")
    return int(part), int(whole)


def test_factors(told: Figures, raw: World) -> None:
    summary = told["factors"]["summary"]
    found: Figures = {
        "incidents": summary["incidents"],
        "incidents-before": summary["incidents_before"],
        "comparisons": summary["comparisons"],
    }
    for row in told["factors"]["rows"]:
        name = f"recurring.{row['factor']}"
        found |= {f"{name}.now": row["now"], f"{name}.before": row["before"]}
        found |= {f"{name}.apart": row["apart"]} if row["apart"] else {}
        found |= {f"{name}.more-services": len(row["services"]) - 3} if len(row["services"]) > 3 else {}
        if row["change"] != "too few":
            found[f"{name}.change"] = row["change"]
            found |= {f"{name}.change.{bound}": row[bound] for bound in ("low", "high")}
    names = ("recurring.", "incidents", "comparisons")
    assert found == pytest.approx(_of(names, page_factors.figures(raw)))


def test_dimensions(told: Figures, raw: World) -> None:
    found: Figures = {}
    for row in told["dimensions"]["rows"]:
        name = "own.only-technical" if row["figure"] == "only-technical" else f"own.dimension.{row['figure']}"
        found[name] = f"{row['n']}/{row['of']}"
        if row["figure"] != "only-technical":
            found |= {f"{name}.low": row["low"], f"{name}.high": row["high"]}
    assert found == pytest.approx(_of("own.", page_factors.figures(raw)))


def test_repeats(told: Figures, raw: World) -> None:
    found: Figures = {}
    for when in ("after", "before"):
        share = told["repeats"]["summary"][f"{when}_fix"]
        found[f"{when}-share"] = f"{share['part']}/{share['whole']}"
        found |= {f"{when}-share.{bound}": share[bound] for bound in ("low", "high")}
    assert found == pytest.approx(_of(("after-share", "before-share"), page_factors.figures(raw)))
    named = [(r["incident"], r["earlier"], r["factor"], r["after_fix"]) for r in told["repeats"]["rows"]]
    assert sorted(named) == sorted(
        (record, earlier, factor, after)
        for after, entries in repeats(raw).items()
        for record, found in entries.items()
        for earlier, factor in found
    )


def test_follow_through(told: Figures, raw: World) -> None:
    rows = {row["figure"]: row for row in told["follow_through"]["rows"]}
    summary = told["follow_through"]["summary"]
    found: Figures = {
        "actions": summary["actions"],
        "open": rows["open"]["n"],
        "overdue": rows["overdue"]["n"],
        "overdue.longest": summary["longest_overdue_days"],
        **({"on-time.given-up": summary["given_up"]} if summary["given_up"] else {}),
        "on-time-ever.given-up": summary["given_up_ever"],
        **_measure("age", rows["age"]),
        **_measure("median", rows["completion"]),
        **_measure("slips.days", rows["moved_days"]),
        **_rate("on-time", rows["on_time"]),
        **_rate("on-time-ever", rows["on_time_ever"]),
        "slips.dated": rows["moved"]["of"],
        "slips.moved": rows["moved"]["n"],
        **_bounds("slips", rows["moved"]),
        "effective.closed": rows["effective"]["of"],
        "effective": rows["effective"]["n"],
        **_bounds("effective", rows["effective"]),
    }
    judged = {name.replace("_", "-"): count for name, count in summary["judged"].items()}
    assert judged.pop("effective") == rows["effective"]["n"]
    found |= {f"effective.{name}": count for name, count in judged.items() if count}
    for load in summary["owners"]:
        name = f"owner.{load['owner']}"
        found |= {f"{name}.open": load["open"], f"{name}.oldest": load["oldest_days"]}
        if load["overdue"]:
            found |= {f"{name}.overdue": load["overdue"], f"{name}.latest": load["longest_overdue_days"]}
    names = ("actions", "open", "overdue", "on-time", "age", "median", "slips", "effective", "owner.")
    _compare(found, _of(names, page_follow_through.figures(raw)))
    assert (summary["moved_in_silence"] or []) == []


def test_effect(told: Figures, raw: World) -> None:
    summary = told["effect"]["summary"]
    verdicts = {name.replace("_", "-"): count for name, count in summary["verdicts"].items() if count}
    found: Figures = {
        "declared": summary["declared"],
        "section.comparisons": summary["declared"],
        "compared": summary["comparisons"],
        "by-chance": summary["by_chance"],
        **({"disagreeing": summary["disagreeing"]} if summary["disagreeing"] else {}),
        "closed": summary["closed"],
        "undeclared": summary["undeclared"],
        **{f"verdict.{verdict}": count for verdict, count in verdicts.items()},
    }
    for row in told["effect"]["rows"]:
        name = f"{row['incident']}.{row['action']}"
        keys = ("months", "before", "after", "ratio", "low", "high", "needed", *(["passed"] * (row["passed"] < 1)))
        found |= {f"{name}.{key}": row[key] for key in keys if row[key] is not None}
        reasons = {left["reason"].replace(" ", "-"): left["count"] for left in row["excluded"]}
        found |= {f"{name}.without.{reason}": count for reason, count in reasons.items()}
    shown = {
        name: value
        for name, value in page_did_it_work.figures(raw).items()
        if not name.endswith((".shortest", ".longest"))
    }
    # The page does not tell how many there were on either side where it is too early to compare.
    early = {
        f"{row['incident']}.{row['action']}" for row in told["effect"]["rows"] if row["verdict"] == "too early"
    }
    assert early
    for name in early:
        found = {key: value for key, value in found.items() if not key.startswith(name) or key in shown}
    _compare(found, shown)


def test_review(told: Figures, raw: World) -> None:
    rows = {row["figure"]: row for row in told["review"]["rows"]}
    summary = told["review"]["summary"]
    names = {"in_time": "in-time", "without_signs": "signs.without"}
    found: Figures = {
        "grace": summary["grace_days"],
        "policy.within": summary["within_days"],
        **{f"waiting.{late['incident']}": late["days"] for late in summary["waiting"]},
        "time.median": rows["time"]["value"],
        "time.n": rows["time"]["n"],
        **_bounds("time", rows["time"]),
    }
    for key, row in rows.items():
        name = names.get(key, f"{key.replace('_', '.', 1)}.present" if key.startswith("group_") else key)
        if key != "time":
            found |= {name: f"{row['n']}/{row['of']}", **_bounds(name, row)}
        if not key.startswith("group_"):
            reasons = {left["reason"].replace(" ", "-"): left["count"] for left in row["excluded"]}
            found |= {f"{name}.without.{reason}": count for reason, count in reasons.items()}
    expected = page_review.figures(raw)
    assert found == pytest.approx({name: expected[name] for name in found})
    assert {f"group.{group}.present" for group in page_review.GROUPS} <= found.keys()
    assert summary["reviewed"] == expected["reviewed"]


def test_questions(told: Figures, raw: World) -> None:
    expected = page_review.figures(raw)
    rows = told["questions"]["rows"]
    assert [row["question"] for row in rows] == list(page_review.QUESTIONS)
    for row in rows:
        name = f"question.{row['question']}"
        good = {f"{name}.yes": f"{row['part']}/{row['whole']}", **_bounds(f"{name}.yes", row)}
        assert good == pytest.approx({key: expected[key] for key in good})
        keys = {"yes": "yes", "partly": "partly", "no": "no", "n/a": "not_applicable", "none": "not_answered"}
        for answer, key in keys.items():
            by_year = [
                value
                for told_name, value in expected.items()
                if told_name.startswith(f"{name}.20") and told_name.endswith(f".{answer}")
            ]
            assert row[key] == sum(by_year), (name, answer)
    changes = told["questions"]["summary"]["what_should_change"]
    reviewed = told["questions"]["summary"]["reviewed"]
    of_all = {name: value for name, value in _of("change.", expected).items() if name.count(".") == 1}
    assert {f"change.{area}": f"{count}/{reviewed}" for area, count in changes.items()} == of_all


def test_keys_are_those_that_the_guide_tells(told: Figures) -> None:
    text = (REPOSITORY / "docs/guide/figures.md").read_text(encoding="utf-8")
    of_figure = re.search(r"- A figure has (.+?)\. ", text, re.DOTALL)[1]
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", text.partition("## JSON")[2], re.MULTILINE)
    assert [section for section, _ in rows] == list(told)
    for section, keys in rows:
        named = set(re.findall(r"`(\w+)`", of_figure if keys == "those of a figure" else keys))
        assert told[section]["rows"], section
        for row in told[section]["rows"]:
            assert row.keys() <= named, section
        for key in told[section].get("summary", {}):
            assert f"`{key}`" in text.partition("What a `summary` contains")[2], (section, key)


def _compare(told: Figures, shown: Figures) -> None:
    assert sorted(told) == sorted(shown)
    assert told == pytest.approx(shown)


def _measure(name: str, row: Figures) -> Figures:
    return {name: row["value"], **_bounds(name, row), f"{name}.n": row["n"], f"{name}.of": row["of"]}


def _rate(name: str, row: Figures) -> Figures:
    return {f"{name}.due": row["of"], f"{name}.kept": row["n"], f"{name}.rate": row["value"], **_bounds(name, row)}


def _bounds(name: str, row: Figures) -> Figures:
    return {f"{name}.{bound}": row[bound] for bound in ("low", "high") if row[bound] is not None}
