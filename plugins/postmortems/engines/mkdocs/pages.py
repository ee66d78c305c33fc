"""Pages of MkDocs whose content comes from the tree, not from a file in docs/."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from markupsafe import escape
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from postmortems.site import Layout, sanitise
from postmortems.site.sections import fill, prepared

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from postmortems import site
    from postmortems.record import Postmortem

# Themes print titles and metadata unescaped, so both are escaped here.


def uris_of(file: File) -> tuple[str, ...]:
    """The uris that a hand-written page stands for: its own, and for a README that of an index."""
    folder, _, name = file.src_uri.rpartition("/")
    return (file.src_uri, posixpath.join(folder, "index.md")) if name == "README.md" else (file.src_uri,)


def file_of(uri: str, files: Files) -> File | None:
    """The file of a uri, generated or hand-written."""
    file = files.get_file_from_path(uri)
    folder, _, name = uri.rpartition("/")
    return file or (files.get_file_from_path(posixpath.join(folder, "README.md")) if name == "index.md" else None)


class TreePage(Page):
    """A page made from a template."""

    def __init__(self, page: site.Page, file: File, config: MkDocsConfig) -> None:
        """Make the page of a file."""
        self.tree_page = page
        super().__init__(str(escape(page.title)), file, config)
        self.edit_url = None
        if page.updated:
            self.update_date = page.updated.isoformat()

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no source: the template is the content."""
        self.markdown = ""
        self.meta = {
            "title": str(escape(self.tree_page.title)),
            "description": str(escape(self.tree_page.description)),
            "hide": self._hidden(config),
        }
        if self.is_homepage:
            del self.meta["title"]
        if self.is_homepage or not self.tree_page.contents:
            self.meta["hide"] = [*self._hidden(config), "toc"]
        if not self.tree_page.searchable:
            self.meta["search"] = {"exclude": True}

    def _hidden(self, config: MkDocsConfig) -> list[str]:
        """The sidebar, unless it leads to other listings under the same heading."""
        top = [*self.ancestors][-1:]
        alone = not top or not isinstance(top[0], Section) or len(top[0].children) < 2
        return _hidden(config) if alone else []

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render the template."""
        rendered = self.tree_page.render(lambda uri: self.address(uri, self.file, files))
        self.content = rendered.html
        self.toc = get_toc(_tokens(rendered.headings))
        self.present_anchor_ids = set(rendered.anchors)

    @staticmethod
    def address(uri: str, file: File, files: Files) -> str:
        """The address of a uri as seen from a file."""
        target = file_of(uri, files)
        if target is None:
            raise KeyError(f"the site has no page {uri}")
        return target.url_relative_to(file)


class RecordPage(Page):
    """The page of a post-mortem: its prose is converted by MkDocs, sanitised, and joined with its data."""

    def __init__(self, page: site.IncidentPage, file: File, config: MkDocsConfig) -> None:
        """Make the page of a file."""
        self.incident_page = page
        self.layout = Layout(page.present)
        super().__init__(str(escape(page.title)), file, config)
        if page.updated:
            self.update_date = page.updated.isoformat()

    @property
    def record(self) -> Postmortem:
        """The record, for templates."""
        return self.incident_page.record

    def read_source(self, config: MkDocsConfig) -> None:
        """The body and what is known of it come from the record, which was read and judged already."""
        record = self.incident_page.record
        self.markdown = prepared(record.body)
        self.meta = {
            "title": str(escape(self.incident_page.title)),
            "description": str(escape(self.incident_page.description)),
            "hide": _hidden(config),
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the prose, make it harmless, and put the data under their sections."""
        page = self.incident_page

        def link(uri: str) -> str:
            return TreePage.address(uri, self.file, files)

        head, foot = page.head(link), page.foot(link)
        blocks = {section: page.block(section, link) for section in page.present}
        anchors = frozenset[str]().union(*(part.anchors for part in (head, *blocks.values(), foot)))
        self.layout = Layout(page.present, anchors, page.titles)
        super().render(config, files)
        prose = fill(self.content or "", lambda section: blocks[section].html, sanitise)
        self.content = f"{head.html}\n{prose}\n{foot.html}"
        self.toc.items.extend(get_toc(_tokens(foot.headings)).items)


def _hidden(config: MkDocsConfig) -> list[str]:
    """Parts of the theme that these pages do without: a sidebar that would only repeat the tabs."""
    features: Any = config.theme.get("features") or []
    return ["navigation"] if "navigation.tabs" in features else []


def _tokens(headings: Iterable[site.Heading]) -> list[Any]:
    """Headings as the nested tokens that Markdown's table of contents would give, under the level above them."""
    top: list[dict[str, Any]] = []
    for heading in headings:
        token: dict[str, Any] = {
            "level": heading.level,
            "id": heading.id,
            "name": str(escape(heading.title)),
            "children": [],
        }
        nested = top and heading.level > top[-1]["level"]
        (top[-1]["children"] if nested else top).append(token)
    return top
