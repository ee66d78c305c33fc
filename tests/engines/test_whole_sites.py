"""Both sites whole, as `make site` and `make demo` build them: addresses lead somewhere, pages are in order."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import lxml.etree
import pytest

from sites import demo_site, reference_site, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sites import Node, Site

pytestmark = pytest.mark.slow

FETCHED = (
    "//link/@href|//script/@src|//img/@src|//source/@src|//iframe/@src|//video/@src|//*/@srcset|//object/@data"
)
HEADINGS = "//article//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
IN_MARKDOWN = re.compile(r"\]\(<?([^)\s>]+)>?\)")
IN_STYLES = re.compile(r"url\(\s*[\"']?([^)\"']+)[\"']?\s*\)")


@pytest.fixture(scope="module", params=["reference", "demo"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return {"reference": reference_site, "demo": demo_site}[request.param](tmp_path_factory)


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Node]:
    return site.pages


@pytest.fixture(scope="module")
def places(site: Site, pages: dict[str, Node]) -> dict[str, set[str]]:
    """Every file of the site, with the anchors in it."""
    anchors = {name: {*page.ids, *page.root.xpath("//a/@name")} for name, page in pages.items()}
    return {name: anchors.get(name, set()) for name in site.files}


def leads_somewhere(places: dict[str, set[str]], source: str, address: str) -> bool:
    """Whether an address in a file leads to a file of the site, with its anchor; of other hosts nothing is asked.

    `404.html` is served anywhere, so its addresses start at the top, as do those of feeds and data.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(source), path)
    target = posixpath.normpath(joined) if path else source
    if path.endswith("/") or posixpath.basename(path) in {".", ".."} or target == ".":
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    return target in places and (not anchor or anchor in places[target])


def test_every_link_and_anchor_of_a_page_resolves(pages: dict[str, Node], places: dict[str, set[str]]) -> None:
    broken, checked = [], 0
    for name, page in pages.items():
        for element in page.all("//*[@href or @src]"):
            address = element.get("href") or element.get("src")
            checked += 1
            if not leads_somewhere(places, name, address):
                broken.append(f"{name}: {address} ({words(element)[:40]})")
    assert broken == []
    assert checked > 10_000


def test_every_address_in_styles_feeds_and_data_resolves(site: Site, places: dict[str, set[str]]) -> None:
    found = list(_addresses(site))
    broken = [(name, address) for name, source, address in found if not leads_somewhere(places, source, address)]
    assert broken == []
    kinds = Counter(name.rpartition(".")[2] for name, _, _ in found)
    assert kinds.keys() >= {"xml", "json", "txt"}, kinds
    assert kinds["json"] > 100


def _addresses(site: Site) -> Iterator[tuple[str, str, str]]:
    """Each file that is no page, where its addresses start, and an address in it."""
    for name, content in site.files.items():
        kind = name.rpartition(".")[2]
        if kind == "css":
            yield from ((name, name, address) for address in IN_STYLES.findall(content.decode()))
        elif (kind in {"md", "txt"} and "incidents/" in name) or name == "llms.txt":
            yield from ((name, name, address) for address in IN_MARKDOWN.findall(content.decode()))
        elif name == "feed.xml":
            links = lxml.etree.fromstring(content).xpath("//*[local-name()='link']/@href")
            yield from ((name, "", address) for address in links)
        elif kind == "json" and not name.startswith("search/"):
            value = json.loads(content)
            yield from ((name, "", address) for address in _pages_in(value))
            if name != "data/export.schema.json" and "$schema" in value:
                yield name, name, value["$schema"]


def _pages_in(value: Any) -> Iterator[str]:
    """The addresses of pages in what an export holds."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"page", "url", "home_page_url", "feed_url"} and isinstance(inner, str):
                yield inner
            else:
                yield from _pages_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _pages_in(inner)


def test_every_incident_tells_of_its_other_forms(site: Site, pages: dict[str, Node]) -> None:
    of_records = [name for name, template in site.templates.items() if template == "incident"]
    assert len(of_records) >= 12
    for name in of_records:
        types = set(pages[name].root.xpath("//link[normalize-space(@rel)='alternate']/@type"))
        assert types >= {"text/markdown", "application/json", "application/atom+xml", "application/feed+json"}, (
            name
        )


def test_titles_are_unique(pages: dict[str, Node]) -> None:
    titles = Counter(page.text("//head/title") for name, page in pages.items() if name != "404.html")
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_page_has_a_language_one_title_and_a_description(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        assert page.root.get("lang") == "en", name
        if name != "404.html":
            assert len(page.all("//article//h1")) == 1, name
            assert page.all("//meta[@name='description'][string-length(@content) > 20]"), name


def test_headings_are_in_order(pages: dict[str, Node]) -> None:
    """The title comes first, and no level is left out on the way down."""
    wrong = {}
    for name, page in pages.items():
        levels = [int(element.tag[1]) for element in page.all(HEADINGS)]
        if levels[:1] != [1] or any(after > before + 1 for before, after in pairwise(levels)):
            wrong[name] = levels
    assert wrong == {}


def test_anchors_are_unique_in_a_page(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        twice = [anchor for anchor, count in Counter(page.ids).items() if count > 1]
        assert not twice, f"{name}: {twice}"


def test_the_keyboard_meets_everything_in_the_order_of_the_page(pages: dict[str, Node]) -> None:
    for name, page in pages.items():
        assert page.all("//*[@tabindex > 0]|//*[@accesskey]") == [], name


def test_nothing_is_fetched_from_another_host(pages: dict[str, Node]) -> None:
    """Links to sources are for readers to follow; everything that a browser fetches by itself is here."""
    for name, page in pages.items():
        elsewhere = [address for address in page.root.xpath(FETCHED) if urlsplit(address).netloc]
        assert elsewhere == [], name


def test_styles_fetch_nothing_from_another_host(site: Site) -> None:
    ours = site.files["assets/postmortems/postmortems.css"].decode()
    assert "url(" not in ours
    assert "@import" not in ours
