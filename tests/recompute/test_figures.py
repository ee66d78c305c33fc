"""Every figure on every page of aggregates, recomputed from the raw front matter without `postmortems`, and equal.

Each page has a module of its name in this folder with `figures(world)`: name to value, and, where it draws
charts, `charts(world)`: chart to rows of plain values. Where other pages belong to it, `parts(world)` gives the
figures of each by its address. A figure that only one side knows is a failure, and so is a number on a page that
has no name, and a page below it that only one side knows.

Digits in words that a record says, and in words on the method, are no figures. That they are such words is seen
from the files, which hold what is said, and from all sites, on which a method is the same.
"""

from __future__ import annotations

import importlib
import math
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lengths import METRICS, has_durations, length
from page_home import REPEATED as MOST
from pages import charts_of, figures_of, lists_behind, loose_figures, methods, sayings, stray_numbers
from raw import World, world

from sites import DEMO, DEMO_EPOCH, REPOSITORY, Node, Site, demo_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

HERE = Path(__file__).parent
AS_OF = datetime.fromtimestamp(int(DEMO_EPOCH), UTC)
# The modules of this folder that recompute a page, by the page's folder on the site.
PAGES = sorted(
    path.stem.removeprefix("page_").replace("_", "-") for path in HERE.glob("page_*.py") if path.stem != "page_"
)


def corpora() -> dict[str, Path]:
    return {"reference": REPOSITORY, "demo": DEMO}


class Built(dict[str, tuple[Site, World]]):
    """Both sites and small excerpts of the demo, each built when it is first asked for."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        super().__init__()
        self.factory = factory
        self.root = factory.mktemp("recomputed")

    def __missing__(self, name: str) -> tuple[Site, World]:
        base = corpora()[name] if name in corpora() else self._excerpt(name)
        site = demo_site(self.factory) if name == "demo" else _build(base, self.root / name)
        self[name] = site, _world(base)
        return self[name]

    def _excerpt(self, name: str) -> Path:
        return _excerpt(self.root / f"base-{name}", int(name.removeprefix("demo-")))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sites by their names: that of the demo is shared, the others are built by the command people use."""
    return Built(tmp_path_factory)


def _world(base: Path) -> World:
    return world(base, base / "schemas", AS_OF, shipped=REPOSITORY / "schemas")


def _excerpt(root: Path, size: int) -> Path:
    """The demo with its newest few public records only."""
    shutil.copytree(DEMO, root, ignore=shutil.ignore_patterns("incidents"))
    (root / "incidents").mkdir()
    for raw in _world(DEMO).records[:size]:
        source = Path(raw["uri"])
        source = source.parent if source.name == "index.md" else source
        target = root / source.relative_to(DEMO)
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target)
    return root


def _build(base: Path, folder: Path) -> Site:
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": DEMO_EPOCH,
        "NO_MKDOCS_2_WARNING": "1",
    }
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(base / "mkdocs.yml"), "-d", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return Site(folder)


def _module(page: str) -> ModuleType:
    return importlib.import_module(f"page_{page.replace('-', '_')}")


PARTED = [page for page in PAGES if hasattr(_module(page), "parts")]
SITES = ("reference", "demo", "demo-0", "demo-1", "demo-2", "demo-5")


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("page", PAGES)
def test_figures_are_those_of_the_raw_front_matter(page: str, name: str, built: Built):
    site, raw = built[name]
    module = _module(page)
    shown = site.page(_address(page))
    _assert_same(shown, module.figures(raw), _inside(page))
    charts = {key: [[_plain(cell) for cell in row] for row in rows] for key, rows in _charts(module, raw).items()}
    drawn = charts_of(shown, "//article")
    assert sorted(drawn) == sorted(charts)
    for chart, rows in drawn.items():
        assert len(rows) == len(charts[chart]), chart
        for got, wanted in zip(rows, charts[chart], strict=True):
            assert len(got) == len(wanted), (chart, got, wanted)
            assert all(_same(a, b) for a, b in zip(got, wanted, strict=True)), (chart, got, wanted)


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("page", PARTED)
def test_figures_of_the_pages_that_belong_to_it(page: str, name: str, built: Built):
    site, raw = built[name]
    module = _module(page)
    parts = module.parts(raw)
    for address, figures in parts.items():
        shown = site.page(address)
        _assert_same(shown, figures)
        assert stray_numbers(shown, "//article") == [], address
    below = {file.removesuffix("index.html") for file in site.files if file.startswith(f"{page}/")}
    assert {address for address in below if address.endswith("/")} == {f"{page}/", *parts}


def _address(page: str) -> str:
    return f"{page}/" if page != "home" else ""


def _inside(page: str) -> str:
    """What of a page is made by the program: a home page has blocks of it amid what is written by hand."""
    return "//article" if page != "home" else "//article//*[self::section or @class='pm-finding']"


