"""A post-mortem's page: its Markdown and its citation are copied by buttons, and reached without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from serving import served

from sites import MATERIAL, KnowledgeBaseOnDisk, incident

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from sites import Site

pytestmark = pytest.mark.browser

OpenPage = "Callable[..., Page]"
NAME = "incidents/2021/2021-10-28-roblox-consul"
COPY, CITE = "Copy as Markdown", "Copy the citation"


def copied(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def test_the_button_copies_the_markdown_that_the_site_publishes(
    open_page: OpenPage, address: str, site: Site
) -> None:
    page = open_page(address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/{NAME}/")
    press(page, COPY)
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert copied(page) == site.files[f"{NAME}.md"].decode()


def test_the_citation_is_copied_with_the_address_of_the_page(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/{NAME}/#cite")
    press(page, CITE)
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    source, retelling = copied(page).split("\n\n")
    assert "newsroom/2022/01/roblox-return-to-service" in source
    assert retelling.startswith("“Contention and a storage fault")
    assert retelling.endswith(f" {address}/{NAME}/")


def test_where_nothing_may_be_copied(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"/{NAME}/")
    press(page, COPY)
    expect(page.get_by_role("status").filter(has_text="open the Markdown")).to_be_visible()
    press(page, CITE)
    expect(page.get_by_role("status").filter(has_text="It is selected")).to_be_visible()
    assert "Contention and a storage fault" in page.evaluate("getSelection().toString()")


def test_without_scripts_links_lead_to_the_markdown(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/{NAME}/")
    for name in (COPY, CITE):
        expect(page.get_by_role("button", name=name)).to_be_hidden()
    place = page.get_by_role("link", name="Open as Markdown").get_attribute("href")
    assert place
    answer = page.request.get(f"{address}/{NAME}/{place}")
    assert answer.ok
    assert answer.text().startswith("# Contention and a storage fault")
    context.close()


@pytest.mark.parametrize(("folders", "page_of"), [(True, "{}/"), (False, "{}.html")])
def test_below_a_folder_of_the_server(open_page: OpenPage, tmp_path: Path, folders: bool, page_of: str) -> None:
    """As on project pages of a forge, where the site does not lie at the top."""
    name = "incidents/2026/2026-03-30-small"
    kb = KnowledgeBaseOnDisk(tmp_path / "kb")
    kb.write({f"{name}.md": incident(), "docs/index.md": "# Home\n"})
    kb.configure(**MATERIAL, use_directory_urls=folders, site_url="https://example.org/project/")
    built = kb.build()
    top = tmp_path / "top"
    top.mkdir()
    (top / "project").symlink_to(built.folder, target_is_directory=True)
    with served(top) as address:
        page = open_page(address)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"/project/{page_of.format(name)}")
        press(page, COPY)
        expect(page.get_by_role("status").filter(has_text="Copied").first).to_be_visible()
        assert copied(page) == (built.folder / f"{name}.md").read_text(encoding="utf-8")
        press(page, CITE)
        expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(2)
        assert copied(page).endswith(f" https://example.org/project/{page_of.format(name)}")
