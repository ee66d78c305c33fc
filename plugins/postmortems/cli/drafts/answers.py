"""The answers from which a draft is made, and where they put it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from postmortems.cli.drafts.scalars import one_line

_MAX_SLUG = 60


@dataclass(frozen=True, slots=True)
class Answers:
    """One text for each question, empty where it is open; they are asked in this order."""

    title: str = ""
    date: str = ""
    slug: str = ""
    provenance: str = ""
    organisation: str = ""
    severity: str = ""
    services: tuple[str, ...] = ()
    trigger: str = ""
    started: str = ""
    detected: str = ""
    detection: str = ""
    summary: str = ""
    tlp: str = ""

    def having(self, name: str, text: str) -> Answers:
        """These answers and one more, as it was typed; services stand apart by commas or spaces."""
        if name == "services":
            return replace(self, services=tuple(dict.fromkeys(filter(None, re.split(r"[,\s]+", text)))))
        if name in {"severity", "provenance", "trigger", "detection"}:
            text = text.lower()
        return replace(self, **{name: text.upper() if name == "tlp" else one_line(text)})  # type: ignore[arg-type] # the other fields are all texts

    @property
    def id(self) -> str:
        """The id of the post-mortem."""
        return f"{self.date}-{self.slug}"

    @property
    def path(self) -> str:
        """Its place in the knowledge base."""
        return f"incidents/{self.date[:4]}/{self.id}.md"


def slug_of(title: str) -> str:
    """A slug from a title: its letters and digits in ASCII, lower case, cut at the end of a word."""
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]", "", title.casefold()))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > _MAX_SLUG:
            break
        slug = f"{slug}-{word}" if slug else word[:_MAX_SLUG]
    # A name needs a letter, or its end would read as part of the date.
    return slug if re.search("[a-z]", slug) else f"incident-{slug}".rstrip("-")
