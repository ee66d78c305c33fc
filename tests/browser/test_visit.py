"""What a visitor meets: ways from page to page, search, dark mode, small screens, the keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from walking import shows_focus

from sites import MATERIAL, REPOSITORY, KnowledgeBaseOnDisk, incident

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page


pytestmark = pytest.mark.browser

OpenPage = "Callable[..., Page]"
RECORDS = sorted(
    path.relative_to(REPOSITORY).as_posix().removesuffix(".md") + "/"
    for path in (REPOSITORY / "incidents").rglob("*-*.md")
)


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def test_walk(open_page: OpenPage, address: str) -> None:
    """Home, the listing, an incident, one of its factors, and back by search."""
    page = open_page(address)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator(".md-tabs").get_by_role("link", name="Incidents", exact=True).click()
    assert path_of(page) == "/incidents/"

    first = page.locator("article table a").first
    title = first.inner_text()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    assert path_of(page).startswith("/incidents/2")
    for section in ("Overview", "Impact", "Response", "Root causes", "Lessons learned", "Recommendations"):
        expect(page.get_by_role("heading", level=2, name=section)).to_be_visible()

    factor = page.locator("article a.pm-factor").first
    label = factor.inner_text()
    factor.click()
    assert path_of(page).startswith("/factors/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(label)
    expect(page.locator("article").get_by_role("link", name=title).first).to_be_visible()

    page.locator(".md-path").get_by_role("link", name="Factors").click()
    assert path_of(page) == "/factors/"


def test_search(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.goto("/")
    page.locator("[data-md-component=search-query]").first.click()
    page.keyboard.type("regular expression", delay=20)
    results = page.locator(".md-search-result__item a.md-search-result__link")
    expect(results.first).to_be_visible()
    results.first.click()
    page.wait_for_url(re.compile("/incidents/"))
    expect(page.locator("article")).to_contain_text("regular expression")


def test_dark_mode_stays_on_the_next_page(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.goto("/")
    body = page.locator("body")
    before = body.get_attribute("data-md-color-scheme")
    colour = body.evaluate("body => getComputedStyle(body).backgroundColor")
    page.locator("form[data-md-component=palette] label:visible").click()
    expect(body).not_to_have_attribute("data-md-color-scheme", str(before))
    after = body.get_attribute("data-md-color-scheme")
    assert body.evaluate("body => getComputedStyle(body).backgroundColor") != colour
    page.goto("/incidents/")
    expect(body).to_have_attribute("data-md-color-scheme", str(after))


def test_no_incident_is_wider_than_a_telephone(open_page: OpenPage, address: str) -> None:
    page = open_page(address, width=360)
    wide = []
    for url in RECORDS:
        page.goto(f"/{url}", wait_until="load")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(url)
    assert wide == []


@pytest.mark.parametrize("url", ["", "incidents/", RECORDS[0]])
def test_keyboard_shows_where_it_is(open_page: OpenPage, address: str, url: str) -> None:
    page = open_page(address)
    page.goto(f"/{url}")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_contain_class("md-skip")
    page.wait_for_timeout(400)  # it slides in
    assert shows_focus(skip)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.evaluate("element => element.closest('article, main') !== null")
    assert shows_focus(link)


@pytest.mark.parametrize("url", ["", "incidents/", "precedents/config-change/", RECORDS[0]])
def test_keyboard_comes_through_every_page(open_page: OpenPage, address: str, url: str) -> None:
    """From the first stop to the last, each once and in the order of the page, and out again."""
    page = open_page(address)
    page.goto(f"/{url}")
    stops = []
    for _ in range(600):
        page.keyboard.press("Tab")
        place = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
        if page.evaluate("document.activeElement === document.body") or place in stops:
            break
        stops.append(place)
    assert len(stops) > 30
    assert stops == sorted(stops)
    reached = page.locator(":is(article, .md-footer) :is(a[href], button, summary, input):visible").count()
    assert len(stops) >= reached


def test_menu_on_a_small_screen(open_page: OpenPage, address: str) -> None:
    page = open_page(address, width=360, height=700)
    page.goto("/")
    page.locator(".md-header label[for=__drawer]").click()
    menu = page.locator(".md-sidebar--primary")
    menu.get_by_text("Figures", exact=True).first.click()
    entry = menu.get_by_text("Timing", exact=True).first
    expect(entry).to_be_visible()
    entry.click()
    page.wait_for_url("**/timing/")


HOSTILE = '<img src=x onerror="alert(1)"> p99 < 200 ms & "more"'


def test_hostile_title_is_only_text(
    open_page: OpenPage, serve: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On its page, in the tab, in lists and in what search shows, which Material puts into the page by script."""
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    kb = KnowledgeBaseOnDisk(tmp_path / "kb")
    body = (
        '## Overview\n\nA marimba <script>alert(2)</script>\n\n## <b onclick="alert(3)">x</b> < y & z\n\nText.\n'
    )
    kb.write({"incidents/2026/2026-03-31-x.md": incident({"title": HOSTILE, "summary": HOSTILE}, body=body)})
    kb.configure(**MATERIAL)
    with serve(kb.build().folder) as address:
        page = open_page(address)
        page.goto("/incidents/2026/2026-03-31-x/")
        expect(page).to_have_title(f"{HOSTILE} - Tests")
        expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
        page.goto("/incidents/")
        expect(page.locator("article table a")).to_have_text(HOSTILE)
        for words in ("p99", "marimba"):
            page.goto("/")
            page.locator("[data-md-component=search-query]").first.click()
            page.keyboard.type(words, delay=20)
            results = page.locator(".md-search-result__item")
            expect(results.first).to_be_visible()
            expect(results.first.locator("h1, h2").first).to_have_text(HOSTILE)
            assert results.locator("img").count() == 0
