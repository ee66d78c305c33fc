"""What the tests of exports share: records, and all files that are made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from postmortems.exports import FORMATS, ExportContext, Tables
from sites import BARE, EVERYTHING, PROSE, incident

MakeEdition = Callable[..., ExportContext]

# Example Bank in full, a bare one, and one retold from others.
FILES = {
    "incidents/2026/2026-03-31-everything.md": incident(base=EVERYTHING, body=PROSE),
    "incidents/2026/2026-01-02-bare.md": incident(base=BARE),
    "incidents/2019/2019-07-retold.md": incident(
        {
            "provenance": "public-report",
            "organisation": "Someone else",
            "services": ["dns"],
            "published": "2026-01-03",
            "sources": [{"url": "https://status.example.org/1", "kind": "primary"}],
            "times": {"started": "2019-07", "recovered": "2019-08-01"},
            "no_actions_reason": None,
            "actions": [{"id": "A1", "title": "Mend it", "due": "next year"}],
        }
    ),
}


def all_files(context: ExportContext) -> Iterator[tuple[str, bytes]]:
    """Every file of every format, by its place on a site."""
    tables = Tables(context)
    for format_ in FORMATS.values():
        for place, make in format_.on_site(tables).items():
            yield place, make()
