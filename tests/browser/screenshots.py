"""The pictures of the README, taken of the made-up organisation's site: `make screenshots` writes them anew."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from serving import served

REPOSITORY = Path(__file__).resolve().parent.parent.parent
FOLDER = REPOSITORY / ".github/screenshots"
# The name of each picture, and what it is of.
PICTURES = {
    "home": "",
    "incident": "incidents/2026/2026-08-25-addresses-in-cache/",
    "factors": "factors/",
    "follow-through": "follow-through/",
}


def main(site: Path) -> None:
    """Take each picture of a built site, as wide as a desk."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served(site) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"],
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = chromium.new_page(viewport={"width": 1400, "height": 940}, color_scheme="light")
        for name, url in PICTURES.items():
            page.goto(f"{address}/{url}")
            page.screenshot(path=FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")
        chromium.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
