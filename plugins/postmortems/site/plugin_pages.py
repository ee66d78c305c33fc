"""Pages of plug-ins, and their places in the menu."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from postmortems.plugins import plugins, require
from postmortems.site.tree import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from postmortems.corpus import Corpus
    from postmortems.plugins import Plugin
    from postmortems.rendering.context import SiteContext
    from postmortems.site.tree import Menu

_URI = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/)*[a-z0-9][a-z0-9_-]*\.md")


@dataclass(frozen=True, slots=True)
class PluginPage:
    """A page that a plug-in adds to a site.

    `uri` is its place, such as `costs/index.md`. `html` stands below the title as it is: escape what records say.
    `menu` is the heading of the menu that it stands under, a new one where the site has none of that name;
    without one, its title is an entry of its own. With `in_menu` false it is in no menu.
    """

    uri: str
    title: str
    html: str
    description: str = ""
    menu: str = ""
    in_menu: bool = True

    def __post_init__(self) -> None:
        require(str, uri=self.uri, title=self.title, html=self.html, description=self.description, menu=self.menu)


def plugin_pages(context: SiteContext, taken: Collection[str]) -> list[tuple[PluginPage, Page]]:
    """The pages of all plug-ins for the corpus of this site. Raises BrokenPluginError.

    An entry point in `postmortems.pages` is a function from a corpus to pages. `taken` are the uris
    of the pages that are there already.
    """
    made: list[tuple[PluginPage, Page]] = []
    owners: dict[str, Plugin | None] = {_address(uri): None for uri in taken}
    for plugin in plugins("pages"):
        for page in _made_by(plugin, context.corpus):
            if not _URI.fullmatch(page.uri):
                raise plugin.error(f"`{page.uri}` is no uri of a page, such as `costs/index.md`")
            address = _address(page.uri)
            if address in owners:
                raise plugin.taken(f"the address of the page `{page.uri}`", owners[address])
            owners[address] = plugin
            made.append((page, _as_page(page, context)))
    return made


def with_plugin_pages(menu: Menu, pages: Iterable[PluginPage]) -> Menu:
    """A menu with the pages of plug-ins at the end of their headings."""
    entries = {heading: list(inside) for heading, inside in menu}
    for page in pages:
        if page.in_menu:
            entries.setdefault(page.menu or page.title, []).append((page.uri, page.title))
    return tuple((heading, tuple(inside)) for heading, inside in entries.items())


def _address(uri: str) -> str:
    """Where a page will be: `costs.md` and `costs/index.md` are one place."""
    return re.sub(r"(?:(?:^|/)index)?\.md$", "", uri)


def _made_by(plugin: Plugin, corpus: Corpus) -> list[PluginPage]:
    make: Callable[[Corpus], Iterable[PluginPage]] = plugin.load()  # type: ignore[assignment] # what it makes is checked below
    with plugin.blamed():
        pages = list(make(corpus))
    for page in pages:
        if not isinstance(page, PluginPage):
            raise plugin.error(f"it made a {type(page).__name__} where a PluginPage is expected")
    return pages


def _as_page(page: PluginPage, context: SiteContext) -> Page:
    return Page(
        uri=page.uri,
        title=page.title,
        description=page.description,
        template="plugin-page.html",
        context={"site": context, "title": page.title, "html": Markup(page.html)},  # noqa: S704 - a trusted package's
        updated=context.updated,
    )
