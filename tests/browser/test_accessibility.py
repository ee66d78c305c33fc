"""axe-core finds nothing to object to on any kind of page, light and dark, on a desk and on a telephone."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from serving import served

from sites import demo_site, reference_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def kinds(site: Site) -> list[str]:
    """The address of one page of each kind: each listing, and the first page below each."""
    found: dict[str, str] = {}
    for name in site.files:
        if name.endswith(".html"):
            address = name.removesuffix("index.html")
            found.setdefault(_kind(address), address)
    return sorted(found.values())


def _kind(address: str) -> str:
    """Pages of one kind lie beside each other; incidents lie in the folders of their years."""
    folder, _, name = address.rstrip("/").rpartition("/")
    if folder.startswith("incidents/"):
        return "an incident"
    return f"{folder}/*" if folder else name


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[str, list[str]]]]:
    demo, reference = demo_site(tmp_path_factory), reference_site(tmp_path_factory)
    with served(demo.folder) as of_demo, served(reference.folder) as of_reference:
        yield {"demo": (of_demo, kinds(demo)), "reference": (of_reference, kinds(reference))}


@pytest.mark.parametrize(
    ("site", "scheme", "width"),
    [
        ("demo", "light", 1400),
        ("demo", "light", 360),
        ("demo", "dark", 1400),
        ("demo", "dark", 360),
        ("reference", "light", 360),
        ("reference", "dark", 1400),
    ],
)
def test_axe_finds_nothing(
    browser: Browser, addresses: dict[str, tuple[str, list[str]]], site: str, scheme: str, width: int
) -> None:
    address, pages = addresses[site]
    context = browser.new_context(
        base_url=address, color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    found = {url: faults for url in pages if (faults := _faults(page, url))}
    context.close()
    assert len(pages) > 10
    assert found == {}, json.dumps(found, indent=1)


def _faults(page: Page, url: str) -> list[str]:
    page.goto(f"/{url}")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate(AXE)
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:160]} {node['failureSummary'][-120:]}"
        for violation in result["violations"]
        for node in violation["nodes"][:3]
    ]
