"""`postmortems actions`: which are listed, in which order, and the same figures as the page."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from postmortems.conventions import KnowledgeBase, load_conventions
from postmortems.corpus import Audience, open_corpus, read_library
from postmortems.rules import all_rules
from postmortems.site import build_site
from sites import AS_OF, EPOCH, POLICY, incident, parse, to_yaml, write

PLAIN = {"owner": "platform", "done_when": "It holds."}
DONE = {"status": "done", "evidence": ["https://example.org/1"]}
ACTIONS: dict[str, dict[str, Any]] = {
    "A1": {"title": "Alarm on refused cards", "due": "2026-05-20", "output": "alert"},
    "A2": {"title": "Rehearse going back", "due": "2026-05-25", "output": "exercise", "priority": "high"},
    "A3": {"title": "Write down how to go back", "due": "2026-06-20", "output": "runbook", "owner": "payments"},
    "A4": {"title": "Roll out to one host first", "due": "2026-04-20", "closed": "2026-04-25", **DONE},
    "A5": {"title": "Teach everyone", "due": "2026-05-01", "status": "declined", "reason": "Of no use."},
}
SCALES = {"likelihood": 2, "impact": 2, "effort": 4}


@pytest.fixture
def kb(tmp_path, monkeypatch):
    """Three post-mortems with actions: one for everyone, one for the organisation, one retold."""
    actions = [{"id": name, **PLAIN, **fields} for name, fields in ACTIONS.items()]
    hidden = [{"id": "A1", **PLAIN, "title": "Mend what nobody may see", "due": "2026-05-30", "priority": SCALES}]
    policy = POLICY | {"teams": {"platform": {"label": "Platform"}, "payments": {"label": "Payments"}}}
    write(
        tmp_path,
        {
            "schemas/policy.yaml": to_yaml(policy),
            "incidents/2026/2026-03-31-checkout.md": incident({"actions": actions, "no_actions_reason": None}),
            "incidents/2026/2026-04-02-hidden.md": incident(
                {"actions": hidden, "no_actions_reason": None, "tlp": "AMBER", "published": "2026-04-09"}
            ),
        },
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return tmp_path


@pytest.fixture
def listed(kb, run):
    """The ids of the actions that are listed."""

    def names(*arguments: str) -> list[str]:
        result = run("actions", "--json", *arguments)
        assert result.exit_code == 0
        return [f"{row['incident'][11:]} {row['id']}" for row in json.loads(result.stdout)]

    return names


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), ["checkout A2", "hidden A1", "checkout A1", "checkout A3"]),
        (("--open",), ["checkout A2", "hidden A1", "checkout A1", "checkout A3"]),
        (("--overdue",), ["checkout A2", "hidden A1", "checkout A1"]),
        (("--closed",), ["checkout A4", "checkout A5"]),
        (("--all", "--audience", "public"), [f"checkout A{n}" for n in (2, 1, 3, 4, 5)]),
        (("--owner", "payments"), ["checkout A3"]),
        (("--owner", "payments", "--owner", "platform", "--output", "runbook"), ["checkout A3"]),
        (("--due-before", "2026-05-25"), ["checkout A1"]),
        (("--priority", "high"), ["checkout A2"]),
        (("--priority", "low"), ["hidden A1"]),
        (("--priority", "none", "--output", "alert"), ["checkout A1"]),
        (("--output", "training"), []),
    ],
)
def test_what_is_listed(listed, arguments, expected):
    assert listed(*arguments) == expected


def test_the_public_is_told_of_public_records_only(kb, run, monkeypatch):
    assert "nobody may see" not in run("actions", "--all", "--audience", "public").output
    monkeypatch.setenv("CI", "true")
    assert "nobody may see" not in run("actions", "--all").output


def test_one_row_an_action(kb, run):
    lines = [re.split(r"\s{2,}", line.rstrip()) for line in run("actions", "--overdue").stdout.splitlines()]
    assert lines == [
        ["State", "Owner", "Due", "Days late", "Priority", "Action", "Incident"],
        ["overdue", "platform", "2026-05-25", "7", "high", "Rehearse going back", "2026-03-31-checkout"],
        ["overdue", "platform", "2026-05-30", "2", "low", "Mend what nobody may see", "2026-04-02-hidden"],
        ["overdue", "platform", "2026-05-20", "12", "Alarm on refused cards", "2026-03-31-checkout"],
    ]


def test_a_row_as_json(kb, run):
    (row,) = json.loads(run("actions", "--closed", "--due-before", "2026-05-01", "--json").stdout)
    assert row == {
        "incident": "2026-03-31-checkout",
        "incident_title": "Checkout refused all cards",
        "id": "A4",
        "title": "Roll out to one host first",
        "state": "done",
        "status": "done",
        "owner": "platform",
        "opened": "2026-03-31",
        "due": "2026-04-20",
        "first_due": "2026-04-20",
        "closed": "2026-04-25",
        "days_late": 5,
        "days_open": None,
        "priority": None,
        "priority_order": None,
        "output": None,
        "kind": None,
        "strength": None,
        "artefact": None,
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--owner", "platfrom"), "there is no team or role `platfrom`; did you mean `platform`?"),
        (("--owner", "zzz"), "one of: payments, platform"),
        (("--priority", "hihg"), "did you mean `high`?"),
        (("--output", "runbok"), "did you mean `runbook`?"),
        (("--due-before", "soon"), "does not match the format"),
    ],
)
def test_wrong_words(kb, run, arguments, told):
    result = run("actions", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_nothing_to_list_is_said_beside_the_output(kb, run):
    result = run("actions", "--output", "backup")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "None of 6 actions matches.\n"
    assert json.loads(run("actions", "--output", "backup", "--json").stdout) == []


def test_without_post_mortems_of_ones_own(kb, run):
    for path in kb.glob("incidents/*/*.md"):
        path.unlink()
    result = run("actions")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "No first-hand post-mortem has actions" in result.stderr


@pytest.mark.parametrize("audience", ["public", "organisation"])
def test_the_same_as_the_page(kb, run, audience):
    base = KnowledgeBase(kb)
    conventions, _ = load_conventions(base)
    corpus = open_corpus(read_library(base, conventions), conventions, Audience(audience))
    tree = build_site(corpus, conventions, base, as_of=AS_OF, rules=all_rules(conventions))
    page = parse(tree.pages["follow-through/index.md"].render(lambda uri: f"/{uri}").html)
    figures = {element.get("data-figure"): element.get("value") for element in page.all("//*[@data-figure]")}
    rows = json.loads(run("actions", "--json", "--audience", audience).stdout)
    assert figures["open"] == str(len(rows))
    assert figures["overdue"] == str(sum(row["state"] == "overdue" for row in rows))
    for row in rows:
        name = f"row.{row['incident']}.{row['id']}"
        assert figures[f"{name}.age"] == str(row["days_open"])
        assert figures.get(f"{name}.late") == (str(row["days_late"]) if row["days_late"] else None)
    order = [
        a.get("href").partition("/incidents/2026/")[2]
        for a in page.all("//h3[@id='pressing']/following::table[1]//th/a")
    ]
    assert order == [f"{row['incident']}.md#{row['id'].lower()}" for row in rows]
