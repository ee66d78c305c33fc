"""`llms.txt`: what is here, for language models and whoever else reads text: one link a line (llmstxt.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.exports.entries import about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.exports.edition import Edition

MOST = 500
"""How many incidents are listed, the newest: a model has to read the whole file."""

_PAGES = (
    (
        "precedents/index.md",
        "Before a change",
        "what went wrong for others before a change of this kind, and what helped",
    ),
    ("lessons/index.md", "Lessons", "what worked, what to improve, and where luck helped"),
    ("factors/index.md", "Factors", "causes and conditions by how often they occur"),
    ("method/index.md", "Method", "every definition behind the figures"),
    ("data/index.md", "Data", "all files, and what each column means"),
)
_FILES = (
    ("data/incidents.json", "All incidents", "one row each, with the address of its page"),
    ("data/actions.json", "All actions", "what was decided, and how far it is"),
    ("data/export.schema.json", "Schema", "what each field means"),
)


def llms(edition: Edition) -> bytes:
    """The file. Links are relative to the top of the site where its address is not known."""
    return "\n".join(_lines(edition)).encode()


def _lines(edition: Edition) -> Iterator[str]:
    addresses, records = edition.addresses, list(edition.records.values())
    yield from (f"# {edition.title}", "", f"> {about(edition)}", "")
    yield "Unknown is not zero: what a post-mortem does not say is left out. Public reports of other"
    yield "organisations are a selection, and say nothing about how often such incidents happen."
    yield from ("", "## Pages", "")
    for uri, title, words in _PAGES:
        yield f"- [{title}]({addresses.page(uri)}): {words}"
    yield from ("", "## Data", "")
    for place, title, words in _FILES:
        yield f"- [{title}]({addresses.file(place)}): {words}"
    if records:
        more = f", the newest {MOST:,} of {len(records):,}" if len(records) > MOST else ""
        yield from ("", f"## Incidents{more}", "")
    for record in records[:MOST]:
        yield f"- [{_bare(record.title)}]({addresses.file(record.source.path)}): {_bare(record.summary)}"
    yield ""


def _bare(text: str) -> str:
    """A text on one line, without what would end a link's words."""
    return " ".join(text.split()).replace("[", "(").replace("]", ")").replace("<", "&lt;")
