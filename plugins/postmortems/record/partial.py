"""The valid part of a record whose file has errors, for further checks only.

It never reaches a corpus. What is left out of it is not absent from the file: `lacks` says what can't be told, so
that no finding rests on it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from postmortems.record.build import build_postmortem, written_out
from postmortems.record.leaving_out import leave_out
from postmortems.source import nearest
from postmortems.source.access import items, text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from postmortems.conventions import Conventions
    from postmortems.record.leaving_out import Remainder
    from postmortems.record.model import Postmortem
    from postmortems.source import Pointer, Source, Value

_STATUS: Pointer = ("status",)


class Partial(NamedTuple):
    """A record without its faulty parts.

    `lacks` are the pointers of these as they stand in the file, with those of what a mistyped key was meant for.
    `accepted` are words that the file has under that key, codes of rules among them.
    """

    record: Postmortem
    lacks: frozenset[Pointer]
    accepted: frozenset[str]

    def lacks_any(self, needs: Iterable[str], place: Pointer | None = None) -> bool:
        """Whether a field such as `times.recovered` or `actions.due`, or part of it, can't be read.

        A field of each entry of a list may be lacking in other entries than that of a place.
        """
        return any(_concerns(need.split("."), lack, place) for need in needs for lack in self.lacks)


def partial_record(
    record_id: str, source: Source, faults: Collection[Pointer], conventions: Conventions, *, folder: bool
) -> Partial | None:
    """Build a record from the valid part of a file; None if that part can't be told from the rest.

    A record whose status can't be read is taken for a draft, of which the least is asked.
    """
    shape = conventions.schema.shape
    faults = {_whole(pointer) for pointer in faults}
    if not conventions.schema.accepts(leave_out(faults, source.meta, shape).meta):
        return None
    left = leave_out(faults, written_out(source.meta), shape)
    lacks = frozenset((*left.gone, *faults))
    if _STATUS in lacks:
        left.meta["status"] = _status_stand_in(source.meta, faults)
    record = build_postmortem(record_id, _source_of(left, source), conventions.policy, folder=folder)
    return Partial(record, lacks, _accepted(source.meta, faults))


def _concerns(need: Sequence[str], lack: Pointer, place: Pointer | None) -> bool:
    """Whether a needed field is the missing one, its parent or its child, in the same list entry."""
    names = [step for step in lack if isinstance(step, str)]
    if any(step != name for step, name in zip(need, names, strict=False)):
        return False
    entry = next((i for i, step in enumerate(lack) if isinstance(step, int)), None)
    if entry is None or place is None or len(need) <= entry or len(place) <= entry:
        return True
    return place[:entry] != lack[:entry] or place[entry] == lack[entry]


def _whole(pointer: Pointer) -> Pointer:
    """Widen a fault to everything that would mean something else without the faulty part."""
    match pointer:
        case ("factors" | "lessons", _, "id") | (*_, "estimated" | "within"):
            return pointer[:-1]
    return pointer


def _status_stand_in(meta: Mapping[str, Value], faults: Iterable[Pointer]) -> str:
    """Draft, or withdrawn if the text looks like it: the statuses that require least."""
    written = (text(meta.get(str(fault[0]))) for fault in faults if len(fault) == 1)
    return "withdrawn" if any(nearest(word, ("withdrawn",)) for word in written) else "draft"


def _accepted(meta: Mapping[str, Value], faults: Iterable[Pointer]) -> frozenset[str]:
    """The text under `accepted`, or under a misspelt form of it."""
    keys = {"accepted", *(str(fault[0]) for fault in faults if len(fault) == 1)}
    return frozenset(word for key in keys for word in _words(meta.get(key)))


def _words(value: Value) -> Iterator[str]:
    inner = value.values() if isinstance(value, dict) else items(value)
    yield text(value)
    for part in inner:
        yield from _words(part)


def _source_of(left: Remainder, source: Source) -> Source:
    """The source with the remaining fields at their original places."""
    before = {pointer: left.before(pointer) for pointer in _pointers(left.meta, ())}
    return replace(
        source,
        meta=left.meta,
        keys={pointer: source.keys[old] for pointer, old in before.items() if old in source.keys},
        values={pointer: source.values[old] for pointer, old in before.items() if old in source.values},
        flow=frozenset(pointer for pointer, old in before.items() if old in source.flow),
        whole=source.meta,
        moved={pointer: old for pointer, old in before.items() if old != pointer},
    )


def _pointers(value: Value, pointer: Pointer) -> Iterator[Pointer]:
    """The pointers of a value and all its descendants."""
    yield pointer
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _pointers(inner, (*pointer, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _pointers(inner, (*pointer, i))
