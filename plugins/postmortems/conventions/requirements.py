"""Required fields by status, provenance and severity, read from a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from postmortems.source.access import items, mapping, text, texts

if TYPE_CHECKING:
    from postmortems.source import Source


class Requirement(NamedTuple):
    """A field that a record needs. Empty `provenance` or `status` mean all; `review` is any, full or small.

    `unless` names fields any of which stands in for it; `always` makes it an error in drafts too.
    """

    code: str
    field: str
    why: str
    provenance: frozenset[str]
    status: frozenset[str]
    review: str
    unless: tuple[str, ...]
    always: bool

    def applies_to(self, *, provenance: str, status: str, full_review: bool) -> bool:
        """Whether a record of this kind needs the field."""
        return (
            (not self.provenance or provenance in self.provenance)
            and (not self.status or status in self.status)
            and (self.review == "any" or (self.review == "full") == full_review)
        )


def build_requirements(source: Source) -> tuple[Requirement, ...]:
    """Make the table of a file that has passed its schema."""
    rows = (mapping(row) for row in items(source.meta.get("requirements")))
    return tuple(
        Requirement(
            code=text(row.get("code")),
            field=text(row.get("field")),
            why=text(row.get("why")),
            provenance=frozenset(texts(row.get("provenance"))),
            status=frozenset(texts(row.get("status"))),
            review=text(row.get("review")) or "any",
            unless=texts(row.get("unless")),
            always=row.get("always") is True,
        )
        for row in rows
    )
