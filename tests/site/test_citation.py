"""How to cite: organisation, title, site, days and address; what is retold by its source first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from site_bench import render_all
from site_cases import RETOLD, one, path

from postmortems.exports import Addresses
from postmortems.site import Origin

if TYPE_CHECKING:
    from site_bench import MakeTree

    from sites import Node

UNTITLED = {"url": "https://gao.example.org/18-559", "kind": "excerpt"}
THEIRS = {
    "url": "https://status.example.org/1",
    "kind": "primary",
    "title": "What happened on 31 March",
    "retrieved": "2026-04-02",
}
NEWS = {"url": "https://news.example.org/1", "kind": "secondary", "title": "Payments down"}
AMENDED = {
    "amended": [
        {"date": "2026-04-20", "what": "The end.", "why": "Known now."},
        {"date": "2026-05-02", "what": "The cost.", "why": "Known now."},
    ]
}


def page(tree: MakeTree, *changes: dict[str, Any], **options: Any) -> Node:
    built = tree(one(*changes), **({"origin": Origin("Our lessons")} | options))
    return render_all(built)[path("2026-03-31-case")].node


def cited(tree: MakeTree, *changes: dict[str, Any], **options: Any) -> str:
    return page(tree, *changes, **options).one("//*[@id='citation']").text_content()


OWN = "Example Bank: “Checkout refused all cards”. Post-mortem of the incident of 31 March 2026. Our lessons."
RETELLING = (
    "“Checkout refused all cards”: incident at Someone else, 31 March 2026, retold from public sources. Our "
    "lessons. Published 7 April 2026."
)


@pytest.mark.parametrize(
    ("changes", "options", "expected"),
    [
        ({}, {}, f"{OWN} Published 7 April 2026."),
        (AMENDED, {}, f"{OWN} Published 7 April 2026. Last amended 2 May 2026."),
        ({"status": "in-review", "published": None}, {}, f"{OWN} In review."),
        ({"status": "draft", "published": None}, {"preview": True}, f"{OWN} Draft, not published."),
        ({"tlp": "AMBER"}, {"audience": "organisation"}, f"{OWN} Published 7 April 2026. TLP:AMBER."),
        ({}, {"origin": Origin()}, f"{OWN.replace('Our lessons', 'Example Bank')} Published 7 April 2026."),
        (
            {},
            {"addresses": Addresses("https://example.org/kb/")},
            f"{OWN} Published 7 April 2026. https://example.org/kb/incidents/2026/2026-03-31-case/",
        ),
        (
            {},
            {"addresses": Addresses("https://example.org/kb/", folders=False)},
            f"{OWN} Published 7 April 2026. https://example.org/kb/incidents/2026/2026-03-31-case.html",
        ),
    ],
    ids=[
        "own",
        "amended",
        "in-review",
        "draft",
        "amber",
        "site-without-name",
        "address",
        "html-address",
    ],
)
def test_own(tree: MakeTree, changes: dict[str, Any], options: dict[str, Any], expected: str) -> None:
    assert cited(tree, changes, **options) == expected


@pytest.mark.parametrize(
    ("sources", "first"),
    [
        (
            [NEWS, THEIRS],
            "“What happened on 31 March” (the organisation's own report). Read 2 April 2026. https://status.example.org/1",
        ),
        ([NEWS, UNTITLED], "Part of the organisation's own report. https://gao.example.org/18-559"),
        ([NEWS], "“Payments down” (an account by others). https://news.example.org/1"),
    ],
    ids=["primary", "excerpt-without-title", "only-secondary"],
)
def test_what_is_retold_is_cited_by_the_nearest_source_first(
    tree: MakeTree, sources: list[dict[str, str]], first: str
) -> None:
    assert cited(tree, RETOLD, {"sources": sources}) == f"{first}\n\n{RETELLING}"


def test_all_sources_of_the_best_kind_are_cited(tree: MakeTree) -> None:
    second = THEIRS | {"url": "https://status.example.org/2", "title": "Follow-up"}
    text = cited(tree, RETOLD, {"sources": [THEIRS, NEWS, second]})
    assert [part.rpartition(" ")[2] for part in text.split("\n\n")[:-1]] == [THEIRS["url"], second["url"]]


def test_ones_own_post_mortem_is_not_cited_by_its_sources(tree: MakeTree) -> None:
    assert cited(tree, {"sources": [THEIRS]}) == f"{OWN} Published 7 April 2026."


def test_an_address_that_is_not_known_is_left_to_the_browser(tree: MakeTree) -> None:
    assert len(page(tree).all("//*[@id='citation']/*[@data-address][not(node())]")) == 1
    known = page(tree, addresses=Addresses("https://example.org/"))
    assert known.all("//*[@data-address]") == []
