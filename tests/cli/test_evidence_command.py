"""`postmortems evidence`: the same figures as the pages, in the terminal and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from postmortems.conventions import KnowledgeBase, load_conventions
from postmortems.corpus import Audience, open_corpus, read_library
from postmortems.site.build import build_site
from sites import AS_OF, EPOCH, incident, parse, write

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

HELD = incident(
    {
        "severity": "sev1",
        "class": "security",
        "review": {"held": "2026-04-02", "briefed_on": "2026-04-03"},
        "actions": [
            {
                "id": "A1",
                "title": "Renew earlier",
                "owner": "platform",
                "due": "2026-05-01",
                "done_when": "It is renewed.",
                "status": "done",
                "closed": "2026-04-20",
                "evidence": ["https://tickets.example.org/1"],
            }
        ],
        "no_actions_reason": None,
        "regulatory": [{"regime": "GDPR 33", "clock_started": "2026-03-31T15:00Z", "due": "2026-04-03T15:00Z"}],
    }
)
FILES = {
    "incidents/2026/2026-03-31-held.md": HELD,
    "incidents/2025/2025-02-03-bare.md": incident({"class": "security"}),
    "incidents/2026/2026-05-05-amber.md": incident({"class": "security", "tlp": "AMBER"}),
}


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    folder = write(tmp_path / "bank", FILES)
    monkeypatch.chdir(folder)
    return folder


def document(run: Run, *options: str) -> dict:
    result = run("evidence", "--json", *options)
    assert result.exit_code == 0
    return json.loads(result.output)


def test_all_controls_with_how_many_records_may_support_each(run: Run, base: Path):
    result = run("evidence", "--audience", "public")
    assert result.exit_code == 0
    rows = [line.split() for line in result.output.splitlines()]
    (row,) = (row for row in rows if row[:1] == ["soc-2-cc7-5"])
    assert row[:7] == ["soc-2-cc7-5", "SOC", "2", "CC7.5", "1", "of", "2"]
    assert "no legal advice" in result.output
    assert "compliant" not in result.output


def test_the_records_of_one_control_with_what_is_missing(run: Run, base: Path):
    result = run("evidence", "--control", "soc-2-cc7-5", "--audience", "public")
    assert result.exit_code == 0
    assert "1 of 2 relevant records is complete." in result.output
    held, bare = (next(line for line in result.output.splitlines() if name in line) for name in ("held", "bare"))
    assert "Review held: 2 April 2026" in held
    assert "Actions that are done, with closing date and evidence: 1 of 1" in held
    assert "Review held; Briefing of leadership; An action that is done, with closing date and evidence" in bare


def test_figures_are_those_of_the_pages(run: Run, base: Path):
    conventions, _ = load_conventions(KnowledgeBase(base))
    corpus = open_corpus(read_library(KnowledgeBase(base), conventions), conventions, Audience.PUBLIC)
    tree = build_site(corpus, conventions, KnowledgeBase(base), as_of=AS_OF, rules={})
    shown = parse(tree.pages["evidence/index.md"].render(lambda uri: f"/{uri}").html)
    figures = {element.get("data-figure"): element.get("value") for element in shown.all("//*[@data-figure]")}
    for year in ("2025", "2026"):
        told = document(run, "--audience", "public", "--since", year, "--until", year)
        for control in told["controls"]:
            assert figures[f"{control['id']}.{year}"] == f"{control['complete']}/{control['concerned']}"


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], ["2026-03-31-held", "2025-02-03-bare"]),
        (["--since", "2026"], ["2026-03-31-held"]),
        (["--since", "2025-02-03"], ["2026-03-31-held", "2025-02-03-bare"]),
        (["--until", "2025"], ["2025-02-03-bare"]),
        (["--until", "2026-03"], ["2026-03-31-held", "2025-02-03-bare"]),
        (["--until", "2026-03-30"], ["2025-02-03-bare"]),
        (["--since", "2026-04"], []),
    ],
)
def test_periods(run: Run, base: Path, options: list[str], ids: list[str]):
    (control,) = document(run, "--audience", "public", "--control", "soc-2-cc7-5", *options)["controls"]
    assert [row["id"] for row in control["records"]] == ids


def test_what_an_audience_may_not_see_is_not_looked_at(run: Run, base: Path):
    for audience, count in (("public", 2), ("organisation", 3)):
        (control,) = document(run, "--audience", audience, "--control", "soc-2-cc7-5")["controls"]
        assert control["concerned"] == count


def test_notices_are_told_as_data(run: Run, base: Path):
    (notice,) = document(run, "--audience", "public")["notices"]
    assert notice == {
        "record": "2026-03-31-held",
        "regime": "GDPR 33",
        "detected": "2026-03-31T10:20Z",
        "clock_started": "2026-03-31T15:00Z",
        "due": "2026-04-03T15:00Z",
        "sent": None,
        "ref": None,
        "standing": "overdue",
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--control", "soc-2-cc75"], "did you mean `soc-2-cc7-5`?"),
        (["--control", "nothing"], "`postmortems evidence` lists them all"),
        (["--since", "2026-13"], "`2026-13` is not a calendar date"),
        (["--until", "last year"], "is no year, quarter, month or day"),
    ],
)
def test_wrong_use(run: Run, base: Path, options: list[str], message: str):
    result = run("evidence", *options)
    assert result.exit_code == 2
    assert message in result.output