def _assert_same(shown: Node, figures: dict[str, object], inside: str = "//article") -> None:
    """Hold the figures of a page to those that were recomputed, and the other way round."""
    expected = {key: _plain(value) for key, value in figures.items()}
    actual = figures_of(shown, inside)
    assert {key: value for key, value in actual.items() if not _same(value, expected.get(key))} == {
        key: expected.get(key) for key, value in actual.items() if not _same(value, expected.get(key))
    }
    assert sorted(set(expected) - set(actual)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("page", PAGES)
def test_no_number_is_without_a_name(page: str, name: str, built: Built):
    site, _ = built[name]
    assert stray_numbers(site.page(_address(page)), _inside(page)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
def test_words_of_records_stand_in_the_files(name: str, built: Built):
    site, raw = built[name]
    said = {(address, text) for address, inside in _addresses(raw) for text in sayings(site.page(address), inside)}
    assert said or not raw.records
    assert {(address, text) for address, text in said if not raw.is_written(text)} == set()


@pytest.mark.slow
def test_words_on_method_are_the_same_on_every_site(built: Built):
    told: dict[tuple[str, str], set[str]] = {}
    for site, _ in (built[name] for name in SITES):
        for page in PAGES:
            for text in methods(site.page(_address(page)), _inside(page)):
                told.setdefault((page, re.sub(r"\d+", "#", text)), set()).add(text)
    assert told
    assert [texts for texts in told.values() if len(texts) > 1] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
def test_lists_behind_figures_hold_as_many_as_they_say(name: str, built: Built):
    site, raw = built[name]
    lists = [
        (address, *found)
        for address, inside in _addresses(raw)
        for found in lists_behind(site.page(address), inside)
    ]
    assert lists or not raw.records
    for address, anchor, said, listed, breaks_off in lists:
        assert said == listed or (breaks_off and said > listed), (address, anchor)


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
def test_home_and_factors_say_the_same_of_what_recurs(name: str, built: Built):
    site, raw = built[name]
    home, factors = (figures_of(site.page(address), "//article") for address in ("", "factors/"))
    recurring = {name: value for name, value in home.items() if name.startswith("recurring.")}
    of = recurring.pop("recurring.incidents", None)
    assert recurring == {name: factors.get(f"{name}.now") for name in recurring}
    assert len(recurring) == min(int(factors.get("section.recurring", 0)) if raw.own else 0, MOST)
    assert of in (None, factors.get("incidents"))
    ever = {name.removeprefix("factor."): value for name, value in home.items() if name.startswith("factor.")}
    assert ever == {factor: factors[f"all.{factor}"] for factor in ever}


# What a count without a link is: bounds, days and numbers of the method, by the last part of its name; and the
# number of what stands right below it, by the first.
NOT_OF_RECORDS = {
    *("low", "high", "n", "of", "least", "needed", "rate", "points", "mean", "years", "grace", "within", "most"),
    *("days", "of-days", "shortest", "longest", "latest", "oldest"),
}
RIGHT_BELOW = {
    *("comparisons", "complete", "controls", "counted", "decision", "factors", "lessons", "maintenance", "more"),
    *(
        "newest",
        "organisations",
        "others-services",
        "pairs",
        "pairs-possible",
        "section",
        "unused",
        "whole",
        "year",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["reference", "demo"])
def test_counts_lead_to_what_they_count(name: str, built: Built):
    site, raw = built[name]
    loose = {
        (address, figure)
        for address, inside in _addresses(raw)
        for figure in loose_figures(site.page(address), inside)
        if figure.rpartition(".")[2] not in NOT_OF_RECORDS and figure.partition(".")[0] not in RIGHT_BELOW
    }
    assert loose == set()


def _addresses(raw: World) -> Iterator[tuple[str, str]]:
    """All pages of aggregates, each with where in it the program writes."""
    for page in PAGES:
        yield _address(page), _inside(page)
        if page in PARTED:
            yield from ((address, "//article") for address in _module(page).parts(raw))


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
def test_figures_of_each_post_mortem(name: str, built: Built):
    """What is computed on its own page: how long its phases took, and the order of its actions."""
    site, raw = built[name]
    for record in raw.listed:
        figures: dict[str, object] = {}
        for metric in METRICS if has_durations(record) else ():
            found = length(record, metric, raw.as_of)
            if found and found.seconds is not None and found.reason != "still going on":
                figures[metric] = found.seconds
        for action in record["actions"]:
            if isinstance(stated := action.get("priority"), dict):
                likelihood, impact, effort = (int(stated[side]) for side in ("likelihood", "impact", "effort"))
                figures[f"priority.{action['id']}"] = likelihood * impact / effort
        address = record["uri"].split("/incidents/")[1].removesuffix(".md").removesuffix("/index")
        _assert_same(site.page(f"incidents/{address}/"), figures)


def _charts(module: object, raw: World) -> dict[str, list[list[object]]]:
    return module.charts(raw) if hasattr(module, "charts") else {}


def _plain(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else f"{value:.6g}"
    return "" if value is None else str(value)


def _same(shown: str | None, expected: str | None) -> bool:
    if shown == expected:
        return True
    try:
        return math.isclose(float(shown or ""), float(expected or ""), rel_tol=1e-4)
    except ValueError:
        return False
