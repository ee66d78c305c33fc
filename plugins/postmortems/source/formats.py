"""The formats that the schemas add to JSON Schema's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.source.moment import MomentError, parse_date, parse_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Each raises MomentError with a message for the author if a text does not match the format.
FORMATS: Mapping[str, Callable[[str], object]] = {"date": parse_date, "moment": parse_moment}

_DAY = r"(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"  # one that every month has
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
# Patterns that need no calendar: they match most values.
PLAINLY = {
    "date": rf"^[12][0-9]{{3}}-{_DAY}$",
    "moment": rf"^[12][0-9]{{3}}-{_DAY}(?:T{_CLOCK}(?::[0-5][0-9])?(?:Z|[+-]{_CLOCK}))?$",
}


def has_format(name: str, value: object) -> bool:
    """Whether a value matches a format; anything but text does."""
    try:
        return not isinstance(value, str) or bool(FORMATS[name](value))
    except MomentError:
        return False
