"""The search page of a larger site: facets, its address, the shortcut, and on a subpath."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from serving import served

from sites import MATERIAL, POLICY, KnowledgeBaseOnDisk, incident, to_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sites import Site

pytestmark = pytest.mark.browser

OpenPage = "Callable[..., Page]"
WORDS = ("replica", "certificate", "voucher", "switch")


def laid_down(root: Path, count: int) -> Site:
    kb = KnowledgeBaseOnDisk(root / "project")
    kb.configure(**MATERIAL)
    kb.write({"schemas/policy.yaml": to_yaml(POLICY | {"search_switch_at": 0})})
    kb.write(
        {
            f"incidents/2026/2026-01-{1 + n % 28:02}-x{n}.md": incident(
                {
                    "title": f"Number {n}, about a {WORDS[n % 4]}",
                    "severity": f"sev{3 + n % 2}",
                    "lessons": [f"improve: Watch the {WORDS[n % 4]} numbered {n} <img src=x onerror=alert(1)>."],
                }
            )
            for n in range(count)
        }
    )
    return kb.build()


@pytest.fixture(scope="module")
def subpath(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site below a path, as project pages of a forge have it."""
    root = tmp_path_factory.mktemp("search")
    site = laid_down(root, 12)
    served_at = root / "pages/project"
    served_at.parent.mkdir()
    site.folder.rename(served_at)
    with served(served_at.parent) as address:
        yield address


def test_large_index_of_the_theme_is_not_written(tmp_path: Path) -> None:
    site = laid_down(tmp_path, 2)
    assert not site.has("search/search_index.json")
    assert site.has("pagefind/pagefind.js")
    assert not site.page("").of_class("md-search")


def test_small_sites_keep_the_search_of_the_theme(tmp_path: Path) -> None:
    kb = KnowledgeBaseOnDisk(tmp_path)
    kb.configure(**MATERIAL)
    kb.write({"incidents/2026/2026-01-01-x.md": incident()})
    site = kb.build()
    assert site.has("search/search_index.json")
    assert not site.has("pagefind/pagefind.js")
    assert not site.has("search/")
    assert site.page("").of_class("md-search")


def test_preview_has_it_too(tmp_path: Path) -> None:
    kb = KnowledgeBaseOnDisk(tmp_path)
    kb.write({"schemas/policy.yaml": to_yaml(POLICY | {"search_switch_at": 1})})
    kb.write({"incidents/2026/2026-01-01-x.md": incident({"status": "draft", "published": None})})
    assert kb.preview().has("pagefind/pagefind.js")


def test_finding_and_narrowing_down(open_page: OpenPage, subpath: str) -> None:
    page = open_page(subpath)
    page.goto("/project/search/")
    field = page.get_by_role("searchbox", name="Find")
    expect(field).to_be_focused()
    page.keyboard.type("certificate")
    expect(page.get_by_role("status")).to_contain_text("pages for “certificate”")
    page.get_by_role("checkbox", name="SEV4").check()
    expect(page.get_by_role("status")).to_have_text("3 pages for “certificate”")
    assert parse_qs(urlsplit(page.url).query) == {"find": ["certificate"], "severity": ["sev4"]}
    found = page.locator(".pm-found > li")
    assert found.count() == 3
    assert found.first.locator("mark").count() >= 1
    assert page.locator(".pm-found img").count() == 0  # words of records are shown as words
    found.first.locator("h3 a").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("about a certificate")
    assert urlsplit(page.url).path.startswith("/project/incidents/2026/")


def test_counts_come_with_whoever_turns_to_the_facets(open_page: OpenPage, subpath: str) -> None:
    """They are of what was looked for, or not shown; without words they are those of the whole library."""
    page = open_page(subpath)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/project/search/?find=certificate")
    expect(page.get_by_role("status")).to_contain_text("pages for “certificate”")
    count = page.locator("label", has_text="SEV4").locator("data")
    expect(count).to_be_hidden()
    assert not [url for url in asked if url.endswith(".pf_filter")]
    page.locator("label", has_text="SEV4").hover()
    expect(count).to_be_visible()
    expect(count).to_have_text("3")
    page.get_by_role("searchbox", name="Find").fill("")
    expect(count).to_have_text("6")


def test_what_was_looked_for_can_be_sent(open_page: OpenPage, subpath: str) -> None:
    page = open_page(subpath)
    page.goto("/project/search/?find=certificate&severity=sev4")
    expect(page.get_by_role("status")).to_have_text("3 pages for “certificate”")


def test_facets_alone(open_page: OpenPage, subpath: str) -> None:
    page = open_page(subpath)
    page.goto("/project/search/")
    page.get_by_role("checkbox", name="SEV3").check()
    expect(page.get_by_role("status")).to_have_text("6 pages")


@pytest.mark.parametrize("start", ["", "incidents/", "incidents/2026/2026-01-01-x0/"])
def test_slash_leads_to_it_from_everywhere(open_page: OpenPage, subpath: str, start: str) -> None:
    page = open_page(subpath)
    page.goto(f"/project/{start}")
    page.locator("body").press("/")
    page.wait_for_url("**/project/search/")
    expect(page.get_by_role("searchbox", name="Find")).to_be_focused()


def test_slash_is_a_letter_where_someone_types(open_page: OpenPage, subpath: str) -> None:
    page = open_page(subpath)
    page.goto("/project/incidents/")
    page.get_by_label("Find by words").fill("a")
    page.keyboard.press("/")
    assert page.get_by_label("Find by words").input_value() == "a/"
