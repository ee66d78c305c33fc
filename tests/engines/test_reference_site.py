"""The site of this repository, built strictly with Material: complete, and every link in it leads somewhere."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from sites import REPOSITORY, reference_site, words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

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


def test_titles_are_unique(pages: dict[str, Node]) -> None:
    titles = Counter(page.text("//head/title") for name, page in pages.items() if name != "404.html")
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_page_has_one_title_and_a_description(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        if name != "404.html":
            assert len(page.all("//article//h1")) == 1, name
            assert page.all("//meta[@name='description'][string-length(@content) > 20]"), name


def test_anchors_are_unique_in_a_page(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        twice = [anchor for anchor, count in Counter(page.ids).items() if count > 1]
        assert not twice, f"{name}: {twice}"


def test_every_internal_link_and_anchor_resolves(site: Site, pages: dict[str, Node]) -> None:
    files = set(site.files)
    anchors = {name: {*page.ids, *page.root.xpath("//a/@name")} for name, page in pages.items()}
    broken, checked = [], 0
    for name, page in pages.items():
        for element, address in _addresses(page):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = _file(name, unquote(parts.path))
            checked += 1
            known = target in files and (not parts.fragment or unquote(parts.fragment) in anchors.get(target, ()))
            if not known:
                broken.append(f"{name}: {address} ({words(element)[:40]})")
    assert broken == []
    assert checked > 1000


def _addresses(page: Node) -> list[tuple[HtmlElement, str]]:
    return [
        (element, value)
        for element in page.all("//*[@href or @src]")
        for value in (element.get("href") or element.get("src"),)
    ]


def _file(name: str, path: str) -> str:
    """The file that an address leads to; `404.html` is served anywhere, so its addresses start at the top."""
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(name), path)
    target = posixpath.normpath(joined) if path else name
    is_folder = path.endswith("/") or posixpath.basename(path) in {".", ".."} or target == "."
    return posixpath.normpath(posixpath.join(target, "index.html")) if is_folder else target


def test_nothing_is_fetched_from_another_host(pages: dict[str, Node]) -> None:
    """Links to sources are for readers to follow; everything that a browser fetches by itself is here."""
    fetched = (
        "//link/@href|//script/@src|//img/@src|//source/@src|//iframe/@src|//video/@src|//*/@srcset|//object/@data"
    )
    for name, page in pages.items():
        elsewhere = [address for address in page.root.xpath(fetched) if urlsplit(address).netloc]
        assert elsewhere == [], name


def test_styles_fetch_nothing_from_another_host(site: Site) -> None:
    ours = site.files["assets/postmortems/postmortems.css"].decode()
    assert "url(" not in ours
    assert "@import" not in ours


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
