"""`postmortems similar`: whether it happened before, for a file, an id, a draft or a text."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from sites import REPOSITORY

DEMO = REPOSITORY / "tests/corpora/demo"
EXPIRED = "2026-07-16-carrier-api-key"


@pytest.fixture
def demo(monkeypatch):
    monkeypatch.chdir(DEMO)


@pytest.mark.parametrize("asked", [EXPIRED, f"incidents/2026/{EXPIRED}.md"])
def test_by_id_or_path_with_the_reasons(run, demo, asked):
    result = run("similar", asked)
    assert result.exit_code == 0
    first = result.output.split("\n\n")[1].splitlines()
    assert first[0].split("  ")[0] == "2025-02-09-carrier-labels"
    for fact in ("infrastructure.expiry", "A1", "“Find every certificate", "platform", "28 February 2025"):
        assert fact in first[2]
    shared = ("infrastructure.expiry", "dispatch", "expiry", "label, certificate, van, carrier")
    assert [part.strip().split(" ", 2)[2] for part in first[4].split(", ", 3)] == [*shared]


def test_what_an_editor_relates_stands_first(run, demo):
    found = json.loads(run("similar", "2025-02-09-carrier-labels", "--json").output)
    assert [(entry["id"], entry["relation"]) for entry in found["similar"]][:2] == [
        ("2024-11-13-card-gateway-certificate", "repeats"),
        ("2023-11-21-carrier-certificate", "see"),
    ]
    assert found["referred_to_by"] == [{"id": "2025-12-09-carrier-down", "relation": "see"}]
    text = run("similar", "2025-02-09-carrier-labels").output
    assert "  related: repeats\n" in text
    assert "Referred to by 2025-12-09-carrier-down (see)" in text


def test_the_later_incident_is_told_from_the_earlier(run, demo):
    assert "not done" in run("similar", "2026-03-10-sales-report-columns").output


def test_as_json(run, demo):
    found = json.loads(run("similar", EXPIRED, "--limit", 1, "--json").output)
    assert (found["asked"], found["compared_with"], found["referred_to_by"]) == (EXPIRED, 36, [])
    [entry] = found["similar"]
    assert list(entry) == [
        *("id", "title", "date", "organisation", "relation", "score"),
        *("factors", "services", "trigger", "class", "words", "repeats"),
    ]
    assert 0.16 <= entry["score"] <= 1
    assert entry["repeats"][0] == {
        "later": EXPIRED,
        "earlier": "2025-02-09-carrier-labels",
        "factor": "infrastructure.expiry",
        "action": "A1",
        "title": "Find every certificate by itself, keep its end date and owner, and alarm 30 days before",
        "owner": "platform",
        "closed": "2025-02-28",
        "after_fix": True,
    }


def test_a_text(run, demo):
    found = json.loads(run("similar", "--text", "The certificate expired", "--json").output)
    assert found["asked"] is None
    assert found["similar"][0]["id"] == "2023-11-21-carrier-certificate"
    assert set(found["similar"][0]["words"]) == {"certificate", "expired"}
    assert run("similar", "--text", "-", "--json", input="The certificate expired").output == (
        run("similar", "--text", "The certificate expired", "--json").output
    )
    assert "None of 37" in run("similar", "--text", "quasar").output


def test_nothing_alike(run, demo):
    result = run("similar", "2023-10-12-label-printer-queue")
    assert result.exit_code == 0
    [line] = result.output.splitlines()
    assert line.startswith("None of 36")
    assert "2023-10-12-label-printer-queue" in line


def test_a_draft_that_is_not_in_the_library(run, base, write, sound, tmp_path):
    write("incidents/2026/2026-03-03-checkout-cards.md")
    draft = tmp_path / "draft.md"
    draft.write_text(sound.replace("status: published", "status: draft"), encoding="utf-8")
    result = run("similar", draft)
    assert result.exit_code == 0
    assert "2026-03-03-checkout-cards" in result.stdout
    assert "valid fields" in result.stderr  # its name is no id
    within = write("incidents/2026/2026-03-20-draft.md", draft.read_text(encoding="utf-8"))
    assert "2026-03-03-checkout-cards" in run("similar", within).output
    assert "2026-03-03-checkout-cards" in run("similar", "2026-03-20-draft").output
    assert "2026-03-20-draft" not in run("similar", "2026-03-03-checkout-cards").stdout.split("\n", 1)[1]


def test_a_folder_of_a_record(run, base, write):
    write("incidents/2026/2026-03-03-checkout-cards.md")
    write("incidents/2026/2026-03-05-again/index.md")
    assert "2026-03-03-checkout-cards" in run("similar", base / "incidents/2026/2026-03-05-again").output


def test_a_faulty_file_is_compared_by_what_is_sound_of_it(run, base, write, sound):
    write("incidents/2026/2026-03-03-checkout-cards.md")
    faulty = write("incidents/2026/2026-03-05-again.md", sound.replace("severity: sev4", "severity: huge"))
    result = run("similar", faulty)
    assert result.exit_code == 0
    assert "2026-03-03-checkout-cards" in result.stdout
    broken = write("incidents/2026/2026-03-06-broken.md", "no front matter")
    result = run("similar", broken)
    assert result.exit_code == 2
    assert "can't be read" in result.output


def test_what_the_audience_may_not_see_is_not_named(run, base, write, sound):
    one = write("incidents/2026/2026-03-03-checkout-cards.md")
    write("incidents/2026/2026-03-05-again.md", sound.replace("tlp: CLEAR", "tlp: AMBER"))
    assert "2026-03-05-again" in run("similar", one).output
    assert "2026-03-05-again" not in run("similar", one, "--audience", "public").output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "either PATH or --text"),
        (["2026-03-03-x", "--text", "y"], "either PATH or --text"),
        (["2026-07-16-carrier-api"], f"Did you mean `{EXPIRED}`?"),
        (["--text", "x", "--limit", "0"], "--limit"),
    ],
)
def test_wrong_use(run, demo, arguments, told):
    result = run("similar", *arguments)
    assert result.exit_code == 2
    assert told in result.output


def test_what_is_heavy_is_loaded_only_when_it_is_asked_for():
    code = "import postmortems.cli, sys\nassert not {'scipy', 'numpy', 'snowballstemmer'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
