"""Search: a page of its own with facets, for sites that are too large for the theme's search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.site.facets import facets
from postmortems.site.tree import Page
from postmortems.texts import _

if TYPE_CHECKING:
    from postmortems.rendering.context import SiteContext

URI = "search/index.md"


def has_search_page(context: SiteContext) -> bool:
    """Whether there are as many post-mortems as the policy asks for."""
    return len(context.records) >= context.conventions.policy.search_switch_at


def pages(context: SiteContext) -> list[Page]:
    """The page, from as many post-mortems on as the policy says."""
    if not has_search_page(context):
        return []
    return [
        Page(
            uri=URI,
            title=_("Search"),
            description=_("Find words in all post-mortems, lessons and guides, and narrow them down."),
            template="search.html",
            context={"site": context, "facets": facets(context, context.records)},
            searchable=False,
            contents=False,
        )
    ]
