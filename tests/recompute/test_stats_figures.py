"""`postmortems stats` gives the figures of the pages: those that the raw front matter gives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import page_frequency
import page_timing
import pytest
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
