"""A real browser, and sites served to it from this machine."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright
from serving import served

from sites import reference_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from sites import Site

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 20_000  # milliseconds


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the one that CHROMIUM names, or that is on the path. Without one these tests fail."""
    wanted = os.environ.get("CHROMIUM", "")
    path = shutil.which(wanted) if wanted else next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        looked = f"CHROMIUM={wanted} is none" if wanted else f"none of {', '.join(NAMES)} is on the path"
        pytest.fail(f"these tests need a Chromium, and {looked}; `make test` finds or installs one", pytrace=False)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of this repository."""
    return reference_site(tmp_path_factory)


@pytest.fixture(scope="session")
def address(site: Site) -> Iterator[str]:
    """Where the site of this repository is served."""
    with served(site.folder) as found:
        yield found


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages at an address, each in a browser that knows nothing yet.

    At the end no page may have met an error, or asked another host for anything.
    """
    wrong: list[str] = []
    contexts = []

    def make(address: str, width: int = 1400, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=address, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        host = urlsplit(address).netloc
        page.on("console", lambda told: wrong.append(f"console: {told.text}") if told.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: _note(request.url, host, wrong))
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []


def _note(url: str, host: str, wrong: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"data", "blob"} and parts.netloc != host:
        wrong.append(f"request: {url}")


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], object]:
    """Serve any other site."""
    return served
