"""The Markdown extension that makes a record read as one report: prose, and under each section its data.

It works on the tree that Markdown makes of the body, so that headings inside code or raw HTML are not mistaken for
sections, and before the table of contents is made, so that added headings are in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown import Markdown

# The six sections of a post-mortem, in order: key, heading, and other headings that authors use for it.
SECTIONS = (
    ("overview", "Overview", ()),
    ("impact", "Impact", ()),
    ("response", "Response", ()),
    ("root-causes", "Root causes", ("root cause", "causes")),
    ("lessons", "Lessons learned", ("lessons", "lessons learnt")),
    ("recommendations", "Recommendations", ("actions", "action items")),
)

# Private-use characters, which are removed from authors' text, so that no author can write a placeholder.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACEHOLDER = re.compile(f"<p>{_OPEN}([a-z-]+){_CLOSE}</p>")


@dataclass(slots=True)
class SectionsExtension(Extension):
    """Puts placeholders for the data of sections into the pages that `present` names any for.

    `present` is asked for each conversion: the keys of the sections that have data, or None for a page that is not
    a post-mortem.
    """

    present: Callable[[], frozenset[str] | None]

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Register the processor after inline patterns (20) and before the table of contents (5)."""
        md.treeprocessors.register(_Sections(md, self.present), "postmortem_sections", 12)


class _Sections(Treeprocessor):
    def __init__(self, md: Markdown, present: Callable[[], frozenset[str] | None]) -> None:
        super().__init__(md)
        self._present = present

    def run(self, root: Element) -> None:
        present = self._present()
        if present is None:
            return
        parts = _split(root)
        for child in list(root):
            root.remove(child)
        for element in parts.pop("", []):
            root.append(element)
        for key, heading, _ in SECTIONS:
            prose = parts.pop(key, None)
            if prose is None and key not in present:
                continue
            for element in prose or [_heading(heading)]:
                root.append(element)
            if key in present:
                root.append(_placeholder(key))
        for elements in parts.values():
            for element in elements:
                root.append(element)


def fill(html: str, block: Callable[[str], str]) -> str:
    """Replace the placeholders by the blocks that `block` gives for their sections."""
    return _PLACEHOLDER.sub(lambda match: block(match[1]), html)


def without_placeholders(markdown: str) -> str:
    """A body in which no author's text can be taken for a placeholder."""
    return markdown.replace(_OPEN, "").replace(_CLOSE, "")


def section_of(heading: str) -> str | None:
    """The key of the section that a heading names, or None."""
    words = " ".join(heading.lower().split())
    return next((key for key, title, others in SECTIONS if words == title.lower() or words in others), None)


def _split(root: Element) -> dict[str, list[Element]]:
    """The elements of each section by its key; other sections by their own heading, the opening under ''."""
    parts: dict[str, list[Element]] = {"": []}
    current = parts[""]
    for element in root:
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


def _heading(text: str) -> Element:
    element = Element("h2")
    element.text = text
    return element


def _placeholder(key: str) -> Element:
    element = Element("p")
    element.text = f"{_OPEN}{key}{_CLOSE}"
    return element
