"""References to records that an audience may not see: both their address and their name go.

`hide_references` cleans what authors wrote, before anything is made of it. `hide_links` cleans pages once more:
Markdown has more ways to write an address than can be foreseen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from postmortems.runtime.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from postmortems.source import Pointer, Value

HIDDEN = "[…]"
"""What stands in the place of a reference; the same in every language."""

_ENDINGS = (".md", ".html", ".json")
# Text in brackets, which may hold one more pair, as a picture that is a link does. Bounded, or brackets that are
# never closed would take a time that grows with their square.
_LABEL = r"\[(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.){0,500}\](?:\([^()\n]{0,500}\))?){0,500}\]"
_INLINE = Pattern(
    rf"!?{_LABEL}\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))[^()\n]*\)"
)
_DEFINITION = Pattern(r"^[ ]{0,3}\[(?P<name>[^\]\n]+)\]:[ \t]*\n?[ \t]*<?(?P<to>[^\s>]+)>?[^\n]*\n?", re.MULTILINE)
_HTML_LINK = Pattern(r"<a\b(?P<attributes>[^>]*)>.*?(?:</a\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = Pattern(r"<[a-z][^<>]*>", re.IGNORECASE)
_ADDRESS = Pattern(
    r"""\b(?:href|src|srcset|data|poster|cite|action)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)
# A word that may be an id, or hide one: ids begin with a year.
_WORD = Pattern(r"[^\s\"'<>()\[\]{}|,`*]*(?:\d{4}|[%&\\])[^\s\"'<>()\[\]{}|,`*]*(?<![.:;!?])")
# Code, in which a comment is no comment, and comments.
_COMMENT = Pattern(
    r"(?P<code>^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^[ ]{0,3}(?P=fence)|(?<!`)`[^`\n]+`(?!`))|<!--.*?-->",
    re.DOTALL | re.MULTILINE,
)
_YEAR = Pattern(r"\d{4}|[%&\\]")
_PARTS = Pattern(r"[^a-z0-9.-]+")
_ESCAPED = Pattern(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class WithheldReferences:
    """Which references an audience may not follow: `shown` are the ids it sees, `withheld` those it does not."""

    shown: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()

    def lead_to(self, address: str) -> bool:
        """Whether an address or a word names a withheld record, in any way of writing it."""
        return any(_stem(part) in self.withheld for part in _PARTS.split(_plain(address)))


def hide_references(text: str, references: WithheldReferences) -> str:
    """A text, of a field or in Markdown, without what leads to withheld records."""
    if not _may_refer(text, references):
        return text
    gone: set[str] = set()

    def definition(match: re.Match[str]) -> str:
        if not references.lead_to(match["to"]):
            return match[0]
        gone.add(" ".join(match["name"].split()).casefold())
        return ""

    text = _DEFINITION.sub(definition, text)
    text = _INLINE.sub(_unless(references.lead_to, lambda match: match["angled"] or match["plain"] or ""), text)
    text = _hide_in_html(text, references)
    for name in gone:
        label = r"\s+".join(re.escape(part) for part in name.split())
        text = re.sub(rf"!?(?:{_LABEL}[ ]?)?\[{label}\](?:\[\])?", HIDDEN, text, flags=re.IGNORECASE)
    return _WORD.sub(_unless(references.lead_to, lambda match: match[0]), text)


def drop_comments(markdown: str) -> str:
    """Markdown without its HTML comments: notes to oneself, which no page shows."""
    end = markdown.rfind("-->") + 3
    if end < 3 or "<!--" not in markdown:
        return markdown
    return _COMMENT.sub(lambda match: match["code"] or "", markdown[:end]) + markdown[end:]


def hide_links(page: str, references: WithheldReferences) -> str:
    """HTML without links and pictures that lead to withheld records."""
    return _hide_in_html(page, references) if _may_refer(page, references) else page


def hide_in_value(value: Value, references: WithheldReferences) -> Value:
    """A value of the front matter in which all texts are cleaned."""
    if isinstance(value, str):
        return hide_references(value, references)
    if isinstance(value, list):
        return [hide_in_value(item, references) for item in value]
    if isinstance(value, dict):
        return {key: hide_in_value(item, references) for key, item in value.items()}
    return value


def addresses_to_hide(value: Value, references: WithheldReferences, at: Pointer = ()) -> Iterator[Pointer]:
    """Where in a value of the front matter a whole text is an address that leads to a withheld record."""
    if isinstance(value, str):
        if "://" in value and references.lead_to(value):
            yield at
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from addresses_to_hide(item, references, (*at, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from addresses_to_hide(item, references, (*at, key))


def _hide_in_html(text: str, references: WithheldReferences) -> str:
    if "<" not in text:
        return text

    def leads(attributes: str) -> bool:
        return any(references.lead_to(found.strip("\"'")) for found in _ADDRESS.findall(attributes))

    text = _HTML_LINK.sub(_unless(leads, lambda match: match["attributes"]), text)
    return _TAG.sub(_unless(leads, lambda match: match[0]), text)


def _unless(hidden: Callable[[str], bool], part: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    """A replacement that hides a match whose part is to be hidden, and else keeps it."""
    return lambda match: HIDDEN if hidden(part(match)) else match[0]


def _may_refer(text: str, references: WithheldReferences) -> bool:
    """Whether there can be an id in a text: ids begin with a year, and its digits can be written as entities."""
    return bool(references.withheld and _YEAR.search(text))


def _plain(address: str) -> str:
    """An address as it is once browsers and Markdown have read it, in lower case."""
    from html import unescape

    for _ in range(3):
        read = unquote(unescape(_ESCAPED.sub(r"\1", address)))
        if read == address:
            break
        address = read
    return "".join(character for character in address if character > " ").replace("\\", "/").casefold()


def _stem(segment: str) -> str:
    for ending in _ENDINGS:
        segment = segment.removesuffix(ending)
    return segment.rstrip(".:!?")
