"""`postmortems brief --json` gives the figures of the page, which the raw front matter gives."""

from __future__ import annotations

import json

import page_brief
import pytest
from click.testing import CliRunner
from raw import world
from test_figures import AS_OF, DEMO

from postmortems.cli import main
from sites import REPOSITORY


@pytest.mark.parametrize(
    ("base", "quarter"),
    [(DEMO, "2026Q3"), (DEMO, "2025Q1"), (REPOSITORY, "2026Q3")],
    ids=["demo", "demo-earlier", "reference"],
)
def test_figures(base, quarter):
    raw = world(base, base / "schemas", AS_OF, shipped=REPOSITORY / "schemas")
    options = ["brief", "--json", "--audience", "public", "--quarter", quarter, "--root", str(base)]
    run = CliRunner(env={"SOURCE_DATE_EPOCH": str(int(AS_OF.timestamp()))}).invoke(main, options)
    assert run.exit_code == 0, run.output
    told = json.loads(run.output)
    last = page_brief.before(page_brief.quarter_of(raw.today))
    shown = (
        page_brief.figures(raw)
        if quarter == f"{last[0]}Q{last[1]}"
        else page_brief.parts(raw)[f"brief/{quarter}/"]
    )
    assert told["quarter"] == quarter
    assert told["figures"] == shown
    assert told["figures"] or base is REPOSITORY
