"""Pages as a browser prints them, and what is on the paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

A4 = "A4"


def sheets(page: Page) -> list[str]:
    """The sizes of the sheets that a page is printed on: `A4`, or width and height in points."""
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    # Chromium writes them as plain objects.
    boxes = re.findall(rb"/Type\s*/Page\b(?!s).*?/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf, re.DOTALL)
    assert len(boxes) == len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    return [_named(float(width), float(height)) for width, height in boxes]


def _named(width: float, height: float) -> str:
    return A4 if abs(width - 595.3) < 1 and abs(height - 841.9) < 1 else f"{width} x {height}"
