"""The id of a post-mortem: the stem of its file, `YYYY[-MM[-DD]]-slug`, or the name of its folder."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePath

# The slug contains a letter: `2026-03-31` is a date, not March with the slug `31`.
_ID = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?-(?=[\d-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*\Z", re.ASCII)
MAX_LENGTH = 120
_LONGEST_SLUG = 60


def record_id_of(path: PurePath) -> str:
    """The id that a file's place gives it."""
    return path.parent.name if path.name == "index.md" else path.stem


def is_record_id(text: str) -> bool:
    """Whether a text is an id: a date that exists, to the year, month or day, and a slug."""
    year, month, day = _date_parts(text)
    if not year or len(text) > MAX_LENGTH:
        return False
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def naming_fault(text: str) -> tuple[str, str]:
    """Why a text is not a valid id, and how to fix it."""
    named = f"the file name gives the id `{text[:MAX_LENGTH]}`"
    lower = text.lower()
    stranger = next((character for character in text if not character.isascii()), "")
    if stranger:
        name = unicodedata.name(stranger, "").lower()
        return (
            f"{named}, which contains U+{ord(stranger):04X}" + (f", {name}" if name else ""),
            "use letters a to z, digits and hyphens; other characters can look the same",
        )
    if len(text) > MAX_LENGTH:
        return f"{named}… of {len(text)} characters; at most {MAX_LENGTH} are allowed", "shorten it"
    if is_record_id(lower):
        return f"{named}, which has capital letters: not every system distinguishes them", f"name it {lower}.md"
    return (
        f"{named}, which is not of the form YYYY-MM-DD-slug",
        "name it by the incident's date and a few words, such as 2026-03-31-payments-certificate.md",
    )


def slug(text: str, *, dots: bool = False) -> str:
    """The words of a text in lower-case ASCII letters and digits, with hyphens between; it ends after a word.

    With `dots`, those within a word stay, as in `example.org`. Empty where nothing can be written so.
    """
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]", "", text)).casefold().encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+(?:\.[a-z0-9]+)*" if dots else r"[a-z0-9]+", plain)
    made = ""
    for word in words:
        if made and len(made) + 1 + len(word) > _LONGEST_SLUG:
            break
        made = f"{made}-{word}" if made else word[:_LONGEST_SLUG].rstrip(".")
    return made


def date_text_of(record_id: str) -> str:
    """The date that an id begins with, to the year, month or day; empty where it is not an id."""
    return "-".join(part for part in _date_parts(record_id) if part)


def _date_parts(text: str) -> tuple[str, str, str]:
    match = _ID.match(text)
    return (match[1], match[2] or "", match[3] or "") if match else ("", "", "")
