"""What stands beside a post-mortem on its page: the same as the terminal says, in words, and never too much."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from site_bench import render_all
from site_cases import path

from postmortems.cli import main
from sites import POLICY, incident, to_yaml, words, write

if TYPE_CHECKING:
    from pathlib import Path

    from site_bench import MakeTree

    from sites import Node

ONE, TWO, THREE = "2026-01-01-one", "2026-02-01-two", "2026-03-01-three"


def shown(tree: MakeTree, files: dict[str, str], record_id: str, **options: object) -> Node:
    return render_all(tree({path(name): text for name, text in files.items()}, **options))[path(record_id)].node


def titles(page: Node) -> list[str]:
    return [
        words(heading).removesuffix("¶") for heading in page.all("//*[@id='happened-before' or @id='referred-to']")
    ]


def times(day: str) -> dict[str, object]:
    return {"times": {"started": f"{day}T10:00Z", "recovered": f"{day}T11:00Z"}}


@pytest.mark.parametrize(
    ("asked", "title"),
    [(ONE, "Happened since"), (TWO, "Happened before and since"), (THREE, "Happened before")],
)
def test_the_title_is_true_of_all(tree: MakeTree, asked: str, title: str) -> None:
    page = shown(tree, {name: incident() for name in (ONE, TWO, THREE)}, asked)
    assert titles(page) == [title]


def test_reasons_in_the_words_of_the_conventions(tree: MakeTree) -> None:
    page = shown(tree, {ONE: incident(), TWO: incident()}, TWO)
    [entry] = page.all("//h2[@id='happened-before']/following-sibling::ul[1]/li")
    reasons = words(entry)
    assert reasons.startswith("Checkout refused all cards Example Bank, 1 January 2026 Same factor: Rollout · ")
    for part in ("Same service: Checkout", "Same trigger: Deployment", "Shared words: "):
        assert part in reasons
    assert "/factors/change.rollout.md" in [link.get("href") for link in entry.iter("a")]


def test_the_action_that_was_to_prevent_it(tree: MakeTree) -> None:
    action = {
        "id": "A1",
        "title": "Release to one host first",
        "owner": "platform",
        "status": "done",
        "due": "2026-02-01",
        "closed": "2026-01-20",
        "done_when": "It is so.",
        "evidence": ["https://x.example"],
        "addresses": ["F1"],
    }
    files = {
        ONE: incident(times("2026-01-01") | {"actions": [action], "no_actions_reason": None}),
        TWO: incident(times("2026-02-01")),
    }
    action_told = "the action “Release to one host first” (Platform team) was closed on 20 January 2026"
    told = f"Repeat after fix Rollout: {action_told}"
    assert f"{told}, before this incident began." in shown(tree, files, TWO).text()
    assert f"{told}, before that incident began." in shown(tree, files, ONE).text()


def test_relations_and_back_links(tree: MakeTree) -> None:
    other = {"services": ["payments"], "trigger": "expiry", "factors": ["org.policy: a -> b"]}
    kinds = {"repeats": "Repeated by", "caused-by": "Led to", "supersedes": "Superseded by", "see": ""}
    files = {ONE: incident(other)}
    for number, kind in enumerate(kinds, 1):
        files[f"2026-02-0{number}-x"] = incident({"title": f"Case {kind}", "related": [{"id": ONE, "as": kind}]})
    page = shown(tree, files, ONE)
    assert titles(page) == ["Referred to by"]
    items = page.texts("//h2[@id='referred-to']/following-sibling::ul[1]/li")
    for kind, told in kinds.items():
        assert any(item.startswith(f"{told} Case {kind}".strip()) for item in items)
    assert "Was caused by Checkout refused all cards" in shown(tree, files, "2026-02-02-x").text()


def test_a_page_does_not_grow_with_what_is_alike_or_refers(tree: MakeTree) -> None:
    files = {f"2026-02-{day:02}-x": incident() for day in range(1, 20)}
    files |= {f"2026-03-{day:02}-x": incident({"related": [ONE]}) for day in range(1, 20)}
    page = shown(tree, files | {ONE: incident()}, ONE)
    assert len(page.all("//h2[@id='happened-before']/following-sibling::ul[1]/li")) == 5
    assert len(page.all("//h3[@id='referred-to']/following-sibling::ul[1]/li")) == 10
    assert "And 9 more." in page.text()


def test_nothing_alike_no_heading(tree: MakeTree) -> None:
    assert titles(shown(tree, {ONE: incident()}, ONE)) == []


def test_a_draft_is_compared_in_a_preview_only(tree: MakeTree) -> None:
    files = {ONE: incident(), TWO: incident({"status": "draft"})}
    assert titles(shown(tree, files, ONE)) == []
    assert titles(shown(tree, files, TWO, preview=True)) == ["Happened before"]


def test_in_german(tree: MakeTree) -> None:
    page = shown(tree, {ONE: incident(), TWO: incident()}, TWO, policy=POLICY | {"language": "de"})
    assert titles(page) == ["Schon einmal passiert"]
    assert "Gleicher Faktor: Rollout" in page.text()


def test_the_terminal_says_the_same(tree: MakeTree, tmp_path: Path) -> None:
    files = {f"2026-02-{day:02}-x": incident({"title": f"Case {day}"}) for day in range(1, 9)}
    page = shown(tree, files, "2026-02-04-x")
    write(tmp_path, {"schemas/policy.yaml": to_yaml(POLICY)})
    arguments = ["similar", "2026-02-04-x", "--json", "--audience", "public", "--root", str(tmp_path)]
    found = json.loads(CliRunner().invoke(main, arguments).stdout)
    links = [link.get("href") for link in page.all("//ul[@class='pm-occurrences']/li/p[1]/a")]
    assert links == [f"/{path(entry['id'])}" for entry in found["similar"]]
    assert len(links) == 5
