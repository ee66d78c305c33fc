"""Authors' HTML made harmless: no script, no style, no frame, no picture from elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

import nh3

_TAGS = nh3.ALLOWED_TAGS | {
    "details",
    "summary",
    "div",
    "span",
    "input",
    "label",
    "figure",
    "figcaption",
    "mark",
    "section",
    "kbd",
}
_ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    "*": {"class", "id", "title", "lang", "role", "aria-label", "aria-hidden"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"type", "checked", "disabled", "name"},
    "label": {"for"},
    "details": {"open"},
    "th": {"scope", "colspan", "rowspan", "align"},
    "td": {"colspan", "rowspan", "align"},
    "ol": {"start", "type"},
    "li": {"value"},
}


def sanitise(html: str) -> str:
    """Keep what prose needs; links only to http, https and mailto, pictures only from the site itself."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _attribute(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        return value if _is_of_this_site(value) else None
    if tag == "input" and attribute == "type" and value not in {"checkbox", "radio"}:
        return None
    return value


def _is_of_this_site(address: str) -> bool:
    """Whether an address leads nowhere else, as a browser reads it: to browsers a backslash is a slash."""
    try:
        parts = urlsplit(address.replace("\\", "/"))
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc
