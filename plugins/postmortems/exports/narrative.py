"""The narrative for export, without links to post-mortems that are not exported.

A page of the site drops such a link as it is converted; here the Markdown itself is given away. What is not among
the records is never named, so nothing here needs to know what is withheld.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Container

    from postmortems.exports.export_context import ExportContext
    from postmortems.record import Postmortem

# The look ahead for a letter is bounded, as ids are, or a long row of digits would take its square in time.
_ID = re.compile(r"(?<![0-9A-Za-z])\d{4}(?:-\d{2}){0,2}-(?=[\d-]{0,120}[a-z])[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_WORD = re.compile(r"[^\s<>\"'`()\[\]]+")
_INLINE = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(<?([^\s()<>]*)>?(?:\s[^()]*)?\)")
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]]+)\]: *<?([^\s<>]+)>?.*\n?", re.MULTILINE)
_BY_LABEL = re.compile(r"!?\[([^\[\]]*)\](?:\[([^\[\]]*)\])?")


def narrative(context: ExportContext, record: Postmortem) -> str:
    """The body of a record in Markdown, links to records that are not exported replaced by their text."""
    body = record.body.strip()
    if not _ID.search(unquote(body)):
        return f"{body}\n" if body else ""
    here = context.records
    body = _INLINE.sub(lambda link: link[1] if _is_elsewhere(link[2], here) else link[0], body)
    gone = {
        _label(definition[1]) for definition in _DEFINITION.finditer(body) if _is_elsewhere(definition[2], here)
    }
    if gone:
        body = _DEFINITION.sub(lambda definition: "" if _label(definition[1]) in gone else definition[0], body)
        body = _BY_LABEL.sub(lambda link: link[1] if _label(link[2] or link[1]) in gone else link[0], body)
    return _WORD.sub(lambda word: "" if _is_path_elsewhere(word[0], here) else word[0], body).strip() + "\n"


def _is_elsewhere(address: str, here: Container[str]) -> bool:
    """Whether an address is the path of a post-mortem, or of something in its folder, that is not here."""
    path = unquote(address)
    return "://" not in path and any(record_id not in here for record_id in _ID.findall(path))


def _is_path_elsewhere(word: str, here: Container[str]) -> bool:
    """Whether a word that is no link of Markdown is such a path, as in HTML or code."""
    return ("/" in word or ".md" in word) and _is_elsewhere(word, here)


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()
