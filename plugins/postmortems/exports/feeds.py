"""The feeds: Atom (RFC 4287) and JSON Feed 1.1, with the same entries under the same ids.

Ids are made from names, so that a feed stays the same to its readers wherever the site moves. Where the site's
address is not known, Atom's links are relative to the feed, and JSON Feed, which knows no relative ones, has none.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from postmortems.exports.entries import about, entries, last_change
from postmortems.exports.rows import instant

if TYPE_CHECKING:
    from datetime import datetime

    from postmortems.exports.entries import Entry
    from postmortems.exports.export_context import ExportContext

_NOT_IN_XML = {
    0xFFFE: 0xFFFD,
    0xFFFF: 0xFFFD,
}  # no characters to XML; the others that are none, no record can hold


def atom(context: ExportContext) -> bytes:
    """The Atom feed."""
    from feedgenerator import Atom1Feed

    newest = entries(context)
    changed = last_change(context, newest)

    class _Feed(Atom1Feed):  # type: ignore[misc] # feedgenerator is untyped
        def latest_post_date(self) -> datetime:
            """The library would say now where the feed is empty, and no two builds were the same."""
            return changed

    feed = _Feed(
        title=context.title,
        link=context.addresses.top or "./",
        description=about(context),
        language=context.conventions.policy.language,
        author_name=context.organisation,
        feed_url=context.addresses.file("feed.xml"),
        feed_guid=context.urn("feed"),
        feed_copyright=context.licence or None,
    )
    for entry in newest:
        feed.add_item(
            title=entry.record.title,
            link=context.page(entry.record),
            description=entry.html,
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=entry.labels,
            author_name=entry.record.organisation,
        )
    return f"{feed.writeString('utf-8').translate(_NOT_IN_XML)}\n".encode()


def json_feed(context: ExportContext) -> bytes:
    """The JSON Feed."""
    known = bool(context.addresses.top)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": context.title,
        **(
            {"home_page_url": context.addresses.top, "feed_url": context.addresses.file("feed.json")}
            if known
            else {}
        ),
        "description": about(context),
        "language": context.conventions.policy.language,
        "authors": [{"name": context.organisation}],
        "items": [_item(context, entry, known=known) for entry in entries(context)],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _item(context: ExportContext, entry: Entry, *, known: bool) -> dict[str, object]:
    record = entry.record
    return {
        "id": entry.id,
        **({"url": context.page(record)} if known else {}),
        "title": record.title,
        "content_html": entry.html,
        "summary": record.summary,
        "date_published": instant(entry.published),
        "date_modified": instant(entry.updated),
        "authors": [{"name": record.organisation}],
        "tags": [*entry.labels],
        "_postmortems": {"about": "The id in data/incidents.json.", "id": record.id},
    }
