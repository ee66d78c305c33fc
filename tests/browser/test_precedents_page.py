"""Before a change: the checklist is copied by a button, and is there to be selected without one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from sites import demo_site

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from sites import Site

pytestmark = pytest.mark.browser

OpenPage = "Callable[..., Page]"
PAGE = "/precedents/config-change/"
PICKED = ["checkout", "storefront"]


def test_way_from_the_listing_to_a_checklist(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.goto("/precedents/")
    page.get_by_role("link", name="Change a setting, a flag, a rule or DNS").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change a setting, a flag, a rule or DNS")
    expect(page.get_by_role("heading", level=2, name="What went wrong")).to_be_visible()


def test_the_button_copies_what_stands_below_it(open_page: OpenPage, address: str, site: Site) -> None:
    page = open_page(address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(PAGE)
    button = page.get_by_role("button", name="Copy as Markdown").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == site.page(PAGE.strip("/")).one("//code[@id='markdown']").text_content()
    assert copied.startswith("## Change a setting, a flag, a rule or DNS\n\nFrom 3 incidents")


def test_picked_services_make_the_checklist(
    open_page: OpenPage, serve: Callable[..., object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = demo_site(tmp_path_factory)
    with serve(site.folder) as address:
        page = open_page(address)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(PAGE)
        page.get_by_role("checkbox", name="Checkout").check()
        page.get_by_role("checkbox", name="Storefront").check()
        page.get_by_role("button", name="Copy as Markdown").first.click()
        expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        made = site.page(PAGE.strip("/"))
        parts = [made.one(f"//code[@id='markdown-service-{name}']").text_content() for name in PICKED]
        assert copied == "\n".join(parts)
        assert parse_qs(urlsplit(page.url).query) == {"service": PICKED}

        page.goto(page.url)
        expect(page.get_by_role("checkbox", name="Storefront")).to_be_checked()
        for name in ("Checkout", "Storefront"):
            page.get_by_role("checkbox", name=name).uncheck()
        whole = made.one("//code[@id='markdown']").text_content()
        assert page.locator("#markdown").text_content() == whole
        assert urlsplit(page.url).query == ""


def test_where_nothing_may_be_copied_the_text_is_selected(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(PAGE)
    page.get_by_role("button", name="Copy as Markdown").first.click()
    expect(page.get_by_role("status").filter(has_text="Select the text below")).to_be_visible()
    expect(page.locator("#markdown")).to_be_visible()
    assert page.evaluate("getSelection().toString()").startswith("## Change a setting")


def test_a_strict_content_security_policy_is_enough(browser: Browser, address: str) -> None:
    """Scripts of the site itself only: none inline, no handler, no style set by the page's own parts."""
    context = browser.new_context(base_url=address)
    page = context.new_page()

    def strictly(route: object) -> None:
        answer = route.fetch()
        headers = answer.headers | {"content-security-policy": "script-src 'self'; style-src 'self'"}
        route.fulfill(response=answer, headers=headers)

    page.route(f"**{PAGE}", strictly)
    page.goto(PAGE)
    page.get_by_role("button", name="Copy as Markdown").first.click()
    expect(page.get_by_role("status").first).not_to_be_empty()
    context.close()


def test_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(PAGE)
    expect(page.get_by_role("button", name="Copy as Markdown").first).to_be_hidden()
    page.get_by_text("The checklist as Markdown").first.click()
    expect(page.locator("#markdown")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1400, 360])
def test_nothing_reaches_out_of_the_screen(open_page: OpenPage, address: str, width: int) -> None:
    page = open_page(address, width=width)
    page.goto(PAGE)
    page.get_by_text("The checklist as Markdown").first.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
