"""The formats that the schemas ask for, beyond what JSON Schema knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.source.moment import MomentError, parse_date, parse_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Each raises MomentError, with a message for the author, where a text is not of the format.
FORMATS: Mapping[str, Callable[[str], object]] = {"date": parse_date, "moment": parse_moment}


def has_format(name: str, value: object) -> bool:
    """Whether a value is of a format; what is no text is none of its business."""
    try:
        return not isinstance(value, str) or bool(FORMATS[name](value))
    except MomentError:
        return False
