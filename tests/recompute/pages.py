"""The figures of a built page, as its HTML names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from sites import Node

# Digits here are words of records, dates, definitions or pictures, whose values stand in tables beside them.
_NOT_FIGURES = (
    "self::*[@data-figure] or self::time or self::svg or self::code or self::pre or self::table[@data-chart]"
    " or self::a[contains(@href, 'incidents/') or contains(@href, 'factors/') or contains(@href, 'services/')]"
    " or contains(concat(' ', @class, ' '), ' pm-meta ')"
    " or contains(concat(' ', @class, ' '), ' pm-how ')"
    " or contains(concat(' ', @class, ' '), ' pm-said ')"
    " or contains(concat(' ', @class, ' '), ' pm-behind ')"
    " or self::a[@class='headerlink'] or self::summary"
)


def figures_of(page: Node, inside: str = "//main") -> dict[str, str]:
    """Every figure by its name, with its plain value; one name can't have two values."""
    found: dict[str, str] = {}
    for element in page.all(f"{inside}//*[@data-figure]"):
        name, value = element.get("data-figure"), element.get("value")
        assert found.setdefault(name, value) == value, f"{name} is both {found[name]} and {value}"
    return found


def charts_of(page: Node, inside: str = "//main") -> dict[str, list[list[str]]]:
    """The rows of every chart's table, as plain values."""
    return {
        table.get("data-chart"): [
            [cell.get("value") for cell in row.xpath("./th/data|./td/data")] for row in table.xpath("./tbody/tr")
        ]
        for table in page.all(f"{inside}//table[@data-chart]")
    }


def stray_numbers(page: Node, inside: str = "//main") -> list[str]:
    """Texts with digits that are no figure with a name, and none of what else may hold digits."""
    texts = page.all(f"{inside}//text()")
    return [" ".join(text.split()) for text in texts if re.search(r"\d", text) and not _excused(_holder(text))]


def _holder(text: str) -> HtmlElement:
    """The element that a text stands in."""
    parent = text.getparent()
    return parent if text.is_text else parent.getparent()


def _excused(element: HtmlElement) -> bool:
    return bool(element.xpath(f"boolean(ancestor-or-self::*[{_NOT_FIGURES}])"))
