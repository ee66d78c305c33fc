"""`llms.txt`: what is here, for language models and whoever else reads text: one link a line (llmstxt.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.exports.entries import about
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.exports.export_context import ExportContext

MOST = 500
"""How many incidents are listed, the newest: a model has to read the whole file."""

_PAGES = (
    (
        "precedents/index.md",
        N_("Before a change"),
        N_("what went wrong for others before a change of this kind, and what helped"),
    ),
    ("lessons/index.md", N_("Lessons"), N_("what worked, what to improve, and where luck helped")),
    ("factors/index.md", N_("Factors"), N_("causes and conditions by how often they occur")),
    ("method/index.md", N_("Method"), N_("how every figure is defined")),
    ("data/index.md", N_("Data"), N_("all files, and what each column means")),
)
_FILES = (
    ("data/incidents.json", N_("All incidents"), N_("one row each, with the address of its page")),
    ("data/actions.json", N_("All actions"), N_("what was decided, and how far it is")),
    ("data/export.schema.json", N_("Schema"), N_("what each field means")),
)


def llms(context: ExportContext) -> bytes:
    """The file. Links are relative to the top of the site where its address is not known."""
    return "\n".join(_lines(context)).encode()


def _lines(context: ExportContext) -> Iterator[str]:
    addresses, records = context.addresses, list(context.records.values())
    yield from (f"# {context.title}", "", f"> {about(context)}", "")
    yield _(
        "Unknown is not zero: figures count only what a post-mortem says. Public reports of other "
        "organisations are a selection, and say nothing about how often such incidents happen."
    )
    yield from _section(_("Pages"))
    for uri, title, words in _PAGES:
        yield f"- [{_(title)}]({addresses.page(uri)}): {_(words)}"
    yield from _section(_("Data"))
    for place, title, words in _FILES:
        yield f"- [{_(title)}]({addresses.file(place)}): {_(words)}"
    if len(records) > MOST:
        shown = {"n": f"{MOST:,}", "all": f"{len(records):,}"}
        yield from _section(_("Incidents, the newest %(n)s of %(all)s") % shown)
    elif records:
        yield from _section(_("Incidents"))
    for record in records[:MOST]:
        yield f"- [{_bare(record.title)}]({addresses.file(record.source.path)}): {_bare(record.summary)}"
    yield ""


def _section(title: str) -> tuple[str, str, str]:
    return "", f"## {title}", ""


def _bare(text: str) -> str:
    """A text on one line, without what would end a link's words."""
    return " ".join(text.split()).replace("[", "(").replace("]", ")").replace("<", "&lt;")
