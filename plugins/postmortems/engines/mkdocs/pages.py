"""Pages of MkDocs whose content comes from the tree, not from a file in docs/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from postmortems.site import sanitise
from postmortems.site.sections import fill, without_placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from postmortems import site
    from postmortems.record import Postmortem

# Themes print titles and meta data as they are, so both are escaped before they get there.


class TreePage(Page):
    """A page made from a template."""

    def __init__(self, page: site.Page, file: File, config: MkDocsConfig) -> None:
        """Make the page of a file."""
        self.tree_page = page
        super().__init__(str(escape(page.title)), file, config)
        self.edit_url = None
        if page.updated:
            self.update_date = page.updated.isoformat()

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """There is no source: the template is the content."""
        self.markdown = ""
        self.meta = {
            "title": str(escape(self.tree_page.title)),
            "description": str(escape(self.tree_page.description)),
            "hide": ["navigation"],
        }
        if self.is_homepage:
            del self.meta["title"]
            self.meta["hide"] = ["navigation", "toc"]
        if not self.tree_page.searchable:
            self.meta["search"] = {"exclude": True}

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Render the template."""
        rendered = self.tree_page.render(lambda uri: self.address(uri, self.file, files))
        self.content = rendered.html
        self.toc = get_toc(_tokens(rendered.headings))
        self.present_anchor_ids = {heading.id for heading in rendered.headings}

    @staticmethod
    def address(uri: str, file: File, files: Files) -> str:
        """The address of a uri as seen from a file."""
        target = files.get_file_from_path(uri)
        if target is None:
            raise KeyError(f"the site has no page {uri}")
        return target.url_relative_to(file)


class RecordPage(Page):
    """The page of a post-mortem: its prose is converted by MkDocs, sanitised, and joined with its data."""

    def __init__(self, page: site.IncidentPage, file: File, config: MkDocsConfig) -> None:
        """Make the page of a file."""
        self.incident_page = page
        super().__init__(str(escape(page.title)), file, config)
        if page.updated:
            self.update_date = page.updated.isoformat()

    @property
    def record(self) -> Postmortem:
        """The record, for templates."""
        return self.incident_page.record

    @property
    def present(self) -> frozenset[str]:
        """The sections that have data."""
        return self.incident_page.present

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """The body and what is known of it come from the record, which was read and judged already."""
        record = self.incident_page.record
        self.markdown = without_placeholders(record.body)
        self.meta = {
            "title": str(escape(self.incident_page.title)),
            "description": str(escape(self.incident_page.description)),
            "hide": ["navigation"],
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the prose, make it harmless, and put the data under their sections."""
        super().render(config, files)
        page = self.incident_page
        headings: list[site.Heading] = []

        def link(uri: str) -> str:
            return TreePage.address(uri, self.file, files)

        head, foot = page.head(link), page.foot(link)
        prose = fill(sanitise(self.content or ""), lambda section: page.block(section, link).html)
        headings += foot.headings
        self.content = f"{head.html}\n{prose}\n{foot.html}"
        self.toc.items.extend(get_toc(_tokens(headings)).items)
        self.present_anchor_ids = (self.present_anchor_ids or set()) | {heading.id for heading in headings}


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
