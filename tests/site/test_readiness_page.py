"""Readiness says something true whatever there is, and stays readable where there is very much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from site_bench import make_tree
from site_cases import RETOLD, path

from postmortems.site.pages.reviews.readiness import LISTED, OF_ONE
from sites import incident, parse, words

if TYPE_CHECKING:
    from pathlib import Path

    from sites import Node


def changing(number: int, *changes: dict[str, Any], **fields: Any) -> tuple[str, str]:
    """An incident with these changes of runbooks."""
    actions = [
        {"id": f"A{n}", "title": f"Change {number}.{n}", "owner": "platform", "output": "runbook"} | change
        for n, change in enumerate(changes, 1)
    ]
    given = {"actions": actions, "no_actions_reason": None} if actions else {}
    return path(f"2026-03-{number:02}-case"), incident(given | fields)


def page(root: Path, *files: tuple[str, str]) -> Node:
    made = make_tree(root, dict(files)).pages["readiness/index.md"]
    return parse(made.render(lambda uri: f"/{uri}").html)


@pytest.mark.parametrize(
    ("files", "text"),
    [
        ([], "No incident here records a change to a runbook"),
        ([changing(1)], "No incident of our own has changed a runbook"),
        ([changing(1, **RETOLD)], "No incident here records a change to a runbook"),
        ([changing(1, {}, **RETOLD)], "There is no change of our own here; what 1 other organisation changed"),
        (
            [changing(1, {"status": "done", "closed": "2026-04-01"})],
            "Incidents led to 1 change of runbooks, alerts and other means of response: 1 made, 0 planned and 0",
        ),
        ([changing(1, {"due": "2026-05-01"}), changing(2, {})], "Incidents led to 2 changes"),
    ],
)
def test_the_finding(tmp_path: Path, files: list[tuple[str, str]], text: str) -> None:
    finding = page(tmp_path, *files).one("//p[@class='pm-finding']")
    assert " ".join(finding.text_content().split()).startswith(text)


def test_one_artefact_of_several_incidents_stands_once(tmp_path: Path) -> None:
    made = page(
        tmp_path, changing(1, {"artefact": "Runbook: gateway"}), changing(2, {"artefact": "runbook: gateway"}, {})
    )
    names = made.texts("//p[@class='pm-occurrence']")
    assert names == ["Runbook: gateway", "What it changes is not named"]
    assert [len(entry.findall("p")) - 1 for entry in made.all("//ul[@class='pm-occurrences']/li")] == [2, 1]


@pytest.mark.parametrize(
    ("artefact", "is_link"),
    [("https://wiki.example.org/gateway", True), ("javascript:alert(1)", False), ("Runbook", False)],
)
def test_an_address_is_a_link(tmp_path: Path, artefact: str, *, is_link: bool) -> None:
    made = page(tmp_path, changing(1, {"artefact": artefact}))
    assert (artefact in made.links("//a").values()) is is_link
    assert artefact in made.text()


def test_very_much_is_cut_and_says_so(tmp_path: Path) -> None:
    many = [{"artefact": f"Runbook {n}"} for n in range(LISTED + 3)] + [{"artefact": "All the same"}] * (
        OF_ONE + 5
    )
    files = [changing(number, *many[(number - 1) * 10 : number * 10]) for number in range(1, 15)]
    made = page(tmp_path, *files)
    entries = made.all("//ul[@class='pm-occurrences']/li")
    assert len(entries) == LISTED
    assert "4 more are not listed." in made.text()
    same = next(entry for entry in entries if words(entry.find("p")) == "All the same")
    assert len(same.findall("p")) == 1 + OF_ONE + 1
    assert "5 more are not listed." in words(same)


def test_withheld_records_change_nothing(tmp_path: Path) -> None:
    shown = changing(1, {})
    hidden = changing(2, {"artefact": "zyzzyva"}, tlp="AMBER")
    alone = page(tmp_path / "alone", shown)
    assert page(tmp_path / "both", shown, hidden).text() == alone.text()
