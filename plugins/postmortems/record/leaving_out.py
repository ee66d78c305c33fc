"""Remove parts from a record's fields, and whatever makes no sense without them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postmortems.source.access import mapping

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from postmortems.source import Pointer, Shape, Value


@dataclass(slots=True)
class Remainder:
    """The fields of a record that remain.

    `gone` are the pointers of what is not in them, each as it was before. `places` tells of each list that lost
    entries where those that are left stood in it.
    """

    meta: dict[str, Value] = field(default_factory=dict)
    gone: list[Pointer] = field(default_factory=list)
    places: dict[Pointer, list[int]] = field(default_factory=dict)

    def before(self, pointer: Pointer) -> Pointer:
        """The original pointer of a remaining value."""
        old: Pointer = ()
        for step in pointer:
            places = self.places.get(old) if isinstance(step, int) else None
            old = (*old, places[step] if places and isinstance(step, int) else step)
        return old


def leave_out(parts: Collection[Pointer], meta: Mapping[str, Value], shape: Shape) -> Remainder:
    """Copy the fields without some parts, and without mappings that would then lack a required key."""
    left = Remainder()
    left.meta = mapping(_rest_of(dict(meta), parts, shape, (), left))
    return left


def _rest_of(value: Value, parts: Collection[Pointer], shape: Shape, pointer: Pointer, left: Remainder) -> Value:
    """A copy of what remains of a value; None if nothing useful does."""
    rest: Value = value
    if pointer in parts:
        rest = _stand_in(pointer)
        left.gone.append(pointer)
    elif isinstance(value, dict):
        copies = ((key, _rest_of(value[key], parts, shape.child(key), (*pointer, key), left)) for key in value)
        kept: dict[str, Value] = {key: copy for key, copy in copies if copy is not None}
        empty = bool(value) and not kept
        lacks = empty or not shape.required_keys <= kept.keys()
        rest = kept if not (lacks and pointer) else None
    elif isinstance(value, list):
        entries = [_rest_of(inner, parts, shape.item(), (*pointer, i), left) for i, inner in enumerate(value)]
        places = [i for i, entry in enumerate(entries) if entry is not None]
        if len(places) < len(value):
            left.places[pointer] = places
        rest = [entries[i] for i in places] if places or not value else None
    if rest is None and pointer not in parts:
        left.gone.append(pointer)
    return rest


def _stand_in(pointer: Pointer) -> Value:
    """The stand-in for a removed field whose default would say something about it."""
    match pointer:
        case ("actions", _, "status"):
            return "not-stated"
        case ("lessons", _, "about"):
            return []
    return None
