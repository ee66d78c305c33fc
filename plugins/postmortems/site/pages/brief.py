"""Leadership brief: the last quarter that is over, and a page for each earlier one that has something to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.brief.brief import Briefs
from postmortems.analysis.brief.published import published_in, quarters_of_publication
from postmortems.analysis.statistics.scope import own
from postmortems.documents.brief import own_brief, retold_brief
from postmortems.documents.brief.pieces import quarter_name
from postmortems.site.tree import Page
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortems.analysis.statistics.quarters import Quarter
    from postmortems.documents import Document
    from postmortems.rendering.context import SiteContext
    from postmortems.site.causes import Causes

INDEX = "brief/index.md"
_EARLIER = 24


def brief_of(context: SiteContext, briefs: Briefs, quarter: Quarter) -> Document:
    """The brief of a quarter: of own incidents where there are any at all, else of what was retold."""
    if own(context.records, context.conventions.policy):
        return own_brief(briefs.of(quarter), context)
    return retold_brief(published_in(context.records, quarter), context)


def pages(context: SiteContext, causes: Causes) -> Iterator[Page]:
    """The brief of the last quarter, and those of earlier ones, newest first."""
    briefs = Briefs(context.records, context.conventions.policy, context.as_of, causes.repeating)
    quarters = briefs.earlier
    if not own(context.records, context.conventions.policy):
        quarters = tuple(quarter for quarter in quarters_of_publication(context.records) if quarter < briefs.last)
    earlier = [(quarter, f"brief/{quarter}.md") for quarter in quarters[:_EARLIER]]
    title = _("Leadership brief")
    yield _page(context, INDEX, title, briefs, briefs.last, earlier)
    for quarter, uri in earlier:
        name = quarter_name(quarter)
        yield _page(context, uri, _("Leadership brief, %(quarter)s") % {"quarter": name}, briefs, quarter, ())


def _page(  # noqa: PLR0913, PLR0917 - what a page is made of
    context: SiteContext,
    uri: str,
    title: str,
    briefs: Briefs,
    quarter: Quarter,
    earlier: Sequence[tuple[Quarter, str]],
) -> Page:
    description = _("What leadership has to know of %(quarter)s, on one printed page.")
    return Page(
        uri=uri,
        title=title,
        description=description % {"quarter": quarter_name(quarter)},
        template="brief.html",
        context={
            "site": context,
            "document": brief_of(context, briefs, quarter),
            "earlier": [(quarter_name(other), link) for other, link in earlier],
            "quarter": str(quarter),
            "own": bool(own(context.records, context.conventions.policy)),
            "index": "" if uri == INDEX else INDEX,
        },
        section="" if uri == INDEX else INDEX,
        updated=context.updated,
        searchable=uri == INDEX,
    )
