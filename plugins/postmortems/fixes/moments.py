"""The form of moments, where it leaves no doubt which one is meant. A missing offset is never guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortems.fixes.edits import Edit, FixKind, texts
from postmortems.source import MomentError, parse_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.source import Shape, Source

_NEARLY = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[Tt]| +)(?P<clock>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)"
    r" *(?:(?P<utc>Z|UTC|GMT)|(?P<sign>[+-])(?P<hours>\d{2})(?::?(?P<minutes>\d{2}))?)\Z",
    re.ASCII | re.IGNORECASE,
)


def moments(source: Source, shape: Shape) -> Iterator[Edit]:
    """Moments with a space for the T, with `UTC` for the Z, or with an offset such as `+0200`."""
    for text in texts(source):
        if "moment" in shape.at(text.pointer).formats:
            written = in_form(text.value)
            if written and written != text.value:
                yield text.edit(FixKind.MOMENT, written)


def in_form(text: str) -> str:
    """A moment in the form that records use; empty where it is not sure which moment is meant, or it is none."""
    match = _NEARLY.match(text)
    if not match:
        return ""
    offset = "Z" if match["utc"] else f"{match['sign']}{match['hours']}:{match['minutes'] or '00'}"
    if offset == "-00:00" and "-00:00" not in text:  # says that the offset is not known
        return ""
    written = f"{match['day']}T{match['clock']}{offset}"
    try:
        parse_moment(written)
    except MomentError:
        return ""
    return written
