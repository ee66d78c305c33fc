"""The site of this repository, built strictly with Material: complete, and every link in it leads somewhere."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import pytest

from sites import REPOSITORY, reference_site

if TYPE_CHECKING:
    from sites import Node, Site

RECORDS = sorted(
    path.relative_to(REPOSITORY).as_posix().removesuffix(".md").removesuffix("/index") + "/"
    for path in (REPOSITORY / "incidents").rglob("*.md")
    if path.name.lower() != "readme.md"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return reference_site(tmp_path_factory)


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Node]:
    return site.pages


def test_every_record_has_a_page(site: Site) -> None:
    assert len(RECORDS) >= 12
    assert [url for url in RECORDS if not site.has(url)] == []


def test_every_record_is_listed_and_drawn(site: Site) -> None:
    listed = set(site.page("incidents/").links("//article//a").values())
    assert [url for url in RECORDS if posixpath.relpath(url, "incidents") + "/" not in listed] == []


def test_home_leads_to_all_listings(site: Site) -> None:
    links = set(site.page("").links("//body//a").values())
    assert {f"{name}/" for name in ("incidents", "factors", "lessons", "timing", "method")} <= links


def test_search_knows_every_record_and_its_sections(site: Site) -> None:
    locations = {entry["location"] for entry in site.search_entries}
    for url in RECORDS:
        assert url in locations
        assert f"{url}#root-causes" in locations


def test_search_knows_what_was_made_from_data(site: Site) -> None:
    for url in RECORDS:
        lessons = site.page(url).texts("//ul[@class='pm-lessons']/li/p[1]")
        assert lessons, url
        entries = [entry for entry in site.search_entries if entry["location"].startswith(url)]
        text = " ".join(" ".join(entry["text"].split()) for entry in entries)
        assert "What to improve" in text, url


def test_breadcrumbs_of_a_record_lead_to_the_listing(site: Site) -> None:
    for url in RECORDS:
        trail = site.page(url).all("//nav[contains(@class, 'md-path')]//a")
        assert "../../" in [link.get("href") for link in trail], url


def test_no_front_matter_and_no_template_is_printed(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        if not name.startswith(("method/", "guide/")):
            text = " ".join(page.texts("//article"))
            for trace in ("schema: 1", "{{", "{%", "\ue000", "None,", "Undefined"):
                assert trace not in text, name
