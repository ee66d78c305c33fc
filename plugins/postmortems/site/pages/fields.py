"""Fields: what may be written in a record, as `postmortems schema --output-format markdown` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.rules.field_reference import field_reference
from postmortems.site.pages.rules import rule_uri
from postmortems.site.tree import Page

if TYPE_CHECKING:
    from postmortems.conventions import Conventions


def page(conventions: Conventions) -> Page:
    """The reference of all fields."""
    return Page(
        uri="method/fields.md",
        title="Fields",
        description="Every field of a post-mortem: what it means, what may stand in it, which records need it.",
        template="fields.html",
        context={"reference": field_reference(conventions), "rule_uri": rule_uri},
        section="method/index.md",
    )
