"""A record's prose and data as one report: which section stands where, and what Markdown makes of it."""

from __future__ import annotations

from itertools import product

import pytest
from markdown import Markdown

from postmortems.site import Layout, SectionsExtension, sanitise
from postmortems.site.sections import SECTIONS, fill, prepared, section_of
from sites import parse

KEYS = tuple(key for key, _, _ in SECTIONS)
TITLES = tuple(title for _, title, _ in SECTIONS)


def convert(text: str, *present: str, extensions: tuple[str, ...] = ()) -> str:
    """Markdown with the sections put in, and a block for each placeholder."""
    extension = SectionsExtension(lambda: Layout(frozenset(present)))
    html = Markdown(extensions=[extension, "toc", *extensions]).convert(prepared(text))
    return fill(html, lambda key: f'<p class="data">data of {key}</p>', sanitise)


def outline(html: str) -> list[str]:
    """Headings as `# text`, and the blocks of data as their keys, in order."""
    found = []
    for element in parse(html).root.iter("h1", "h2", "h3", "p"):
        text = element.text_content()
        if element.get("class") == "data":
            found.append(text.removeprefix("data of "))
        elif element.tag != "p":
            found.append(f"{'#' * int(element.tag[1])} {text}")
    return found


def test_no_prose_gives_a_heading_for_each_section_with_data() -> None:
    expected = [item for key, title in zip(KEYS, TITLES, strict=True) for item in (f"## {title}", key)]
    assert outline(convert("", *KEYS)) == expected


@pytest.mark.parametrize("blank", ["\n\n", "  \n\t\n", "<!-- nothing yet -->", "\ue000"], ids=repr)
def test_blank_prose_is_as_none(blank: str) -> None:
    assert outline(convert(blank, "impact")) == ["## Impact", "impact"]


def test_no_prose_and_no_data_gives_nothing() -> None:
    assert convert("").strip() == ""


def test_data_come_after_the_prose_of_their_section() -> None:
    html = convert("## Overview\n\nProse.\n\n### Detail\n\nMore.\n\n## Impact\n\nProse.\n", "overview", "impact")
    assert outline(html) == ["## Overview", "### Detail", "overview", "## Impact", "impact"]


def test_section_without_data_keeps_its_prose() -> None:
    html = convert("## Response\n\nProse.\n")
    assert outline(html) == ["## Response"]
    assert "Prose." in html


def test_missing_sections_are_added_in_their_place() -> None:
    html = convert("## Impact\n\nProse.\n\n## Root causes\n\nProse.\n", *KEYS)
    assert [item for item in outline(html) if item.startswith("#")] == [f"## {title}" for title in TITLES]


def test_sections_are_put_in_order() -> None:
    html = convert("## Root causes\n\nWhy.\n\n## Overview\n\nWhat.\n")
    assert outline(html) == ["## Overview", "## Root causes"]
    assert html.index("What.") < html.index("Why.")


def test_other_headings_keep_their_order_after_the_six() -> None:
    html = convert("## Zebra\n\nz\n\n## Impact\n\ni\n\n## Aardvark\n\na\n", "overview")
    assert outline(html) == ["## Overview", "overview", "## Impact", "## Zebra", "## Aardvark"]
    assert html.index("<p>z</p>") < html.index("<p>a</p>")


def test_text_before_the_first_heading_comes_first() -> None:
    html = convert("An opening.\n\n## Impact\n\nProse.\n", "overview", "impact")
    assert html.index("An opening.") < html.index("Overview")


@pytest.mark.parametrize(
    "text",
    [
        "```\n## Impact\n```\n",
        "~~~ markdown\n## Impact\n~~~\n",
        "    ## Impact\n",
        "`## Impact`\n",
        "> ## Impact\n",
        "- item\n\n    ## Impact\n",
        "<div>\n## Impact\n</div>\n",
        "<pre>\n## Impact\n</pre>\n",
        "<!--\n## Impact\n-->\n",
        "### Impact\n",
        "\\## Impact\n",
    ],
    ids=["fence", "tildes", "indented", "inline", "quotation", "list", "div", "pre", "comment", "h3", "escaped"],
)
def test_what_is_no_section(text: str) -> None:
    """The data's own heading is added, since none of these opens the section."""
    html = convert(f"## Overview\n\n{text}", "impact", extensions=("fenced_code",))
    assert [item for item in outline(html) if item.startswith("## ") or item in KEYS][-2:] == [
        "## Impact",
        "impact",
    ]
    assert html.index("data of impact") > html.rindex("Impact</h2>")


@pytest.mark.parametrize("form", ["## Impact", "Impact\n------", "## Impact ##", "##   impact", "## **Impact**"])
def test_forms_of_a_heading(form: str) -> None:
    html = convert(f"{form}\n\nProse.\n", "impact")
    assert [item.lower() for item in outline(html)] == ["## impact", "impact"]


