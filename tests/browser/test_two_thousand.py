"""A site of 2,000 post-mortems: no page is heavy, the listing is at hand, and a search fetches little.

Times are the best of a few, since the machine is others' as well; `tests/benchmarks/site_sizes.py` tells more.
"""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

import pytest
from making_records import make_knowledge_base
from playwright.sync_api import expect
from serving import served

from sites import DEMO_EPOCH, MATERIAL, KnowledgeBaseOnDisk, built_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Response

    from sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenPage = "Callable[..., Page]"
MANY = 2000
HEAVIEST = 300_000  # bytes, as servers send them
FIRST_SEARCH = 200_000  # bytes, from the search page on
AT_HAND, AT_ONCE = 2_000, 100  # milliseconds

# From a click to the next picture, in the page itself.
CLICK = """value => new Promise(done => {
    const box = document.querySelector(`.pm-facets input[value="${value}"]`);
    const from = performance.now();
    box.click();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)));
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.getbasetemp() / "two-thousand"
    if not folder.exists():
        make_knowledge_base(folder, MANY)
        KnowledgeBaseOnDisk(folder).configure(**MATERIAL)
    return built_once(folder / "site", folder, epoch=DEMO_EPOCH)


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site.folder) as found:
        yield found


@pytest.fixture(scope="module")
def exported(site: Site) -> list[dict[str, object]]:
    """What the data say of each incident."""
    return json.loads(site.files["data/incidents.json"])["incidents"]


def sent(content: bytes) -> int:
    """How many bytes a server sends: compressed, where that makes them fewer."""
    return min(len(content), len(gzip.compress(content, 6)))


def test_no_page_is_heavy(site: Site) -> None:
    sizes = {name: sent(content) for name, content in site.files.items() if name.endswith(".html")}
    assert len(sizes) > MANY
    heavy = {name: size for name, size in sizes.items() if size > HEAVIEST}
    assert heavy == {}


def test_listing_is_at_hand(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    taken = []
    for _ in range(3):
        page.goto("/incidents/")
        expect(page.get_by_role("status")).to_have_text(re.compile(r"The newest \d{3} of 2,000 post-mortems"))
        taken.append(page.evaluate("performance.now()"))
    assert min(taken) < AT_HAND, taken


def test_click_is_answered_at_once(open_page: OpenPage, address: str, exported: list[dict[str, object]]) -> None:
    page = open_page(address)
    page.goto("/incidents/")
    known = sum(row["severity"] == "sev3" for row in exported)
    assert page.locator("label", has_text="SEV3").locator("data").inner_text() == f"{known:,}"
    page.get_by_role("checkbox", name="SEV3").check()
    # The first click fetches the rows of the years that lie on pages of their own.
    expect(page.get_by_role("status")).to_have_text(f"{known:,} of {MANY:,} post-mortems")
    assert page.locator("tr[data-facets]").count() > 0
    taken = [page.evaluate(CLICK, value) for value in ("sev2", "deploy", "expiry", "sev2", "capacity")]
    wanted = {"deploy", "expiry", "capacity"}
    known = sum(row["severity"] == "sev3" and row["trigger"] in wanted for row in exported)
    expect(page.get_by_role("status")).to_have_text(f"{known:,} of {MANY:,} post-mortems")
    assert min(taken) < AT_ONCE, taken


def test_first_search_fetches_little(open_page: OpenPage, address: str) -> None:
    """From the shortcut to the first results, with the search page itself, but for what every page has."""
    page = open_page(address)
    fetched: dict[str, Response] = {}
    page.on("response", lambda response: fetched.setdefault(response.url, response))
    page.goto("/incidents/", wait_until="networkidle")
    before = {*fetched}
    page.keyboard.press("/")
    page.get_by_role("searchbox", name="Find").fill("certificate")
    expect(page.get_by_role("status")).to_contain_text("pages for “certificate”")
    expect(page.locator(".pm-found > li")).to_have_count(10)
    page.wait_for_timeout(500)
    sizes = {url: sent(response.body()) for url, response in fetched.items() if url not in before}
    assert any(url.endswith(".pf_index") for url in sizes)
    assert sum(sizes.values()) < FIRST_SEARCH, sizes
