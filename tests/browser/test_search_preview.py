"""Search in a preview: on a subpath, in the dark, and of what has just been saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kinds import laid_down
from playwright.sync_api import expect

from previewing import serving
from sites import incident

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser

OpenPage = "Callable[..., Page]"
RECORD = "incidents/2026/2026-03-31-x.md"
DRAFT = {"status": "draft", "published": None}


def test_what_was_just_saved_is_found(open_page: OpenPage, tmp_path: Path) -> None:
    kb = laid_down(tmp_path / "kb", {RECORD: incident(DRAFT, body="## Overview\n\nA zebrafish swam by.\n")})
    kb.configure(**kb.config | {"site_url": "https://example.org/project/"})
    with serving(kb, tmp_path / "log") as preview:
        preview.wait_for(f"project/{RECORD.replace('.md', '/')}", lambda text: "zebrafish" in text)
        page = open_page(f"http://127.0.0.1:{preview.port}", color_scheme="dark")
        page.goto("/project/incidents/")
        page.locator("body").press("/")
        page.wait_for_url("**/project/search/")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        expect(page.get_by_role("searchbox", name="Find")).to_be_focused()
        page.keyboard.type("zebrafish")
        expect(page.get_by_role("status")).to_have_text("1 page for “zebrafish”")
        page.locator(".pm-found h3 a").click()
        page.wait_for_url("**/project/incidents/2026/2026-03-31-x/**")
        page.close()  # or it would load itself anew in the midst of what follows

        kb.write({RECORD: incident(DRAFT, body="## Overview\n\nA quokka hopped by.\n")})
        preview.wait_for(f"project/{RECORD.replace('.md', '/')}", lambda text: "quokka" in text)
        page = open_page(f"http://127.0.0.1:{preview.port}", color_scheme="dark")
        page.goto("/project/search/?find=quokka")
        expect(page.get_by_role("status")).to_have_text("1 page for “quokka”")
        expect(page.locator(".pm-found")).to_contain_text("A quokka hopped by")
        page.close()  # before the server, which it waits for
