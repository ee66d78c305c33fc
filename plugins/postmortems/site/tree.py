"""The tree of a site: pages and assets by uri, which is the place of their source, such as `factors/index.md`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postmortems.rendering.figures import Link
from postmortems.rendering.render import Heading, Rendered, render
from postmortems.texts import load_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from postmortems.record import Postmortem
    from postmortems.texts import Texts

__all__ = ["Alternate", "Asset", "Heading", "IncidentPage", "Link", "Menu", "Page", "Rendered", "SiteTree"]


Menu = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page made from a template.

    `title` and `description` are plain text. `section` is the uri of the listing that the page belongs to, empty
    for a listing itself; `updated` is the day of its newest content; `searchable` is false for what a search is
    not to find, `contents` for a page that needs the room beside it more than a table of contents.
    """

    uri: str
    title: str
    description: str
    template: str
    context: Mapping[str, object]
    section: str = ""
    updated: date | None = None
    searchable: bool = True
    contents: bool = True

    def render(self, link: Link) -> Rendered:
        """The page's HTML and headings; `link` gives the address of a uri as seen from this page."""
        return render(self.template, self.context, link)


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """The page of a post-mortem: its body is Markdown, which the engine converts and the blocks are put into.

    `path` is the place of the file in the repository, and the page's uri. `previous` and `next` are uris of the
    neighbours in time, or empty. `titles` are the headings of sections that the site words otherwise.
    """

    record: Postmortem
    title: str
    description: str
    context: Mapping[str, object]
    present: frozenset[str]
    section: str
    updated: date | None = None
    previous: str = ""
    next: str = ""
    alternates: tuple[Alternate, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def uri(self) -> str:
        """The page's uri: where its file lies."""
        return self.record.source.path

    def head(self, link: Link) -> Rendered:
        """What stands above the body."""
        return render("incident/head.html", self.context, link)

    def block(self, section: str, link: Link) -> Rendered:
        """The data that stand under a section's prose."""
        return render(f"incident/{section}.html", self.context, link)

    def foot(self, link: Link) -> Rendered:
        """What stands below the body."""
        return render("incident/foot.html", self.context, link)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is copied from a path, or whose content is given or made once it is wanted.

    `place` is where it comes out, where that is not its uri: a name that ends in `.md` is that of a page.
    """

    uri: str
    path: Path | None = None
    content: bytes | None = None
    make: Callable[[], bytes] | None = None
    place: str = ""

    @property
    def dest(self) -> str:
        """Where it comes out."""
        return self.place or self.uri


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another form of a page or of the whole site, for programs that look for one: its uri, type and title."""

    uri: str
    type: str
    title: str


@dataclass(frozen=True, slots=True)
class SiteTree:
    """All pages and assets. `menu` names the uris of the listings with their labels, under headings.

    `alternates` are the other forms of the whole site, its feeds above all; an incident's page has its own beside.

    `blocks` are parts of pages that hand-written pages may place by a comment such as
    `<!-- postmortems: newest -->`.
    """

    pages: Mapping[str, Page]
    incidents: Mapping[str, IncidentPage]
    assets: Mapping[str, Asset]
    menu: Menu
    alternates: tuple[Alternate, ...] = ()
    blocks: Mapping[str, Callable[[Link], str]] = field(default_factory=dict)
    banner: str = ""
    texts: Texts = field(default_factory=load_texts)

    @property
    def has_search(self) -> bool:
        """Whether it has a search page, which needs an index of the built pages."""
        return "search/index.md" in self.pages

    @property
    def top(self) -> dict[str, str]:
        """The uris of the listings in the order of the menu, with labels."""
        return {uri: label for _, entries in self.menu for uri, label in entries}
