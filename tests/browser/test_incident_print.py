"""A post-mortem on paper: nothing of the screen's tools, nothing cut off, and what a reader of paper needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from printing import A4, sheets
from serving import served

from sites import EVERYTHING, MATERIAL, POLICY, PROSE, KnowledgeBaseOnDisk, demo_site, incident, to_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTH = 658  # CSS pixels between the margins of A4
COLUMNS = 12
LINK = "https://status.example.org/17"


def wide_table() -> str:
    rows = [[f"{kind}-number-{at}" for at in range(COLUMNS)] for kind in ("column", "cell", "cell")]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * COLUMNS}", *lines[1:]])


BODY = PROSE.replace(
    "No customer", f"{wide_table()}\n\n[The vendor]({LINK}) says so.\n\n    {'x' * 200}\n\nNo customer"
)
FULL, SMALL = "incidents/2026/2026-03-31-everything/", "incidents/2026/2026-03-30-small/"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    kb = KnowledgeBaseOnDisk(tmp_path_factory.mktemp("kb"))
    kb.write(
        {
            "schemas/policy.yaml": to_yaml(POLICY),
            "docs/guide.md": "# Guide\n",
            f"{FULL.rstrip('/')}.md": incident({"tlp": "AMBER"}, base=EVERYTHING, body=BODY),
            f"{SMALL.rstrip('/')}.md": incident(),
        }
    )
    theme = MATERIAL["theme"] | {
        "palette": [
            {"media": "(prefers-color-scheme: light)", "scheme": "default"},
            {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
        ]
    }
    kb.configure(
        **MATERIAL | {"theme": theme, "plugins": ["search", {"postmortems": {"audience": "organisation"}}]}
    )
    with served(kb.build().folder) as found:
        yield found


@pytest.fixture(params=["light", "dark", "no-script"])
def paper(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The full record as wide as paper, from a light and a dark screen, and where no script runs."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": WIDTH, "height": 900},
        color_scheme="dark" if request.param == "dark" else "light",
        java_script_enabled=request.param != "no-script",
    )
    page = context.new_page()
    page.goto(f"/{FULL}")
    page.emulate_media(media="print")
    yield page
    context.close()


def test_no_tools_of_the_screen(paper: Page) -> None:
    theme = ".md-header, .md-tabs, .md-sidebar, .md-footer, .md-search, .md-path, .md-top, .headerlink"
    tools = f"{theme}, .pm-tools, button"
    assert paper.locator(tools).count() > 5
    assert paper.locator(tools).filter(visible=True).all_text_contents() == []


def test_nothing_reaches_over_the_edge(paper: Page) -> None:
    last = paper.get_by_role("cell", name=f"cell-number-{COLUMNS - 1}").first
    for part in (last, paper.locator("pre").first, paper.locator("#citation"), paper.locator(".pm-record")):
        box = part.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= WIDTH  # noqa: PT018 - one place
    assert paper.locator("article").evaluate("element => element.scrollWidth <= element.clientWidth")


def test_what_is_closed_on_a_screen_is_open(paper: Page) -> None:
    closed = paper.locator(".pm-details").filter(has_text="Exact times")
    assert closed.locator("dl").is_visible()


def test_colours_of_paper(paper: Page) -> None:
    shown = paper.locator(".pm-severity-1").first
    assert shown.evaluate("element => getComputedStyle(element).color") == "rgb(179, 38, 30)"
    assert (
        paper.locator(".pm-lead").evaluate("element => getComputedStyle(element).color") == "rgba(0, 0, 0, 0.87)"
    )


def test_addresses_of_what_is_linked_elsewhere(paper: Page) -> None:
    said = "element => getComputedStyle(element, '::after').content"
    assert paper.locator(".pm-sources a").first.evaluate(said) not in {"none", "normal"}
    assert paper.get_by_role("link", name="The vendor").evaluate(said) not in {"none", "normal"}
    assert paper.locator("a.pm-bare").first.evaluate(said) == "none"
    assert paper.locator("a.pm-factor").first.evaluate(said) == "none"


def test_each_sheet_is_marked(paper: Page) -> None:
    assert paper.locator("html").evaluate("element => getComputedStyle(element).page") == "amber"
    marks = paper.evaluate(
        """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
            .filter(rule => rule instanceof CSSPageRule && rule.cssText.includes("TLP:AMBER"))
            .map(rule => rule.selectorText)"""
    )
    assert "amber" in marks
    assert paper.locator(".pm-printed").is_visible()


def test_it_fits_sheets_of_a4(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/{SMALL}")
    assert sheets(page) == [A4, A4]
    page.goto(f"{address}/{FULL}")
    assert set(sheets(page)) == {A4}
    page.close()


def test_a_few_lines_take_one_sheet(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    with served(demo_site(tmp_path_factory).folder) as address:
        page = browser.new_page()
        page.goto(f"{address}/incidents/2024/2024-02-10-depot-network-work/")
        assert sheets(page) == [A4]
        page.close()
