"""Before a change: the pages of kinds of triggers, for many records and few, and what they say in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from site_bench import render_all
from site_cases import RETOLD, path

from postmortems.cli import main
from sites import incident

if TYPE_CHECKING:
    from pathlib import Path

    from site_bench import MakeTree

LISTING = "precedents/index.md"
DEPLOY = "precedents/deploy.md"


def many(count: int, *changes: dict[str, Any]) -> dict[str, str]:
    return {path(f"2026-02-{day:02}-x{day}"): incident(*changes) for day in range(1, count + 1)}


def test_nothing_yet(tree: MakeTree) -> None:
    page = render_all(tree({}))[LISTING].node
    assert "No incident here says yet what set it off" in page.text()
    assert not page.all("//span[@class='pm-ranking-label']/a")


def test_only_what_came_by_itself(tree: MakeTree) -> None:
    page = render_all(tree(many(1, {"trigger": "capacity"})))[LISTING].node
    assert "1 incident here says what set it off, and it came by itself." in page.text()


def test_kinds_that_occur_have_a_page_and_come_first(tree: MakeTree) -> None:
    made = tree(many(3) | {path("2026-03-01-y"): incident({"trigger": "expiry"})})
    assert {uri for uri in made.pages if uri.startswith("precedents/")} == {
        LISTING,
        DEPLOY,
        "precedents/expiry.md",
    }
    page = render_all(made)[LISTING].node
    links = page.all("//span[@class='pm-ranking-label']/a")
    assert [link.get("href") for link in links] == [f"/{DEPLOY}", "/precedents/expiry.md"]


def test_exercises_and_unknown_triggers_are_left_out_and_said_to_be(tree: MakeTree) -> None:
    files = {
        path("2026-03-01-a"): incident({"class": "exercise"}),
        path("2026-03-02-b"): incident({"trigger": "unknown"}),
        path("2026-03-03-c"): incident(),
    }
    page = render_all(tree(files))[LISTING].node
    assert "2 of 3 are not counted: exercises, and incidents with an unknown trigger." in page.text()


def test_one_incident(tree: MakeTree) -> None:
    page = render_all(tree(many(1)))[DEPLOY].node
    assert "1 incident here began this way, at Example Bank." in page.text()
    assert "Most often" not in page.text()
    assert page.text("//h1") == "Roll out a new version"


def test_ties_are_told_as_such_and_too_many_not_at_all(tree: MakeTree) -> None:
    both = {"factors": [f"change.{name}: a -> b" for name in ("rollout", "review")]}
    page = render_all(tree(many(2, both)))[DEPLOY].node
    assert "Most often it went wrong at Change review, Rollout, in 2 of them each." in page.text()
    four = {"factors": [f"change.{name}: a -> b" for name in ("rollout", "review", "rollback", "migration")]}
    assert "Most often" not in render_all(tree(many(2, four)))[DEPLOY].node.text()


def test_the_text_to_copy_is_there_without_a_script_and_is_the_terminals(tree: MakeTree, tmp_path: Path) -> None:
    files = many(4) | {path("2026-03-01-y"): incident({"services": ["payments"]})}
    page = render_all(tree(files))[DEPLOY].node
    for anchor, arguments in (("markdown", []), ("markdown-service-payments", ["--service", "payments"])):
        code = page.one(f"//details/pre/code[@id='{anchor}']")
        [button] = page.all(f"//button[@data-copies='{anchor}']")
        assert button.get("onclick") is None
        said = CliRunner().invoke(
            main,
            ["precedents", "--trigger", "deploy", *arguments, "--audience", "public", "--root", str(tmp_path)],
        )
        assert said.exit_code == 0
        assert code.text_content() == said.stdout
    assert not page.all("//*[@style]")
    scripts = [script.get("src") for script in page.all("//script")]
    assert scripts == ["/assets/postmortems/copy.js", "/assets/postmortems/pick.js"]


def test_sections_for_ones_own_services_and_for_others_that_recur(tree: MakeTree) -> None:
    elsewhere = {path(f"2026-03-0{day}-z"): incident(RETOLD) for day in (1, 2)}
    alone = {path("2026-03-03-z"): incident(RETOLD | {"services": ["cdn"]})}
    page = render_all(tree(many(2) | elsewhere | alone))[DEPLOY].node
    assert [heading.get("id") for heading in page.all("//h3")] == ["service-checkout", "service-someone-else-dns"]
    assert page.links("//p[a[@href='#service-checkout']]/a") == {
        "Checkout": "#service-checkout",
        "Someone else: dns": "#service-someone-else-dns",
    }


@pytest.mark.parametrize("count", [60])
def test_a_page_stays_readable_however_many_there_are(tree: MakeTree, count: int) -> None:
    terms = ("rollout", "review", "rollback", "migration", "guardrail", "coordination", "test-coverage")
    files = {
        path(f"20{20 + n // 12}-{n % 12 + 1:02}-x{n}"): incident(
            {
                "factors": [f"change.{term}: {n} -> b" for term in terms],
                "lessons": [f"worked: Lesson {n}."],
                "services": [f"service-{n}"],
            }
        )
        for n in range(count)
    }
    page = render_all(tree(files))[DEPLOY].node
    assert len(page.all("//h2[@id='wrong']/following-sibling::ul[1]/li[1]/p")) == 1 + 3
    assert len(page.all("//h2[@id='helped']/following-sibling::ul[1]/li")) == 12
    assert len(page.all("//h3")) == 20
    assert "And 48 more lessons." in page.text()
    assert "And 40 more services" in page.text()


def test_an_incident_leads_to_what_began_the_same_way(tree: MakeTree) -> None:
    pages = render_all(tree(many(1) | {path("2026-03-01-y"): incident({"class": "exercise"})}))
    assert pages[path("2026-02-01-x1")].node.links("//dl[@class='pm-facts']//a")["Deployment"] == f"/{DEPLOY}"
    assert "Deployment" not in pages[path("2026-03-01-y")].node.links("//dl[@class='pm-facts']//a")
