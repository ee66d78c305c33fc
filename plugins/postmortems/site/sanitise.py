"""Authors' HTML made harmless: no script, no style, no frame, no picture from elsewhere."""

from __future__ import annotations

import re
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


# Ids of the theme begin with an underscore and ours with pm-; those of content tabs are Markdown's own.
_FREE_ID = re.compile(r"(?!pm-)[^\W_][^\s\"'<>&]*|__tabbed_\d+(?:_\d+)?", re.IGNORECASE)
_TAKEN_CLASS = re.compile(r"(?:md|pm)-(?!button\b|tag\b)", re.IGNORECASE)


def sanitise(html: str) -> str:
    """Keep what prose needs; links only to http, https and mailto, pictures only from the site itself.

    Ids and classes that the theme or this package could take for their own are given another name or dropped.
    """
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute in {"id", "name", "for"}:
        return value if _FREE_ID.fullmatch(value) else f"author-{value.lstrip('_')}"
    if attribute == "class":
        return " ".join(name for name in value.split() if not _TAKEN_CLASS.match(name))
    if attribute == "href" and value.startswith("#"):
        return value if _FREE_ID.fullmatch(value[1:]) or value == "#" else f"#author-{value[1:].lstrip('_')}"
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
