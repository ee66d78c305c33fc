"""The queries of the guide, asked of the files of the demo by DuckDB: they give the figures of the site."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from postmortems.analysis import factor_uses, needs_attention
from postmortems.analysis.statistics.scope import own_incidents
from postmortems.analysis.timing.summaries import summaries, timings
from postmortems.conventions import KnowledgeBase, load_conventions
from postmortems.corpus import Audience, open_corpus, read_library
from postmortems.exports import FORMATS, ExportContext, Tables
from sites import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = datetime(2026, 11, 22, 20, tzinfo=UTC)
GUIDE = (REPOSITORY / "docs/guide/data.md").read_text(encoding="utf-8")
PAGE = (REPOSITORY / "plugins/postmortems/rendering/templates/data.html").read_text(encoding="utf-8")
MEDIANS, FACTORS, OVERDUE = re.findall(r"```sql\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture(scope="module")
def demo() -> ExportContext:
    base = KnowledgeBase(REPOSITORY / "tests/corpora/demo")
    conventions, _ = load_conventions(base)
    assert conventions
    corpus = open_corpus(read_library(base, conventions), conventions, Audience.PUBLIC)
    return ExportContext(corpus, conventions, AS_OF)


@pytest.fixture(scope="module", params=["csv", "parquet"])
def ask(request: pytest.FixtureRequest, demo: ExportContext, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Ask DuckDB in the folder of a site, as if it were the day of the demo."""
    folder: Path = tmp_path_factory.mktemp(request.param)
    for place, make in FORMATS[request.param].on_site(Tables(demo)).items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make())

    def run(query: str) -> list[tuple[Any, ...]]:
        asked = query.replace("current_date", f"DATE '{AS_OF:%Y-%m-%d}'").replace(".csv'", f".{request.param}'")
        asked = asked.replace("'data/", f"'{folder.as_posix()}/data/")
        with duckdb.connect() as database:
            return database.sql(asked).fetchall()

    return run


def test_medians_are_those_of_the_site(ask: Any, demo: ExportContext) -> None:
    told = summaries(timings(own_incidents(demo.records.values(), demo.conventions.policy), AS_OF))
    expected = {
        metric: (summary.median.n, pytest.approx(summary.median.value / 60))
        for metric, summary in told.items()
        if summary.median.value is not None
    }
    assert len(expected) >= 4
    assert {metric: (n, minutes) for metric, n, minutes in ask(MEDIANS)} == expected


def test_the_page_asks_the_same_as_the_guide() -> None:
    asked = re.search(r"SELECT metric.*?;", PAGE.replace("&gt;", ">"), re.DOTALL)
    assert asked
    plain = re.sub(r"\{\{.*?\}\}|csv", "", asked[0].replace("ORDER BY metric", ""))
    assert plain.split() == re.sub(r"csv|ORDER BY metric", "", MEDIANS).replace("6\n", "6").split()


def test_factors_are_counted_as_on_the_site(ask: Any, demo: ExportContext) -> None:
    expected = {use.factor: use.count for use in factor_uses(demo.records.values())}
    assert dict(ask(FACTORS)) == expected


def test_overdue_actions_are_those_of_the_site(ask: Any, demo: ExportContext) -> None:
    attention = needs_attention([*demo.records.values()], demo.conventions.policy, AS_OF)
    expected = [
        (late.record.id, late.action.id, late.action.title, late.action.owner, late.days)
        for late in attention.overdue
    ]
    assert expected
    assert ask(OVERDUE) == expected
