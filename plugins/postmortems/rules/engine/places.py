"""Where in its file a part of a record stands, and how messages name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.rules.engine.rule import RecordKind
from postmortems.source import Span

if TYPE_CHECKING:
    from postmortems.record import Postmortem
    from postmortems.source import Moment, Pointer


def is_written(record: Postmortem, pointer: Pointer) -> bool:
    """Whether the file states a value, rather than a default standing in for it."""
    return pointer in record.source.values


def status_of(record: Postmortem) -> str:
    """The status to judge by: a record that states none is held to what is asked of a published one."""
    return record.status if "status" in record.source.meta else "published"


def kind_of(record: Postmortem) -> RecordKind:
    """What kind of record it is, which decides on the rules that are about it."""
    return RecordKind(record.provenance, status_of(record), record.full_review)


def first_written(record: Postmortem, *pointers: Pointer) -> Pointer:
    """The first of several pointers that the file states, else the last: short forms lack the inner ones."""
    return next((pointer for pointer in pointers if is_written(record, pointer)), pointers[-1])


def moment_place(record: Postmortem, pointer: Pointer) -> Pointer:
    """Where the text of a moment stands: it may be plain, or one field of a mapping."""
    return first_written(record, (*pointer, "at"), pointer)


def word_place(record: Postmortem, pointer: Pointer, word: str) -> Span:
    """The place of a word within a value, or of the whole value where the word is not on its first line."""
    span = record.source.place(pointer)
    start = record.source.line(span.line).find(word, span.column - 1)
    return Span(span.line, start + 1, start + 1 + len(word)) if start >= 0 else span


def named(pointer: Pointer) -> str:
    """A pointer as an author would say it, counted from 1: `actions[2].due`."""
    name = ""
    for step in pointer:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return f"`{name}`"


def named_time(name: str, moment: Moment) -> str:
    """A moment under `times`, by its name and as it is written."""
    return f"{named(('times', name))} ({moment.text})"
