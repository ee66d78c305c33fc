"""Every page of every odd knowledge base: it renders, its anchors are its own, and its links lead somewhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from site_bench import make_tree, render_all
from site_cases import KNOWLEDGE_BASES

from sites import words

if TYPE_CHECKING:
    from site_bench import MakeTree, RenderedPage

    from postmortems.site import SiteTree

HEADINGS = ("h1", "h2", "h3", "h4")
CONTENT = ("p", "li", "dt", "dd", "th", "td", "pre", "summary")

Case = tuple["SiteTree", dict[str, "RenderedPage"]]


@pytest.fixture(scope="module", params=KNOWLEDGE_BASES.values(), ids=KNOWLEDGE_BASES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A tree and its pages, rendered; a variable that a template lacks would be an error here."""
    files, options = request.param
    made = make_tree(tmp_path_factory.mktemp("case"), files, **options)
    return made, render_all(made)


def test_anchors_are_unique_in_a_page(case: Case) -> None:
    for uri, page in case[1].items():
        twice = [name for name, count in Counter(page.node.ids).items() if count > 1]
        assert not twice, f"{uri}: {twice}"


def test_headings_stand_where_they_say(case: Case) -> None:
    """What a page reports for its table of contents is what is on it."""
    for uri, page in case[1].items():
        for heading in page.headings:
            element = page.node.one(f"//*[@id='{heading.id}']")
            assert element.tag == f"h{heading.level}", uri
            assert words(element).startswith(heading.title), uri


def test_addresses_asked_for_exist(case: Case) -> None:
    made, pages = case
    known = {*made.pages, *made.incidents, *made.assets}
    for uri, page in pages.items():
        assert set(page.asked) <= known, uri


def test_anchors_linked_to_exist(case: Case) -> None:
    pages = case[1]
    for uri, page in pages.items():
        for link in page.node.all("//a[@href]"):
            target, hash_sign, anchor = link.get("href").partition("#")
            if hash_sign and not target.startswith("http"):
                there = pages[target.removeprefix("/")] if target else page
                assert anchor in there.node.ids, f"{uri}: {link.get('href')}"


def test_every_heading_has_something_under_it(case: Case) -> None:
    for uri, page in case[1].items():
        flow = [element for element in page.node.root.iter(*HEADINGS, *CONTENT) if words(element)]
        for place, element in enumerate(flow, 1):
            if element.tag in HEADINGS:
                after = flow[place] if place < len(flow) else None
                assert after is not None, f"{uri}: nothing after {words(element)}"
                is_below = after.tag in CONTENT or after.tag > element.tag
                assert is_below, f"{uri}: nothing between {words(element)} and {words(after)}"


def test_one_title_a_page(case: Case) -> None:
    for uri, page in case[1].items():
        if uri in {*case[0].pages, *case[0].incidents}:
            assert len(page.node.all("//h1")) == 1, uri


def test_levels_of_headings_skip_none(case: Case) -> None:
    for uri, page in case[1].items():
        level = 1
        for element in page.node.root.iter("h2", "h3", "h4", "h5", "h6"):
            assert int(element.tag[1]) <= level + 1, f"{uri}: {words(element)}"
            level = int(element.tag[1])


def test_tables_can_be_read_by_ear(case: Case) -> None:
    for uri, page in case[1].items():
        for table in page.node.all("//table"):
            assert table.findall("caption"), uri
            assert all(cell.get("scope") in {"col", "row", "rowgroup"} for cell in table.iter("th")), uri


def test_drawings_are_named_or_hidden(case: Case) -> None:
    for uri, page in case[1].items():
        for drawing in page.node.all("//svg"):
            assert drawing.get("aria-hidden") == "true" or drawing.get("aria-label"), uri


def test_no_trace_of_the_program(case: Case) -> None:
    """No value is shown as Python would print it."""
    for uri, page in case[1].items():
        if uri.startswith("method/rules/"):
            continue
        for trace in ("None.", "None,", "Undefined", "datetime.", "<function", "[]", "()", "{}"):
            assert trace not in page.node.text(), uri


def test_titles_are_told_apart(case: Case) -> None:
    titles = Counter(page.title for page in case[0].pages.values())
    assert not [title for title, count in titles.items() if count > 1]


def test_sections_with_data_are_all_there(case: Case) -> None:
    made, pages = case
    for uri, incident in made.incidents.items():
        shown = {words(heading).rstrip("¶").strip() for heading in pages[uri].node.all("//h2")}
        titles = {"lessons": "Lessons learned", "root-causes": "Root causes"}
        wanted = {titles.get(key, key.capitalize()) for key in incident.present}
        assert wanted <= shown, uri


def test_neighbours_in_time(tree: MakeTree) -> None:
    files: Any = KNOWLEDGE_BASES["three-years"][0]
    made = tree(files)
    oldest, middle, newest = sorted(made.incidents)
    assert [(made.incidents[uri].previous, made.incidents[uri].next) for uri in (oldest, middle, newest)] == [
        ("", middle),
        (oldest, newest),
        (middle, ""),
    ]
