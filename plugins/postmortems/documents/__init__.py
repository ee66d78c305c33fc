"""Sheets for people in a room: one content, written as a page of the site, as Markdown, or as HTML of its own."""

from postmortems.documents.document import (
    Block,
    Bullets,
    Checks,
    Document,
    Fold,
    Grid,
    Paragraph,
    Phrase,
    Room,
    Section,
    Words,
)
from postmortems.documents.markdown import as_markdown
from postmortems.documents.plain_data import as_data
from postmortems.documents.standalone_html import BRIEF, SHEET, as_html

__all__ = [
    "BRIEF",
    "SHEET",
    "Block",
    "Bullets",
    "Checks",
    "Document",
    "Fold",
    "Grid",
    "Paragraph",
    "Phrase",
    "Room",
    "Section",
    "Words",
    "as_data",
    "as_html",
    "as_markdown",
]
