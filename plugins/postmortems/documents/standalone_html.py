"""A document as an HTML file of its own, which needs nothing beside it and prints on A4."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from postmortems.rendering.render import render
from postmortems.texts import spoken_language

if TYPE_CHECKING:
    from postmortems.documents.document import Document


SHEET, BRIEF = "pm-sheet", "pm-brief"
"""How a document is laid out: with room to write in, or as much as one page holds."""


def as_html(document: Document, layout: str = SHEET) -> str:
    """Write a document as one HTML file, its style within it."""
    style = files("postmortems.documents").joinpath("standalone.css").read_text(encoding="utf-8")
    given = {
        "document": document,
        "language": spoken_language(),
        "layout": layout,
        "style": Markup(style),  # noqa: S704 - a file of ours
    }
    return render("standalone.html", given, lambda _uri: "").html.lstrip()
