"""The fields of a record without some of their parts, and without what makes no sense once these are gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postmortems.source.access import mapping

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from postmortems.source import Pointer, Shape, Value


@dataclass(slots=True)
class Remainder:
    """What is left of the fields of a record.

    `gone` are the pointers of what is not in them, each as it was before. `places` tells of each list that lost
    entries where those that are left stood in it.
    """

    meta: dict[str, Value] = field(default_factory=dict)
    gone: list[Pointer] = field(default_factory=list)
    places: dict[Pointer, list[int]] = field(default_factory=dict)

    def before(self, pointer: Pointer) -> Pointer:
        """Where something that is left stood before."""
        old: Pointer = ()
        for step in pointer:
            places = self.places.get(old) if isinstance(step, int) else None
            old = (*old, places[step] if places and isinstance(step, int) else step)
        return old


def leave_out(parts: Collection[Pointer], meta: Mapping[str, Value], shape: Shape) -> Remainder:
    """Copy the fields without some parts, and without the mappings that would lack what their shape requires."""
    left = Remainder()
    left.meta = mapping(_rest_of(dict(meta), parts, shape, (), left))
    return left


def _rest_of(value: Value, parts: Collection[Pointer], shape: Shape, pointer: Pointer, left: Remainder) -> Value:
    """A copy of a value; None where nothing is left of it that would make sense."""
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
    """What stands in for a field whose default would be a statement about what is left out."""
    match pointer:
        case ("actions", _, "status"):
            return "not-stated"
        case ("lessons", _, "about"):
            return []
    return None
