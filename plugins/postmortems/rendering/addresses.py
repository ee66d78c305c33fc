"""Addresses made from names that people chose freely: short, the same each time, and never two for one."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

from postmortems.record.naming import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from postmortems.analysis.statistics.service_keys import ServiceKey

# Names that would be the listing of a folder, or that Windows keeps for itself.
_TAKEN = re.compile(r"(index|readme|con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z")


def slugs(texts: Iterable[str]) -> dict[str, str]:
    """A slug for each text. Those that would share one, or may not stand alone, get a part that is only theirs.

    That part depends on the text alone: an address stays as it is until a namesake comes, and after that for good.
    """
    made = {text: slug(text, dots=True) or "x" for text in texts}
    shared = Counter(made.values())
    return {
        text: f"{slug_of_text}-{_mark(text)}"
        if _TAKEN.match(slug_of_text) or (shared[slug_of_text] > 1 and slug_of_text != text)
        else slug_of_text
        for text, slug_of_text in made.items()
    }


def service_uris(keys: Iterable[ServiceKey]) -> Mapping[ServiceKey, str]:
    """Where the pages of services lie: one's own in `services/`, others' in a folder of their organisation."""
    kept = list(keys)
    folders = slugs(dict.fromkeys(key.organisation for key in kept if not key.is_own))
    names = {
        organisation: slugs(key.name for key in kept if key.organisation == organisation)
        for organisation in dict.fromkeys(key.organisation for key in kept)
    }
    return {
        key: "/".join(
            (
                "services",
                *([folders[key.organisation]] if not key.is_own else []),
                names[key.organisation][key.name],
            )
        )
        + ".md"
        for key in kept
    }


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]
