"""What the organisation's own fields hold: a plain value, or a list of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from postmortems.source.access import text

if TYPE_CHECKING:
    from postmortems.source import Value

OwnValue: TypeAlias = "str | int | float | bool | tuple[str, ...]"


def own_value(value: Value) -> OwnValue:
    """The value of a field that has passed its schema."""
    if isinstance(value, list):
        return tuple(_text(entry) for entry in value)
    return value if isinstance(value, bool | int | float) else text(value)


def own_texts(value: OwnValue) -> tuple[str, ...]:
    """The value as texts, each alone where there are several."""
    return value if isinstance(value, tuple) else (_text(value),)


def _text(value: Value) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else text(value)
