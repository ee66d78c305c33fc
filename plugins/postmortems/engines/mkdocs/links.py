"""Links that work both on the forge and on the site: repository paths become site paths.

On the forge a record links to `../../docs/guide.md`, and a page of docs/ to `../incidents/2019/x.md`; on the site
docs/ is the root. A link to a record that this site withholds loses its address.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from markdown import Markdown
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_ATTRIBUTES = {"a": "href", "img": "src"}


@dataclass(slots=True)
class LinksExtension(Extension):
    """Rewrites links just before MkDocs does (which is at priority 0)."""

    current: Callable[[], tuple[Page, Files] | None]
    root: Path
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
        docs = _docs_path(page, self._extension.root)
        for element in root.iter():
            attribute = _ATTRIBUTES.get(str(element.tag))
            address = element.get(attribute) if attribute else None
            if not attribute or not address or not _is_relative(address):
                continue
            new = self._resolve(address, page, files, docs)
            if new is None:
                del element.attrib[attribute]
                element.tag = "span"
            elif new != address:
                element.set(attribute, new)

    def _resolve(self, address: str, page: Page, files: Files, docs: str) -> str | None:
        """The address for the site; None for a record that is withheld."""
        parts = urlsplit(address)
        here = posixpath.dirname(page.file.src_uri)
        path = unquote(parts.path)
        target = posixpath.normpath(posixpath.join(here, path))
        if files.get_file_from_path(target) is None:
            in_docs = page.file.src_dir is not None and Path(page.file.src_dir) != self._extension.root
            base = posixpath.join(docs, here) if in_docs else here
            target = posixpath.normpath(posixpath.join(base, path))
            target = target.removeprefix(f"{docs}/") if docs else target
        if target in self._extension.withheld():
            return None
        if files.get_file_from_path(target) is None:
            return address  # MkDocs reports it
        suffix = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        return posixpath.relpath(target, here or ".") + suffix


def _docs_path(page: Page, root: Path) -> str:
    """The place of docs/ in the repository, by the page if it lies there."""
    if page.file.src_dir and Path(page.file.src_dir) != root:
        try:
            return Path(page.file.src_dir).resolve().relative_to(root).as_posix()
        except ValueError:
            return ""
    return "docs"


def _is_relative(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and bool(parts.path) and not parts.path.startswith("/")
