"""The input of every export: a corpus for one audience, a time and the site's address."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from postmortems.texts import _, load_texts
from postmortems.withheld_references import WithheldReferences, hide_references

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from postmortems.conventions import Conventions
    from postmortems.corpus import Corpus
    from postmortems.record import Postmortem
    from postmortems.texts import Texts

# Ids of entries and events are made from names alone, so that they survive a move of the site.
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:postmortems:export")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the site is: `top` is its absolute address with a slash at the end, empty where it is not known.

    `folders` is true where the page `x.md` comes out at `x/`, false where it comes out at `x.html`.
    """

    top: str = ""
    folders: bool = True

    @classmethod
    def of(cls, site_url: str | None, *, folders: bool = True) -> Addresses:
        """The addresses of a site by its own address, which may lack the last slash or be missing."""
        return cls(f"{site_url.rstrip('/')}/" if site_url else "", folders)

    def page(self, uri: str) -> str:
        """The address of a page by its uri: relative to the top of the site where that is not known."""
        place = uri.removesuffix(".md")
        folder, _, name = place.rpartition("/")
        if name in {"index", "README"}:
            place = f"{folder}/" if folder else ""
            return self.file(place if self.folders else f"{place}index.html")
        return self.file(f"{place}/" if self.folders else f"{place}.html")

    def file(self, place: str) -> str:
        """The address of a file by its place on the site."""
        return urljoin(self.top, quote(place)) if self.top else quote(place)


@dataclass(frozen=True)
class ExportContext:
    """The corpus of one audience with its conventions, the time it is told for, and where the site is."""

    corpus: Corpus
    conventions: Conventions
    as_of: datetime
    addresses: Addresses = Addresses()

    @cached_property
    def records(self) -> Mapping[str, Postmortem]:
        """The records by id, newest first; withdrawn ones are in no export."""
        return {record.id: record for record in self.corpus.records}

    def prose(self, record: Postmortem) -> str:
        """A record's narrative in Markdown, without what leads to withdrawn records."""
        withdrawn = frozenset(other.id for other in self.corpus.tombstones)
        return hide_references(record.body, WithheldReferences(withheld=withdrawn)).strip()

    @property
    def organisation(self) -> str:
        """Whose knowledge base it is."""
        return self.conventions.policy.organisation

    @property
    def licence(self) -> str:
        """The terms of use; empty if the policy names none."""
        return self.conventions.policy.licence

    @property
    def title(self) -> str:
        """The title of feeds."""
        return _("Lessons from incidents: %(organisation)s") % {"organisation": self.organisation}

    @property
    def texts(self) -> Texts:
        """The words of the interface, which stand in files for people."""
        return load_texts(self.conventions.policy.language, self.conventions.texts)

    def page(self, record: Postmortem) -> str:
        """The address of a record's page."""
        return self.addresses.page(record.source.path)

    def urn(self, *names: str) -> str:
        """A stable id for these names within this knowledge base."""
        return uuid.uuid5(_NAMES, "\n".join((self.organisation, *names))).urn


def updated(record: Postmortem) -> date | None:
    """The day a record last changed: its newest amendment, else its publication."""
    return max((amendment.date for amendment in record.amended), default=record.published)
