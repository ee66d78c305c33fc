"""The Markdown extension that makes a record read as one report: prose, and under each section its data.

It works on the tree that Markdown makes of the body, so that headings inside code or raw HTML are not mistaken for
sections, and before the table of contents is made, so that added headings are in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions import Extension
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

from postmortems.texts import N_, gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from markdown import Markdown

# The six sections of a post-mortem, in order: key, heading, and other headings that authors use for it.
SECTIONS = (
    ("overview", N_("Overview"), ()),
    ("impact", N_("Impact"), ()),
    ("response", N_("Response"), ()),
    ("root-causes", N_("Root causes"), ("root cause", "causes")),
    ("lessons", N_("Lessons learned"), ("lessons", "lessons learnt")),
    ("recommendations", N_("Recommendations"), ("actions", "action items")),
)

_FOOTNOTES = "footnotes"

# Private-use characters, which are removed from authors' text, so that no author can write a placeholder.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACEHOLDER = re.compile(f"<p>{_OPEN}([a-z-]+){_CLOSE}</p>")
_RESERVATION = re.compile(f'<p>{_OPEN}(?:<span id="[^"]*"></span>)+{_CLOSE}</p>')
# Markdown skips its extensions where there is nothing but white space.
_NOTHING = "<!-- -->"


@dataclass(frozen=True, slots=True)
class Layout:
    """What of a page is made from data: the keys of the sections that have any, and the anchors in them.

    Headings of the prose get other anchors than these. `titles` are the headings of the sections, by their keys,
    where the site words them otherwise than the files do.
    """

    sections: frozenset[str]
    anchors: frozenset[str] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class SectionsExtension(Extension):
    """Puts placeholders for the data of sections into the pages that `layout` gives one for.

    `layout` is asked for each conversion; None stands for a page that is not a post-mortem.
    """

    layout: Callable[[], Layout | None]

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Register the processor after inline patterns (20) and before the table of contents (5)."""
        md.treeprocessors.register(_Sections(md, self.layout), "postmortem_sections", 12)


class _Sections(Treeprocessor):
    def __init__(self, md: Markdown, layout: Callable[[], Layout | None]) -> None:
        super().__init__(md)
        self._layout = layout

    def run(self, root: Element) -> None:
        layout = self._layout()
        if layout is not None:
            root[:] = list(_arranged(_split(root), layout))


def fill(html: str, block: Callable[[str], str], clean: Callable[[str], str]) -> str:
    """The prose made harmless by `clean`, with the blocks that `block` gives in the place of their placeholders.

    It is cleaned piece by piece: nothing that an author leaves open reaches into the data, and no character
    reference becomes a placeholder.
    """
    pieces = _PLACEHOLDER.split(_RESERVATION.sub("", html))  # prose, key, prose, key, prose
    return "".join(block(piece) if i % 2 else clean(piece) for i, piece in enumerate(pieces))


def prepared(markdown: str) -> str:
    """A body to convert: no author's text can be taken for a placeholder, and an empty one is converted too."""
    text = markdown.replace(_OPEN, "").replace(_CLOSE, "")
    return text if text.strip() else _NOTHING


def section_titles() -> dict[str, str]:
    """The headings of the sections that are worded otherwise in the language that is spoken, by their keys."""
    return {key: gettext(title) for key, title, _others in SECTIONS if gettext(title) != title}


def section_of(heading: str) -> str | None:
    """The key of the section that a heading names, or None."""
    words = " ".join(heading.lower().split())
    return next((key for key, title, others in SECTIONS if words == title.lower() or words in others), None)


def _split(root: Element) -> dict[str, list[Element]]:
    """The elements of each section by its key; other sections by their own heading, the opening under ''.

    Footnotes, which Markdown puts below the last section of the prose, are a part of their own.
    """
    parts: dict[str, list[Element]] = {"": [], _FOOTNOTES: []}
    current = parts[""]
    for element in root:
        if element.tag == "div" and element.get("class") == "footnote":
            parts[_FOOTNOTES].append(element)
            continue
        if element.tag == "h1":  # the page has its title already
            element.tag = "h2"
        if element.tag == "h2":
            title = "".join(element.itertext())
            key = section_of(title) or f"other: {title}"
            current = parts.setdefault(key, [])
            if current:  # a section that stands twice goes on where it began, its heading kept once
                continue
        current.append(element)
    return parts


def _arranged(parts: dict[str, list[Element]], layout: Layout) -> Iterator[Element]:
    """The opening, the six sections with the places of their data, the author's other sections, the footnotes."""
    yield from parts.pop("")
    footnotes = parts.pop(_FOOTNOTES)
    for key, heading, _others in SECTIONS:
        if key in parts or key in layout.sections:
            title, *prose = parts.pop(key, None) or [_heading(heading)]
            yield _worded(title, heading, layout.titles.get(key, ""))
            yield from prose
        if key in layout.sections:
            yield _placeholder(key)
    for elements in parts.values():
        yield from elements
    yield from footnotes
    if layout.anchors:
        yield _reservation(layout.anchors)


def _worded(heading: Element, written: str, title: str) -> Element:
    """The heading of a section as the site words it, at the address that it has in every language."""
    if not title:
        return heading
    worded = _heading(title)
    worded.set("id", heading.get("id") or slugify(written, "-"))
    return worded


def _heading(text: str) -> Element:
    element = Element("h2")
    element.text = text
    return element


def _placeholder(key: str) -> Element:
    element = Element("p")
    element.text = f"{_OPEN}{key}{_CLOSE}"
    return element


def _reservation(anchors: frozenset[str]) -> Element:
    """An element, removed later, that holds anchors, so that the table of contents gives them to no heading."""
    element = Element("p")
    element.text = _OPEN
    for anchor in sorted(anchors):
        SubElement(element, "span", {"id": anchor})
    element[-1].tail = _CLOSE
    return element
