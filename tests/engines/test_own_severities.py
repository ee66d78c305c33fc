"""Organisations whose severities are not the shipped ones: every command, every export and the site."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from postmortems.cli import main
from sites import EVERYTHING, POLICY, PROSE, incident, to_yaml

if TYPE_CHECKING:
    from sites import KnowledgeBaseOnDisk

SCALES = [
    pytest.param(("P1", "P2", "P3", "P4"), id="priorities"),
    # By the alphabet these stand in another order than by the policy.
    pytest.param(("SEV0", "critical", "Major", "low"), id="words"),
]
RETOLD = {
    "provenance": "public-report",
    "organisation": "Someone else",
    "severity": "sev1",
    "services": ["dns"],
    "sources": [{"url": "https://status.example.org/1", "kind": "primary"}],
}


@pytest.fixture
def run(kb: KnowledgeBaseOnDisk, monkeypatch):
    """A command in the knowledge base."""
    monkeypatch.chdir(kb.root)
    return lambda *arguments: CliRunner().invoke(main, [*arguments])


@pytest.fixture(params=SCALES)
def scale(request, kb: KnowledgeBaseOnDisk) -> tuple[str, ...]:
    """The ids of a policy, worst first; of its incidents the mildest is the newest."""
    ids: tuple[str, ...] = request.param
    worst, bad, mild, low = ids
    policy = {
        **POLICY,
        "severities": [{"id": name, "label": f"{name} label"} for name in ids],
        "review": {"at_or_above": bad},
    }
    kb.write(
        {
            "schemas/policy.yaml": to_yaml(policy),
            "incidents/2026/2026-03-31-worst.md": incident(
                {"severity": {"declared": mild, "final": worst}}, base=EVERYTHING, body=PROSE
            ),
            "incidents/2026/2026-04-01-mild.md": incident({"severity": mild}),
            "incidents/2026/2026-04-02-low.md": incident({"severity": low}),
            "incidents/2019/2019-07-02-retold.md": incident(RETOLD),
        }
    )
    return ids


def test_check_reads_them(run, kb, scale):
    assert run("check").exit_code == 0
    kb.write({"incidents/2026/2026-04-03-new.md": incident({"severity": "sev3"})})
    result = run("check")
    assert result.exit_code == 1
    assert f"expected one of: {', '.join(scale)}" in result.output
    assert (
        "incidents/2026/2026-04-03-new.md:8:11: error S112 `severity` is `sev3`"
        in run("check", "--output-format", "concise").output
    )


def test_a_full_review_is_asked_for_from_the_threshold_on(run, kb, scale):
    for name, severity in zip(("worst", "bad", "mild", "low"), scale, strict=True):
        kb.write({f"incidents/2026/2026-05-01-{name}.md": incident({"severity": severity})})
    told = run("check", "--output-format", "concise").output
    asked = {name for name in ("worst", "bad", "mild", "low") if f"2026-05-01-{name}.md:1:1: error Q17" in told}
    assert asked == {"worst", "bad"}


def test_capitals_are_corrected(run, kb, scale):
    wrong = scale[0].swapcase()
    kb.write({"incidents/2026/2026-03-31-worst.md": incident({"severity": wrong}, base=EVERYTHING, body=PROSE)})
    assert run("check").exit_code == 1
    assert run("check", "--fix").exit_code == 0
    assert f"severity: {scale[0]}\n" in (kb.root / "incidents/2026/2026-03-31-worst.md").read_text()


def test_new_takes_them(run, scale):
    arguments = ("new", "--title", "A fault", "--service", "checkout", "--print", "--no-input")
    assert f"\nseverity: {scale[1]}\n" in run(*arguments, "--severity", scale[1].swapcase()).output
    refused = run(*arguments, "--severity", "zzz")
    assert refused.exit_code == 2
    assert f"one of: {', '.join(scale)}" in " ".join(refused.output.split())


def test_list_narrows_down_by_them(run, scale):
    rows = json.loads(run("list", "--severity", scale[0], "--severity", scale[3], "--json").stdout)
    assert [(row["id"], row["severity"]) for row in rows] == [
        ("2026-04-02-low", scale[3]),
        ("2026-03-31-worst", scale[0]),
    ]
    assert "there is no severity `sev9`" in run("list", "--severity", "sev9").output


def test_stats_count_by_them(run, scale):
    told = json.loads(
        run("stats", "--section", "shares", "--severity", scale[2], "--severity", scale[0], "--json").stdout
    )
    assert told["severities"] == [scale[0], scale[2]]
    rows = {row["share"]: row for row in told["sections"]["shares"]["rows"]}
    assert (rows["severity_worse"]["part"], rows["severity_milder"]["part"]) == (1, 0)


def test_exports_hold_them(run, kb, scale):
    assert run("export", "csv", "-o", "tables").exit_code == 0
    rows = csv.DictReader(io.StringIO((kb.root / "tables/incidents.csv").read_text(encoding="utf-8")))
    assert {row["id"]: row["severity"] for row in rows} == {
        "2026-03-31-worst": scale[0],
        "2026-04-01-mild": scale[2],
        "2026-04-02-low": scale[3],
        "2019-07-02-retold": "sev1",
    }
    assert run("export", "sqlite", "-o", "all.db").exit_code == 0
    found = sqlite3.connect(kb.root / "all.db").execute("SELECT severity_declared, severity_final FROM incidents")
    assert (scale[2], scale[0]) in found.fetchall()


def test_the_site_ranks_and_names_them(kb, scale):
    site = kb.build()
    listing = site.page("incidents/")
    ranks = {row.get("data-rank"): row for row in listing.all("//tr[@data-facets]")}
    assert set(ranks) == {"0", "2", "3", None}
    badge = ranks["0"].find_class("pm-badge")[0]
    assert badge.text == f"{scale[0]} label"
    assert "pm-severity-1" in badge.get("class").split()
    assert ranks[None].find_class("pm-badge")[0].text == "sev1"
    boxes = [box.get("value") for box in listing.all("//input[@name='severity']")]
    assert boxes == [scale[0], scale[2], scale[3], "sev1"]
    assert f"{scale[0]} label" in site.page("frequency/").text()
