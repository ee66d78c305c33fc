"""The menu and the breadcrumbs, with and without a `nav` of the owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from postmortems.site.menu import MENU
from sites import incident

if TYPE_CHECKING:
    from sites import KnowledgeBaseOnDisk, Site

HOME = "Home"
RECORD = "incidents/2026/2026-03-31-x"
WITH_MEMBERS = {
    "Incidents",
    "Factors",
    "Services",
    "Leadership brief",
    "Audit evidence",
    "Before a change",
    "Method",
}  # listings that stand in a section of their own
LARGE_ONLY = {"search/index.md"}  # small sites have the theme's search


def grouped(*, without: frozenset[str] = frozenset()) -> list[Any]:
    """The menu below Home as the program declares it, as sections of sections."""
    made: list[Any] = []
    for heading, entries in MENU[1:]:
        labels = [label for uri, label in entries if uri not in without | LARGE_ONLY]
        alone = len(labels) == 1
        group = [
            (label, [label]) if label in WITH_MEMBERS or not (alone or label == heading) else label
            for label in labels
        ]
        made += group if len(group) < 2 else [(heading, group)]
    return made


LISTINGS = grouped()


def build(kb: KnowledgeBaseOnDisk, docs: dict[str, str] | None = None, **settings: Any) -> Site:
    kb.write({f"{RECORD}.md": incident(), **{f"docs/{name}": text for name, text in (docs or {}).items()}})
    kb.configure(**settings)
    return kb.build()


def test_without_a_nav(kb: KnowledgeBaseOnDisk) -> None:
    assert build(kb).page("").menu == [HOME, *LISTINGS]


def test_hand_written_pages_come_after_the_listings(kb: KnowledgeBaseOnDisk) -> None:
    docs = {
        "index.md": "# Welcome\n",
        "guide/index.md": "# Guide\n",
        "guide/a.md": "# A\n",
        "about.md": "# About\n",
    }
    assert build(kb, docs).page("").menu == ["Welcome", *LISTINGS, "About", ("Guide", ["Guide", "A"])]


def test_no_records_no_sections_for_them(kb: KnowledgeBaseOnDisk) -> None:
    menu = kb.build().page("").menu
    assert menu[:2] == [HOME, "Incidents"]
    assert menu[2][0] == "Lessons"
    assert ("Factors", ["Factors"]) in menu[2][1]


@pytest.mark.parametrize("manual", [False, True], ids=["auto", "manual"])
def test_missing_listings_are_appended_to_an_owners_nav(kb: KnowledgeBaseOnDisk, *, manual: bool) -> None:
    plugins = [{"postmortems": {"nav": "manual"}}] if manual else ["postmortems"]
    docs = {"index.md": "# Welcome\n", "about.md": "# About\n"}
    nav = [{"Start": "index.md"}, {"About us": "about.md"}, {"Elsewhere": "https://example.org/"}]
    menu = build(kb, docs, nav=nav, plugins=plugins).page("").menu
    own = ["Start", "About us", "Elsewhere"]
    assert menu == (own if manual else [*own, ("Lessons library", LISTINGS)])


def test_listings_that_an_owners_nav_names_stay_where_they_are(kb: KnowledgeBaseOnDisk) -> None:
    nav = [
        {"All of them": "incidents/index.md"},
        {"Figures": ["timing/index.md", {"What recurs": "factors/index.md"}]},
        "lessons/index.md",
    ]
    site = build(kb, nav=nav)
    menu = site.page("").menu
    assert [item[0] if isinstance(item, tuple) else item for item in menu] == [
        "All of them",
        "Figures",
        "Lessons",
        "Lessons library",
    ]
    assert menu[0] == ("All of them", ["All of them"])
    assert menu[1] == ("Figures", [("Timing", ["Timing"]), ("What recurs", ["What recurs"])])
    named = frozenset({"incidents/index.md", "timing/index.md", "factors/index.md", "lessons/index.md"})
    assert menu[3][1] == grouped(without=named)
    assert site.page(f"{RECORD}/").trail == ["All of them"]
    assert site.page("factors/change.rollout/").trail == ["Figures", "What recurs"]
    assert site.page("method/rules/").trail[-1] == "Method"
    assert site.page("method/rules/").trail[0] == "Lessons library"


def test_every_listing_named_leaves_nothing_to_append(kb: KnowledgeBaseOnDisk) -> None:
    listings = [(uri, label) for _, entries in MENU[1:] for uri, label in entries if uri not in LARGE_ONLY]
    site = build(kb, nav=["index.md", *(uri for uri, _ in listings)])
    assert [item[0] if isinstance(item, tuple) else item for item in site.page("").menu] == [
        HOME,
        *(label for _, label in listings),
    ]
    assert site.page(f"{RECORD}/").trail == ["Incidents"]


def test_record_that_an_owners_nav_names(kb: KnowledgeBaseOnDisk) -> None:
    site = build(kb, nav=["index.md", {"The big one": f"{RECORD}.md"}])
    assert "The big one" in site.page("").menu
    assert site.has(f"{RECORD}/")


@pytest.mark.parametrize(
    "nav", [None, [{"Start": "index.md"}, {"How long": "timing/index.md"}]], ids=["auto", "own"]
)
def test_hand_written_page_in_the_place_of_a_listing(
    kb: KnowledgeBaseOnDisk, nav: list[dict[str, str]] | None
) -> None:
    docs = {"index.md": "# Start\n", "timing/index.md": "# Our own timing\n\nWith words of ours.\n"}
    site = build(kb, docs, nav=nav)
    page = site.page("timing/")
    assert page.text("//main//h1").startswith("Our own timing")
    addresses = [link.get("href") for link in site.page("").all("//nav[@id='menu']//a")]
    assert addresses.count("timing/") == 1
    assert len(set(addresses)) == len(addresses)


def test_hand_written_listing_keeps_its_neighbours_and_members(kb: KnowledgeBaseOnDisk) -> None:
    docs = {"index.md": "# Start\n", "incidents/index.md": "# Ours\n", "incidents/how.md": "# How we count\n"}
    site = build(kb, docs)
    addresses = [link.get("href") for link in site.page("").all("//nav[@id='menu']//a")]
    assert len(set(addresses)) == len(addresses)
    assert {"incidents/", "incidents/how/"} <= set(addresses)
    assert site.page(f"{RECORD}/").trail == ["Incidents"]


def test_chain_of_pages_is_that_of_the_menu(kb: KnowledgeBaseOnDisk) -> None:
    """Next, from the first page on, meets every page of the menu once and in its order."""
    site = build(kb, {"guide/index.md": "# Guide\n", "guide/a.md": "# A\n"})
    order = [link.get("href") for link in site.page("").all("//nav[@id='menu']//a")]
    url, met = "", []
    while True:
        met.append(url or ".")
        following = site.page(url).href("next")
        if following is None:
            break
        url = _join(url, following)
    assert met == [_join("", address) or "." for address in order]


def _join(url: str, address: str) -> str:
    import posixpath

    joined = posixpath.normpath(posixpath.join(url or ".", address))
    return "" if joined == "." else f"{joined}/"
