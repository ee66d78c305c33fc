"""A file to its repaired bytes: every fix is read again, and kept only if the file then says what was meant."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.fixes.edits import Fix, FixKind, apply
from postmortems.fixes.moments import moments
from postmortems.fixes.order import in_order
from postmortems.fixes.quoting import cut_off, lines_as_text
from postmortems.fixes.spelling import spelling
from postmortems.fixes.syntax import text_that_breaks
from postmortems.record.reading import examined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from postmortems.conventions import Conventions
    from postmortems.fixes.edits import Edit
    from postmortems.record import RecordReading
    from postmortems.source import Pointer, Shape, Source, Value

_BOM = b"\xef\xbb\xbf"
# Quotes first: spelling can only be fixed in values that read as text.
_FINDERS: tuple[Callable[[Source, Shape], Iterator[Edit]], ...] = (lines_as_text, cut_off, spelling, moments)
_MAX_BREAKS = 100  # how much broken text is put in quotes before a file counts as no YAML at all


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired file: its bytes before and after, and the fixes in line order."""

    before: bytes
    after: bytes
    fixes: tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A text, and what is read from it."""

    text: str
    reading: RecordReading

    @property
    def codes(self) -> Counter[str]:
        return Counter(finding.code for finding in self.reading.findings)


def repair(path: str, data: bytes, conventions: Conventions) -> Repair:
    """Put right what is unambiguous. `path` is the file's place in the knowledge base, with forward slashes.

    A file that can't be read even then is left alone, and so is all that stands outside the places that are put
    right: comments, layout, line ends and a byte order mark.
    """
    mark = _BOM if data.startswith(_BOM) else b""
    try:
        text = data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError:
        return Repair(data, data, ())

    def read(text: str) -> _Draft:
        return _Draft(text, examined(path, text.encode(), conventions))

    shape = conventions.schema.shape
    draft, fixes = _readable(read(text), shape, read)
    if draft.reading.source is None:
        return Repair(data, data, ())
    for find in _FINDERS:
        draft, made = _edited(draft, find, shape, read)
        fixes += made
    draft, made = _ordered(draft, shape, read)
    fixes += made
    after = mark + draft.text.encode()
    return Repair(data, after, tuple(sorted(fixes, key=lambda fix: fix.line)) if after != data else ())


def _readable(draft: _Draft, shape: Shape, read: Callable[[str], _Draft]) -> tuple[_Draft, list[Fix]]:
    """The draft with quotes around the text that keeps it from being read; as it was where that is not enough."""
    edits: list[Edit] = []
    now = draft
    while now.reading.source is None and len(edits) < _MAX_BREAKS:
        line = next((finding.line for finding in now.reading.findings if finding.code == "S103"), 0)
        edit = text_that_breaks(_plain_lines(now.text), line, shape) if line else None
        if edit is None or any(made.line == edit.line for made in edits):
            return draft, []
        edits.append(edit)
        now = read(apply(now.text, [edit]))
    source = now.reading.source
    if source is None or not all(_says(source, edit) for edit in edits) or _has_new_faults(now, edits):
        return draft, []
    return now, [edit.fix for edit in edits]


def _plain_lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def _says(source: Source, edit: Edit) -> bool:
    """Whether a text stands where an edit has put it: by line and column, since no list could be counted."""
    return any(
        (span.line, span.column) == (edit.line, edit.start + 1) and _at(source.meta, pointer) == edit.value
        for pointer, span in source.values.items()
    )


def _has_new_faults(draft: _Draft, edits: Iterable[Edit]) -> bool:
    """Whether the text that was put in quotes is not what its place needs; it may be too long."""
    lines = {edit.line for edit in edits}
    return any(finding.line in lines and finding.code != "S114" for finding in draft.reading.findings)


def _edited(
    draft: _Draft, find: Callable[[Source, Shape], Iterator[Edit]], shape: Shape, read: Callable[[str], _Draft]
) -> tuple[_Draft, list[Fix]]:
    """The draft with the edits that it stands: all of them, or those that do no harm one by one."""
    assert draft.reading.source  # noqa: S101 - only what can be read is edited
    edits = list(find(draft.reading.source, shape))
    if not edits:
        return draft, []
    after = read(apply(draft.text, edits))
    if _is_sound(draft, after, edits):
        return after, [edit.fix for edit in edits]
    fixes = []
    for edit in reversed(edits):  # from the end, so that the places of the others stay
        after = read(apply(draft.text, [edit]))
        if _is_sound(draft, after, [edit]):
            draft = after
            fixes.append(edit.fix)
    return draft, fixes


def _is_sound(before: _Draft, after: _Draft, edits: Iterable[Edit]) -> bool:
    """Whether a file says after edits what it said before, but for them, and has no fault that it had not."""
    old, new = before.reading.source, after.reading.source
    if old is None or new is None or new.body != old.body or not after.codes <= before.codes:
        return False
    meant: Value = old.meta
    for edit in edits:
        meant = _with(meant, edit.pointer, edit.value)
    return _same(new.meta, meant)


def _ordered(draft: _Draft, shape: Shape, read: Callable[[str], _Draft]) -> tuple[_Draft, list[Fix]]:
    """The draft with its fields in order."""
    assert draft.reading.source  # noqa: S101 - only what can be read is put in order
    text, line = in_order(draft.text, draft.reading.source, shape)
    if not line:
        return draft, []
    after = read(text)
    return (after, [Fix(FixKind.ORDER, line)]) if _is_sound(draft, after, []) else (draft, [])


def _at(value: Value, pointer: Pointer) -> Value:
    for step in pointer:
        value = value[step]  # type: ignore[index] # the pointer comes from this very value
    return value


def _with(value: Value, pointer: Pointer, new: Value) -> Value:
    """A copy of a value in which another stands at a pointer."""
    if not pointer:
        return new
    step, *rest = pointer
    if isinstance(value, dict):
        return {key: _with(inner, tuple(rest), new) if key == step else inner for key, inner in value.items()}
    assert isinstance(value, list)  # noqa: S101 - nothing else holds values
    return [_with(inner, tuple(rest), new) if i == step else inner for i, inner in enumerate(value)]


def _same(one: Value, other: Value) -> bool:
    """Whether two values are the same, of the same types: 1 is neither true nor 1.0."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
