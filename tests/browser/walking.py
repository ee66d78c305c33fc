"""A visitor who uses clicks and keys alone: once the first page is open, no address is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# What has the focus, as a reader of screens says it.
_FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "";
    const named = element.labels?.[0] ?? element;
    return (element.getAttribute("aria-label") ?? named.textContent).replace(/\\s+/g, " ").trim();
}"""


@dataclass(frozen=True)
class Visitor:
    """Someone on a site, who never types an address."""

    page: Page

    @classmethod
    def at(cls, page: Page, address: str = "/") -> Visitor:
        """Open the first page; every other is reached from it."""
        page.goto(address)
        page.goto = _typed
        return cls(page)

    def focused(self) -> str:
        """The name of what has the focus."""
        return self.page.evaluate(_FOCUSED)

    def tab_to(self, name: str, *, most: int = 200, among: str = "*") -> Locator:
        """Press Tab until something of this name has the focus, and look whether that can be seen."""
        met = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            met.append(self.focused())
            if met[-1] == name and self.page.locator(":focus").and_(self.page.locator(among)).count():
                assert shows_focus(self.page.locator(":focus")), f"nothing shows that {name!r} has the focus"
                return self.page.locator(":focus")
        raise AssertionError(f"{most} times Tab never met {name!r}, but {met}")

    def follow(self, name: str, *, most: int = 200) -> None:
        """Go to a link by Tab, and follow it by Enter."""
        self.tab_to(name, most=most, among="a")
        self.page.keyboard.press("Enter")

    def sees(self, heading: str) -> None:
        """The page has this title."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def back(self) -> None:
        self.page.go_back()


def _typed(*_: object, **__: object) -> None:
    raise AssertionError("a visitor found no way and typed an address")


def shows_focus(element: Locator) -> bool:
    """Whether an element that has the focus looks otherwise than without it, and lies where it can be seen."""
    return element.evaluate(
        """element => {
            const look = () => {
                const style = getComputedStyle(element);
                return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.opacity, style.color,
                        style.backgroundColor, style.textDecorationLine].join();
            };
            if (document.activeElement !== element || !element.matches(":focus-visible")) return false;
            const box = element.getBoundingClientRect();
            const inside = box.width > 0 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight;
            const focused = look();
            element.blur();
            const plain = look();
            element.focus();
            return inside && focused !== plain;
        }"""
    )


def comes_into_view(element: Locator) -> bool:
    """Whether the top of an element is, or soon comes to lie, in the window below the bar at its top."""
    for _ in range(30):
        if _is_in_view(element):
            return True
        element.page.wait_for_timeout(100)
    return False


def _is_in_view(element: Locator) -> bool:
    box = element.bounding_box()
    bar = element.page.locator(".md-header").bounding_box()
    height = element.page.viewport_size["height"]
    return bool(box and bar) and bar["y"] + bar["height"] <= box["y"] + 1 and box["y"] < height
