"""How a post-mortem is cited: ready to be pasted, and where it retells others, with their report first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.exports.export_context import updated
from postmortems.rendering.formatting import day, partial_day, upper_first
from postmortems.rendering.labels import word
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.record import Postmortem, Reference
    from postmortems.rendering.context import SiteContext

# From the organisation's own report to what others tell of it.
_KINDS = ("primary", "excerpt", "quoted", "secondary")


@dataclass(frozen=True, slots=True)
class Citation:
    """What to cite, in this order: `sources` is empty but for a retold incident, `own` is the post-mortem itself.

    `address` is that of its page, empty where the site does not know where it will lie.
    """

    sources: tuple[str, ...]
    own: str
    address: str

    @property
    def text(self) -> str:
        """All of it to be copied; a page may add its own address to the end where that is not known."""
        return "\n\n".join((*self.sources, f"{self.own} {self.address}".rstrip()))


def citation(context: SiteContext, record: Postmortem) -> Citation:
    """The citation of a post-mortem by its organisation, title, site, day of publication and newest amendment.

    A retold incident is cited by those of its sources that are nearest to the organisation's own report, then by
    this retelling: what happened is their account.
    """
    retold = record.provenance == "public-report"
    named = context.addresses.top and context.addresses.page(record.source.path)
    return Citation(
        tuple(map(_source, _nearest(record.sources))) if retold else (),
        " ".join(_own(context, record, retold=retold)),
        named,
    )


def _nearest(sources: tuple[Reference, ...]) -> list[Reference]:
    """The sources of the best kind that there is."""
    best = min((_rank(source) for source in sources), default=0)
    return [source for source in sources if _rank(source) == best]


def _rank(source: Reference) -> int:
    return _KINDS.index(source.kind) if source.kind in _KINDS else len(_KINDS)


def _source(source: Reference) -> str:
    parts_of_title = {"title": source.title, "kind": word(source.kind)}
    parts = [
        _("“%(title)s” (%(kind)s).") % parts_of_title
        if source.title
        else f"{upper_first(parts_of_title['kind'])}."
    ]
    if source.retrieved:
        parts.append(_("Read %(day)s.") % {"day": day(source.retrieved)})
    return " ".join((*parts, source.url))


def _own(context: SiteContext, record: Postmortem, *, retold: bool) -> Iterator[str]:
    parts = {
        "organisation": record.organisation,
        "title": record.title,
        "date": partial_day(record.date_text),
        "site": context.origin.name or context.organisation,
    }
    if retold:
        yield _("“%(title)s”: incident at %(organisation)s, %(date)s, retold from public sources.") % parts
    else:
        yield _("%(organisation)s: “%(title)s”. Post-mortem of the incident of %(date)s.") % parts
    yield f"{parts['site']}."
    if record.status == "draft":
        yield _("Draft, not published.")
    elif record.status == "in-review":
        yield _("In review.")
    if record.published:
        yield _("Published %(day)s.") % {"day": day(record.published)}
    if record.amended and (amended := updated(record)):
        yield _("Last amended %(day)s.") % {"day": day(amended)}
    if record.tlp != "CLEAR":
        yield f"TLP:{record.tlp}."
