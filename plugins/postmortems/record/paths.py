"""Dotted paths into a record's fields, such as `impact.cost` or `actions.A2`, as authors write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortems.source import Pointer, Value


def pointers_of(value: Value, path: str) -> frozenset[Pointer]:
    """Where a path leads: nowhere, to one place, or to several entries that share an id.

    A step into a list is the id of an entry, an entry's own text, or its place counted from 1.
    """
    return frozenset(_walk(value, path.split("."), ()))


def _walk(value: Value, steps: Sequence[str], pointer: Pointer) -> Iterator[Pointer]:
    if not steps:
        yield pointer
        return
    head, *rest = steps
    if isinstance(value, dict) and head in value:
        yield from _walk(value[head], rest, (*pointer, head))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            name = entry.get("id") if isinstance(entry, dict) else entry
            if head in {name, str(index + 1)} if isinstance(name, str) else head == str(index + 1):
                yield from _walk(entry, rest, (*pointer, index))
