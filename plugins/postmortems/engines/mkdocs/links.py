"""Links that work both on the forge and on the site: repository paths become site paths.

On the forge a record links to `../../docs/guide.md`, and a page of docs/ to `../incidents/2019/x.md`; on the site
docs/ is the root. A link to a record that this site withholds loses its address and its text.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from postmortems.withheld_references import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from markdown import Markdown
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_ATTRIBUTES = {"a": "href", "img": "src"}


@dataclass(slots=True)
class LinksExtension(Extension):
    """Rewrites links just before MkDocs does (which is at priority 0).

    `docs` is the place of the hand-written pages below `root`.
    """

    current: Callable[[], tuple[Page, Files] | None]
    root: Path
    docs: str
    withheld: Callable[[], frozenset[str]]

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Register the processor."""
        md.treeprocessors.register(_Links(md, self), "postmortem_links", 1)


class _Links(Treeprocessor):
    def __init__(self, md: Markdown, extension: LinksExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        current = self._extension.current()
        if current is None:
            return
        page, files = current
        for element in root.iter():
            attribute = _ATTRIBUTES.get(str(element.tag))
            address = element.get(attribute) if attribute else None
            if not attribute or not address or not _is_relative(address):
                continue
            new = self._resolve(address, page, files)
            if new is None:
                tail = element.tail
                element.clear()
                element.tag, element.text, element.tail = "span", HIDDEN, tail
            elif new != address:
                element.set(attribute, new)

    def _resolve(self, address: str, page: Page, files: Files) -> str | None:
        """The address for the site; None for a record that is withheld."""
        parts = urlsplit(address)
        here = posixpath.dirname(page.file.src_uri)
        path = unquote(parts.path)
        target = posixpath.normpath(posixpath.join(here, path))
        if files.get_file_from_path(target) is None:
            docs = self._extension.docs
            in_docs = page.file.src_dir is None or Path(page.file.src_dir) != self._extension.root
            base = posixpath.join(docs, here) if in_docs else here
            target = posixpath.normpath(posixpath.join(base, path))
            target = target.removeprefix(f"{docs}/") if docs else target
        if self._is_withheld(target):
            return None
        if files.get_file_from_path(target) is None:
            return address  # MkDocs reports it
        suffix = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        return posixpath.relpath(target, here or ".") + suffix

    def _is_withheld(self, target: str) -> bool:
        """Whether a path is a record that is withheld, its folder, or what lies in it."""
        withheld = self._extension.withheld()
        ways = [target, f"{target}.md"]
        while target:
            ways.append(f"{target}/index.md")
            target = posixpath.dirname(target)
        return not withheld.isdisjoint(ways)


def _is_relative(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and bool(parts.path) and not parts.path.startswith("/")
