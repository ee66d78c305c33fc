"""Typed access to values that passed their schema; absent values read as empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmortems.source.source import Value


def mapping(value: Value) -> dict[str, Value]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Value) -> list[Value]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: Value) -> str:
    """The value as text, stripped; empty where it is absent."""
    if isinstance(value, str):  # nearly always, so first
        return value.strip()
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def texts(value: Value) -> tuple[str, ...]:
    """The texts of a list."""
    return tuple(text(item) for item in items(value))


def flag(value: Value) -> bool:
    """Whether the value is true."""
    return value is True


def number(value: Value) -> float | None:
    """The value if it is a number, else None."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def whole(value: Value) -> int | None:
    """The value as a whole number, where it is one; 1e3 is one too."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
