"""The policy of content security in a real browser: what slips into a page is stopped, and the theme works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from serving import served

from sites import demo_site, reference_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenPage = "Callable[..., Page]"


@pytest.fixture(scope="module", params=["demo", "reference"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return {"demo": demo_site, "reference": reference_site}[request.param](tmp_path_factory)


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site.folder) as found:
        yield found


def test_what_slips_into_a_page_does_nothing(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.evaluate(
        """() => {
            const slip = document.createElement("div");
            slip.id = "slip";
            slip.innerHTML = '<img src="x:y" onerror="window.acted = 1"><p style="position: fixed">x</p>';
            document.body.append(slip);
            const script = document.createElement("script");
            script.textContent = "window.acted = 2";
            document.body.append(script);
        }"""
    )
    page.wait_for_timeout(200)
    acted, position = page.evaluate("[window.acted, getComputedStyle(document.querySelector('#slip p')).position]")
    page.close()
    assert (acted, position) == (None, "static")


def test_colours_can_be_switched_and_stay(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.goto("/method/")
    body = page.locator("body")
    before = body.get_attribute("data-md-color-scheme")
    page.locator("form[data-md-component=palette] label:visible").click()
    expect(body).not_to_have_attribute("data-md-color-scheme", str(before))
    after = str(body.get_attribute("data-md-color-scheme"))
    for url in ("/", "/incidents/", "/method/rules/"):
        page.goto(url)
        expect(body).to_have_attribute("data-md-color-scheme", after)
