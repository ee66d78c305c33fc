"""The answers from which a draft is made, and where they put it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from postmortems.cli.drafts.scalars import one_line
from postmortems.record.naming import slug


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
        return replace(self, **{name: one_line(text)})  # type: ignore[arg-type] # the other fields are all texts

    @property
    def id(self) -> str:
        """The id of the post-mortem."""
        return f"{self.date}-{self.slug}"

    @property
    def path(self) -> str:
        """Its place in the knowledge base."""
        return f"incidents/{self.date[:4]}/{self.id}.md"


def slug_of(title: str) -> str:
    """The end of an id, made from a title: with a letter, or it would read as part of the date."""
    made = slug(title)
    return made if re.search("[a-z]", made) else f"incident-{made}".rstrip("-")
