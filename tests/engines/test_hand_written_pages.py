"""Pages of docs/ beside the generated ones: blocks in them, and what stands in whose place."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from mkdocs.exceptions import Abort

from sites import incident

if TYPE_CHECKING:
    from sites import KnowledgeBaseOnDisk

RECORD = "incidents/2026/2026-03-31-x"
BLOCKS = ("overview", "attention", "newest", "recurring", "browse")


@pytest.fixture
def two(kb: KnowledgeBaseOnDisk) -> KnowledgeBaseOnDisk:
    """Two records, so that a factor recurs."""
    kb.write({f"{RECORD}.md": incident(), "incidents/2026/2026-03-30-y.md": incident({"title": "Another"})})
    return kb


def test_generated_home(two: KnowledgeBaseOnDisk) -> None:
    page = two.build().page("")
    assert page.texts("//main//h1") == ["Lessons from incidents"]
    assert {"needs-attention", "newest", "recurring"} <= set(page.ids)
    assert f"{RECORD}/" in page.links().values()


@pytest.mark.parametrize("name", ["index.md", "README.md"])
def test_own_home_with_blocks(two: KnowledgeBaseOnDisk, name: str) -> None:
    markers = "\n\n".join(f"<!-- postmortems: {block} -->" for block in BLOCKS)
    two.write({f"docs/{name}": f"# Welcome\n\nWords of ours.\n\n{markers}\n"})
    page = two.build().page("")
    assert page.texts("//main//h1") == ["Welcome¶"]
    assert "Words of ours." in page.text()
    assert {"needs-attention", "newest", "recurring"} <= set(page.ids)
    assert f"{RECORD}/" in page.links().values()


@pytest.mark.parametrize("block", BLOCKS)
def test_links_of_a_block_start_from_its_page(two: KnowledgeBaseOnDisk, block: str) -> None:
    two.write({"docs/a/b/page.md": f"# Page\n\n<!-- postmortems: {block} -->\n"})
    site = two.build()
    for address in site.page("a/b/page/").links().values():
        if address and not address.startswith("#"):
            assert address.startswith("../../../")
            assert site.has(f"{address.removeprefix('../../../')}")


@pytest.mark.parametrize(
    "marker", ["<!--postmortems:newest-->", "<!--  postmortems:  newest  -->", "<!-- postmortems: newest -->"]
)
def test_forms_of_a_marker(two: KnowledgeBaseOnDisk, marker: str) -> None:
    two.write({"docs/page.md": f"# Page\n\n{marker}\n"})
    assert "newest" in two.build().page("page/").ids


def test_marker_in_code_is_code(two: KnowledgeBaseOnDisk) -> None:
    two.write({"docs/page.md": "# Page\n\n`<!-- postmortems: newest -->`\n\n    <!-- postmortems: newest -->\n"})
    page = two.build().page("page/")
    assert "newest" not in page.ids
    assert page.text().count("<!-- postmortems: newest -->") == 2


def test_marker_in_a_record_is_a_comment(two: KnowledgeBaseOnDisk) -> None:
    two.write({f"{RECORD}.md": incident(body="## Overview\n\n<!-- postmortems: newest -->\n\nText.\n")})
    assert "newest" not in two.build().page(f"{RECORD}/").ids


def test_unknown_block_warns(two: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture) -> None:
    two.write({"docs/page.md": "# Page\n\n<!-- postmortems: newset -->\n\nText.\n"})
    with caplog.at_level(logging.WARNING), pytest.raises(Abort, match="strict"):
        two.build()
    (warning,) = [record.getMessage() for record in caplog.records if "newset" in record.getMessage()]
    assert "page.md" in warning
    assert all(block in warning for block in BLOCKS)
    assert two.build(strict=False).page("page/").text() == "Page¶ Text."


def test_blocks_of_an_empty_library(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({"docs/index.md": "# Home\n" + "".join(f"\n<!-- postmortems: {block} -->\n" for block in BLOCKS)})
    page = kb.build().page("")
    assert "no post-mortems here yet" in page.text()
    assert "newest" not in page.ids


@pytest.mark.parametrize(
    "name", ["timing/index.md", "lessons/index.md", "factors/change.rollout.md", "method/index.md"]
)
def test_hand_written_page_replaces_a_generated_one(two: KnowledgeBaseOnDisk, name: str) -> None:
    two.write({f"docs/{name}": "# Ours\n\n## Durations\n\n## Vocabulary\n\nWords of ours.\n"})
    two.configure(validation={"links": {"anchors": "info"}})
    site = two.build()
    page = site.page(name.removesuffix("index.md").removesuffix(".md"))
    assert page.texts("//main//h1") == ["Ours¶"]
    assert "Words of ours." in page.text()


@pytest.mark.parametrize(
    ("docs", "named"),
    [
        (f"{RECORD}.md", [f"{RECORD}.md"]),
        (f"{RECORD}/index.md", [f"{RECORD}.md"]),
        ("lessons.md", ["lessons/index.md"]),
    ],
)
def test_two_sources_for_one_place_stop_the_build(
    two: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, docs: str, named: list[str]
) -> None:
    two.write({f"docs/{docs}": "# In the way\n"})
    with pytest.raises(Abort):
        two.build()
    (message,) = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert docs in message
    assert all(name in message for name in named)


def test_page_that_is_excluded_is_in_nobodys_way(two: KnowledgeBaseOnDisk) -> None:
    two.write({f"docs/{RECORD}.md": "# In the way\n", "docs/timing/index.md": "# Not yet\n"})
    two.configure(exclude_docs="/incidents/\n/timing/\n")
    site = two.build()
    assert site.page(f"{RECORD}/").texts("//main//h1") == ["Checkout refused all cards"]
    assert site.page("timing/").texts("//main//h1") == ["Timing"]


def test_hand_written_page_is_left_as_it_is(two: KnowledgeBaseOnDisk) -> None:
    """Headings of a record's sections mean nothing in it, and its HTML is its author's own."""
    two.write({"docs/page.md": "# Page\n\n## Root causes\n\n## Overview\n\n<form><button>Go</button></form>\n"})
    page = two.build().page("page/")
    assert page.texts("//main//h2") == ["Root causes¶", "Overview¶"]
    assert page.texts("//main//button") == ["Go"]
