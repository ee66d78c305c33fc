"""The figures of a built page, as its HTML names them, and what else on it holds digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from sites import Node


def _is(name: str) -> str:
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


_NAMED = "self::*[@data-figure]"
# Dates, code, the titles of lists, and pictures whose values stand in a table beside them.
_NOT_FIGURES = "self::time or self::svg or self::code or self::pre or self::summary or self::table[@data-chart]"
_METHOD, _SAID = _is("pm-how"), _is("pm-said")
# Names that hold digits: how sure every interval is, and the quarters of a year.
_MONTHS = "January to March|April to June|July to September|October to December"
_NAMES = re.compile(rf"\b95 % intervals?\b|\b(75|90)th percentile\b|\b1 in 20\b|\b(Q[1-4]|{_MONTHS}) \d{{4}}\b")


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
    """Texts with digits that are no figure with a name, and none of what else may hold digits.

    Those in which a record speaks, or the method, are among the latter: see `sayings` and `methods`.
    """
    return list(_with_digits(page, inside, f"{_NAMED} or {_NOT_FIGURES} or {_METHOD} or {_SAID}"))


def sayings(page: Node, inside: str = "//main") -> list[str]:
    """Texts with digits that are said to be words of a record or of an organisation's conventions."""
    return list(_with_digits(page, f"{inside}//*[{_SAID}]", f"{_NAMED} or {_NOT_FIGURES}"))


def methods(page: Node, inside: str = "//main") -> list[str]:
    """Texts with digits that are said to explain a method."""
    return list(_with_digits(page, f"{inside}//*[{_METHOD}]", f"{_NAMED} or {_NOT_FIGURES} or {_SAID}"))


def lists_behind(page: Node, inside: str = "//main") -> Iterator[tuple[str, int, int, bool]]:
    """The lists of what is behind figures: what each says to hold, what it holds, and whether it breaks off."""
    for entries in page.all(f"{inside}//details/ul[{_is('pm-behind')}]"):
        (said,) = entries.xpath("../summary/data")
        more = len(entries.xpath(f"./li[{_is('pm-meta')}]"))
        yield entries.get("id"), int(said.get("value")), len(entries.xpath("./li")) - more, bool(more)


def loose_figures(page: Node, inside: str = "//main") -> Iterator[str]:
    """The names of counts and shares that lead nowhere: no link, and none in the row or entry; nor a heading's."""
    leads = "self::tr[th//a] or self::li[.//a] or self::a or self::label or self::h1 or self::h2 or self::h3"
    for element in page.all(f"{inside}//*[@data-figure][not(.//a)][not(ancestor::*[{leads}])]"):
        if re.fullmatch(r"[1-9]\d*(/\d+)?", element.get("value")):
            yield element.get("data-figure")


def _with_digits(page: Node, inside: str, excused: str) -> Iterator[str]:
    for text in page.all(f"{inside}//text()"):
        shown = _NAMES.sub("", " ".join(text.split()))
        if re.search(r"\d", shown) and not _holder(text).xpath(f"boolean(ancestor-or-self::*[{excused}])"):
            yield shown


def _holder(text: str) -> HtmlElement:
    """The element that a text stands in."""
    parent = text.getparent()
    return parent if text.is_text else parent.getparent()
