"""The navigation: the listings at the top, every other page under its listing but not in the menu.

A page in the menu stands in the menu of every other page; a thousand incidents would be most of the site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from postmortems.engines.mkdocs.pages import RecordPage, TreePage, file_of

if TYPE_CHECKING:
    from typing import Any

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files

    from postmortems.site import SiteTree

LIBRARY = "Lessons library"


def arrange(nav: Navigation, tree: SiteTree, config: MkDocsConfig, files: Files, *, manual: bool) -> Navigation:
    """Put the listings into the navigation and every page of the tree under its listing.

    Without a `nav` in mkdocs.yml the listings come first, then the hand-written pages; with one, those of the
    listings that it does not name are appended in a section, unless the owner does it by hand.
    """
    listings = {uri: page for uri in tree.top if (page := _page(files, uri))}
    sections: dict[str, Section] = {}
    items: list[StructureItem] = list(nav.items)
    if config.nav is None:
        placed: list[StructureItem] = []
        first: list[StructureItem] = []
        for heading, entries in tree.menu:
            group: list[StructureItem] = []
            for uri, page in ((uri, listings[uri]) for uri, _ in entries if uri in listings):
                entry = page if uri == "index.md" else _section_with(uri, page, items, sections)
                group.append(entry or _item(tree, uri, page, sections))
            placed += group
            first += _grouped(heading, group, sections)
        items = [*first, *(item for item in items if not any(item is other for other in placed))]
    else:
        _entitle(config.nav, files)
    if config.nav is not None and not manual:
        present = {page.file.src_uri for page in nav.pages}
        missing = {
            uri: page for uri, page in listings.items() if uri != "index.md" and page.file.src_uri not in present
        }
        items = [_wrapped(item, tree, sections) for item in items]
        if missing:
            groups = (
                _grouped(
                    heading,
                    [_item(tree, uri, missing[uri], sections) for uri, _ in entries if uri in missing],
                    sections,
                )
                for heading, entries in tree.menu
            )
            items.append(Section(LIBRARY, [item for group in groups for item in group]))
    arranged = Navigation(items, _pages(items))
    _set_parents(items, None)
    _chain(arranged.pages)
    _place(tree, files, sections)
    return arranged


def _grouped(heading: str, group: list[StructureItem], sections: dict[str, Section]) -> list[StructureItem]:
    """A group of listings as a section; one alone needs no heading over it.

    A listing that has the name of the heading stands bare in its section, or the name would be there twice.
    """
    if len(group) < 2:
        return group
    made = Section(heading, [])
    for item in group:
        if isinstance(item, Section) and item.title == heading and len(item.children) == 1:
            sections.update({uri: made for uri, section in sections.items() if section is item})
            made.children += item.children
        else:
            made.children.append(_named(item, heading))
    return [made]


def _named(item: StructureItem, heading: str) -> StructureItem:
    """A listing that keeps its name below a heading: as its first page themes would show it as the heading."""
    bare = isinstance(item, TreePage) and item.title != heading
    return Section(str(item.title), [item]) if bare else item


def _page(files: Files, uri: str) -> Page | None:
    file = file_of(uri, files)
    return file.page if file else None


def _entitle(entries: Any, files: Files) -> None:
    """Give generated pages the titles that an owner's nav gives them: MkDocs does so for its own pages only."""
    for entry in entries if isinstance(entries, list) else [entries]:
        for title, value in entry.items() if isinstance(entry, dict) else ():
            page = _page(files, value) if isinstance(value, str) else None
            if isinstance(page, TreePage | RecordPage):
                page.title = title
            elif not isinstance(value, str):
                _entitle(value, files)


def _section_with(
    uri: str, page: Page, items: list[StructureItem], sections: dict[str, Section]
) -> StructureItem | None:
    """The section that holds a hand-written listing already, if any."""
    for item in items:
        if isinstance(item, Section) and any(page is other for other in _pages([item])):
            sections[uri] = item
            return item
    return None


def _item(tree: SiteTree, uri: str, page: Page, sections: dict[str, Section]) -> StructureItem:
    """A listing as an item: in a section of its own where other pages belong to it, for their breadcrumbs."""
    if not _has_members(tree, uri):
        return page
    title = page.title if isinstance(page, TreePage) else tree.top[uri]
    sections[uri] = Section(title, [page])
    return sections[uri]


def _wrapped(
    item: StructureItem, tree: SiteTree, sections: dict[str, Section], heading: str | None = None
) -> StructureItem:
    """An owner's item; a listing that stands bare is put into a section, or its pages would lack breadcrumbs.

    One that has the name of the section it stands in already needs none of its own.
    """
    if isinstance(item, Section):
        item.children = [_wrapped(child, tree, sections, item.title) for child in item.children]
    elif isinstance(item, Page) and item.file.src_uri in tree.top and item.title != heading:
        item = _item(tree, item.file.src_uri, item, sections)
        return item if heading is None else _named(item, heading)
    return item


def _has_members(tree: SiteTree, uri: str) -> bool:
    return any(section == uri for section in _sections_of(tree).values())


def _sections_of(tree: SiteTree) -> dict[str, str]:
    """The listing that each page belongs to, by uri."""
    return {uri: page.section for uri, page in tree.pages.items()} | {
        uri: page.section for uri, page in tree.incidents.items()
    }


def _pages(items: list[StructureItem]) -> list[Page]:
    pages: list[Page] = []
    for item in items:
        if isinstance(item, Page):
            pages.append(item)
        elif isinstance(item, Section):
            pages += _pages(item.children)
    return pages


def _set_parents(items: list[StructureItem], parent: Section | None) -> None:
    for item in items:
        item.parent = parent
        if isinstance(item, Section):
            _set_parents(item.children, item)


def _chain(pages: list[Page]) -> None:
    """Previous and next along the menu."""
    for page, before, after in zip(pages, [None, *pages[:-1]], [*pages[1:], None], strict=True):
        page.previous_page, page.next_page = before, after


def _place(tree: SiteTree, files: Files, sections: dict[str, Section]) -> None:
    """Every other page under the section of its listing; incidents beside their neighbours in time."""
    for uri, section in _sections_of(tree).items():
        made = _page(files, uri)
        if made is None or not section:
            continue
        listing = _page(files, section)
        made.parent = sections.get(section) or (listing.parent if listing else None)
        if isinstance(made, RecordPage):
            made.previous_page = _page(files, made.incident_page.previous)
            made.next_page = _page(files, made.incident_page.next)
