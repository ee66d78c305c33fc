"""Fields: what may be written in a record, as `postmortems schema --output-format markdown` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.rules.reference.field_reference import field_reference
from postmortems.site.pages.reference.rules import rule_uri
from postmortems.site.tree import Page
from postmortems.texts import _

if TYPE_CHECKING:
    from postmortems.rendering.context import SiteContext


def page(context: SiteContext) -> Page:
    """The reference of all fields."""
    return Page(
        uri="method/fields.md",
        title=_("Fields"),
        description=_("Every field of a post-mortem: what it means, what may stand in it, which records need it."),
        template="reference/fields.html",
        context={"site": context, "reference": field_reference(context.conventions), "rule_uri": rule_uri},
        section="method/index.md",
    )
