"""`postmortems list`: which post-mortems are listed, in which order, and what is told of each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from postmortems.conventions import KnowledgeBase, load_conventions
from postmortems.corpus import Audience, open_corpus, read_library
from postmortems.rules import all_rules
from postmortems.site import build_site
from sites import AS_OF, EPOCH, POLICY, incident, parse, to_yaml, write

if TYPE_CHECKING:
    from collections.abc import Callable

RETOLD = {
    "provenance": "public-report",
    "organisation": "Someone else",
    "services": ["dns", "checkout"],
    "severity": "sev1",
    "trigger": "expiry",
    "factors": ["infrastructure.expiry: a -> b", "detection.coverage: c -> d"],
    "sources": [{"url": "https://status.example.org/1", "kind": "primary"}],
}


def at(day: str) -> dict[str, object]:
    return {"times": {"started": f"{day}T10:00Z"}, "published": day}


@pytest.fixture
def kb(tmp_path, monkeypatch):
    """Five post-mortems of two organisations: one of them for the organisation only, one a draft."""
    files = {
        "2025-02-01-old": incident(at("2025-02-01"), {"severity": "sev2"}),
        "2026-03-31-checkout": incident(at("2026-03-31")),
        "2026-04-01-near": incident({"class": "near-miss", "times": None, "services": ["payments"]}),
        "2026-04-02-hidden": incident(at("2026-04-02"), {"tlp": "AMBER"}),
        "2026-04-03-draft": incident(at("2026-04-03"), {"status": "draft"}),
        "2024-06-elsewhere": incident({"times": None, "published": "2026-01-01"}, RETOLD),
    }
    write(
        tmp_path,
        {
            "schemas/policy.yaml": to_yaml(POLICY),
            **{f"incidents/{name[:4]}/{name}.md": text for name, text in files.items()},
        },
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return tmp_path


@pytest.fixture
def listed(kb, run) -> Callable[..., list[str]]:
    """The slugs of what is listed."""

    def slugs(*arguments: str) -> list[str]:
        result = run("list", "--json", *arguments)
        assert result.exit_code == 0
        return [row["id"].rpartition("-")[2] for row in json.loads(result.stdout)]

    return slugs


def test_all_of_them_newest_first(listed):
    assert listed() == ["hidden", "near", "checkout", "old", "elsewhere"]
    assert listed("--audience", "public") == ["near", "checkout", "old", "elsewhere"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("--factor infrastructure.expiry", "elsewhere"),
        ("--factor change.rollout --factor infrastructure.expiry", "near checkout old elsewhere"),
        ("--factor change.rollout --severity sev2", "old"),
        ("--service payments", "near"),
        ("--service checkout", "checkout old"),
        ("--service", "elsewhere"),
        ("--trigger expiry", "elsewhere"),
        ("--severity sev1 --severity sev2", "old elsewhere"),
        ("--class near-miss", "near"),
        ("--provenance first-hand", "near checkout old"),
        ("--since 2026", "near checkout"),
        ("--until 2025", "old elsewhere"),
        ("--since 2025Q1 --until 2026-03", "checkout old"),
        ("--since 2024-06 --until 2024-06", "elsewhere"),
        ("--since 2024-06-02 --until 2024", ""),
        ("--status published", "near checkout old elsewhere"),
        ("--status draft", "draft"),
    ],
)
def test_what_is_asked_for(listed, arguments, expected):
    given = arguments.split()
    words = [*given, "Someone else/dns"] if given == ["--service"] else given
    assert listed("--audience", "public", *words) == expected.split()


def test_of_an_organisation(listed):
    assert listed("--organisation", "Someone else") == ["elsewhere"]
    assert listed("--organisation", "Example Bank", "--since", "2026-04") == ["hidden", "near"]


def test_what_is_told_of_each(kb, run):
    (row,) = json.loads(run("list", "--json", "--organisation", "Someone else").stdout)
    assert row == {
        "id": "2024-06-elsewhere",
        "date": "2024-06",
        "severity": "sev1",
        "title": "Checkout refused all cards",
        "organisation": "Someone else",
        "provenance": "public-report",
        "class": "operational",
        "status": "published",
        "trigger": "expiry",
        "services": ["Someone else/dns", "Someone else/checkout"],
        "factors": ["infrastructure.expiry", "detection.coverage"],
        "path": "incidents/2024/2024-06-elsewhere.md",
    }


def test_the_table(kb, run):
    lines = run("list", "--until", "2025").stdout.splitlines()
    assert lines[0].split() == ["Date", "Severity", "Title", "Organisation", "Factors", "Id"]
    assert [line.split()[0] for line in lines[1:]] == ["2025-02-01", "2024-06"]
    assert "infrastructure.expiry, detection.coverage" in lines[2]
    assert lines[2].rstrip().endswith("2024-06-elsewhere")


def test_of_ones_own_the_table_names_no_organisation(kb, run):
    lines = run("list", "--since", "2025").stdout.splitlines()
    assert lines[0].split() == ["Date", "Severity", "Title", "Factors", "Id"]
    assert len(lines) > 1


def test_none_is_no_fault(kb, run):
    result = run("list", "--severity", "sev5", "--audience", "public")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "None of 4 post-mortems matches.\n"
    assert json.loads(run("list", "--severity", "sev5", "--json").stdout) == []


@pytest.mark.parametrize(
    ("option", "word", "told"),
    [
        ("--factor", "change.rolout", "there is no factor `change.rolout`; did you mean `change.rollout`"),
        ("--trigger", "deployy", "there is no trigger `deployy`; did you mean `deploy`?"),
        ("--severity", "sev9", "there is no severity `sev9`; did you mean `sev"),
        ("--class", "exersise", "did you mean `exercise`?"),
        ("--provenance", "firsthand", "did you mean `first-hand`?"),
        ("--status", "withdrawn", "there is no status `withdrawn`; one of: published, in-review, draft"),
        ("--organisation", "Someone", "there is no organisation `Someone`"),
        ("--service", "dns", "there is no service `dns`; did you mean `Someone else/dns`?"),
        ("--service", "chekout", "did you mean `checkout`?"),
        ("--since", "March", "`March` is no year, quarter, month or day"),
        ("--until", "2025-13", "`2025-13` is not a calendar date"),
    ],
)
def test_wrong_words(kb, run, option, word, told):
    result = run("list", option, word)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in " ".join(result.stderr.split())


def test_what_an_audience_may_not_see_is_not_even_named(kb, run):
    write(kb, {"incidents/2026/2026-05-01-x.md": incident(RETOLD, {"services": ["secret-dns"], "tlp": "AMBER"})})
    result = run("list", "--service", "secret-dn", "--audience", "public")
    assert result.exit_code == 2
    assert "secret-dns" not in result.stderr


def test_the_listing_of_the_site_counts_the_same(kb, run):
    """What the page says beside each value of a filter is how many the command lists for it."""
    made, _ = load_conventions(KnowledgeBase(kb))
    assert made
    corpus = open_corpus(read_library(KnowledgeBase(kb), made), made, Audience.PUBLIC)
    site = build_site(corpus, made, KnowledgeBase(kb), as_of=AS_OF, rules=all_rules(made))
    page = parse(site.pages["incidents/index.md"].render(lambda uri: f"/{uri}").html)
    asked = 0
    for box in page.all("//form//input[@type='checkbox']"):
        facet, value = box.get("name"), box.get("value")
        if facet != "year":
            told = page.one(f"//*[@data-figure='{facet}.{value}']").get("value")
            found = json.loads(run("list", "--json", "--audience", "public", f"--{facet}", value).stdout)
            assert len(found) == int(told), (facet, value)
            asked += 1
    assert asked > 10