def test_section_that_stands_twice_goes_on_where_it_began() -> None:
    text = "## Impact\n\nfirst\n\n## Overview\n\nother\n\n## Impact\n\nsecond\n"
    html = convert(text, "impact")
    assert outline(html) == ["## Overview", "## Impact", "impact"]
    assert html.index("other") < html.index("first") < html.index("second") < html.index("data of impact")


def test_other_heading_that_stands_twice_goes_on_where_it_began() -> None:
    html = convert("## Thanks\n\nfirst\n\n## Impact\n\ni\n\n## Thanks\n\nsecond\n")
    assert outline(html) == ["## Impact", "## Thanks"]
    assert html.index("first") < html.index("second")


def test_top_heading_becomes_a_section() -> None:
    assert outline(convert("# Overview\n\nProse.\n\n# Thanks\n\nProse.\n", "overview")) == [
        "## Overview",
        "overview",
        "## Thanks",
    ]


@pytest.mark.parametrize("typed", ["\ue000impact\ue001", "\ue000overview\ue001", "a \ue000impact\ue001 b"])
def test_placeholder_that_an_author_typed_is_none(typed: str) -> None:
    html = convert(f"## Overview\n\n{typed}\n", "impact")
    assert outline(html).count("impact") == 1
    assert "\ue000" not in html
    assert html.index("data of impact") > html.index("Impact</h2>")


@pytest.mark.parametrize("name", ["impact", "foot", "no-such-section"])
def test_placeholder_as_a_character_reference_is_none(name: str) -> None:
    html = convert(f"## Overview\n\n&#xe000;{name}&#xe001;\n\n<p>&#57344;{name}&#57345;</p>\n", "impact")
    assert [item for item in outline(html) if not item.startswith("#")] == ["impact"]


@pytest.mark.parametrize(
    "tag", ["div", "details", "table", "b", "a href='x.md'", "h2", "!--", "p title='", "script"]
)
def test_what_an_author_leaves_open_ends_before_the_data(tag: str) -> None:
    node = parse(convert(f"## Overview\n\nProse <{tag}>\n\n<{tag}>\n", "overview", "impact"))
    data = node.of_class("data")
    assert [element.text_content() for element in data] == ["data of overview", "data of impact"]
    assert [element.getparent().tag for element in data] == ["main", "main"]


def test_page_that_is_no_record_is_left_alone() -> None:
    text = "# Title\n\n## Root causes\n\nx\n\n## Overview\n\ny\n"
    extended = Markdown(extensions=[SectionsExtension(lambda: None)]).convert(text)
    assert extended == Markdown().convert(text)


def test_added_headings_are_in_the_table_of_contents() -> None:
    converter = Markdown(extensions=[SectionsExtension(lambda: Layout(frozenset(KEYS))), "toc"])
    html = converter.convert("## Impact\n\nProse.\n\n### Detail\n")
    assert [token["name"] for token in converter.toc_tokens] == list(TITLES)
    ids = [token["id"] for token in converter.toc_tokens]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= set(parse(html).ids)


def test_headings_get_other_anchors_than_the_data() -> None:
    layout = Layout(frozenset({"impact"}), frozenset({"timeline", "a1"}))
    converter = Markdown(extensions=[SectionsExtension(lambda: layout), "toc"])
    html = converter.convert("## Timeline\n\n### A1\n\n## Thanks\n")
    html = fill(html, lambda _: '<p id="a1">a</p><p id="timeline">b</p>', sanitise)
    anchors = parse(html).ids
    assert len(set(anchors)) == len(anchors)
    assert {token["id"] for token in converter.toc_tokens} <= set(anchors)
    assert not {token["id"] for token in converter.toc_tokens} & layout.anchors
    assert parse(html).all("//span") == []


def test_footnotes_come_last() -> None:
    html = convert("## Overview\n\nText.[^1]\n\n[^1]: The note.\n", *KEYS, extensions=("footnotes",))
    assert html.index("The note.") > html.index("data of recommendations")


@pytest.mark.parametrize(("key", "title", "others"), SECTIONS)
def test_names_of_sections(key: str, title: str, others: tuple[str, ...]) -> None:
    for name in (title, *others):
        assert section_of(name) == key
        assert section_of(f"  {name.upper()} ") == key


@pytest.mark.parametrize("heading", ["", "Timeline", "The impact", "Impact on users", "Thanks"])
def test_other_names(heading: str) -> None:
    assert section_of(heading) is None


@pytest.mark.parametrize("present", list(product([False, True], repeat=3)), ids=str)
def test_a_section_with_data_stands_exactly_once(present: tuple[bool, ...]) -> None:
    keys = [key for key, there in zip(KEYS, present, strict=False) if there]
    found = outline(convert("## Impact\n\nProse.\n\n## Thanks\n", *keys))
    assert [item for item in found if item in KEYS] == keys
    assert found.count("## Impact") == 1
