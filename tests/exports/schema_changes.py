"""What differs between two versions of the schema of exports, and which version number that asks for.

A change breaks unless it only adds: every file that fits the earlier schema has to fit the later one, and whoever
reads by the earlier one has to find all that it promises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Schema: TypeAlias = "Mapping[str, Any]"

_WORDS = {"$comment", "description", "title"}


@dataclass(frozen=True)
class Change:
    """A difference at a place; `breaks` says that it is more than an addition."""

    place: str
    breaks: bool


def changes(old: Schema, new: Schema, place: str = "#") -> Iterator[Change]:
    """All differences but those of wording."""
    for keyword in sorted({*old, *new} - _WORDS):
        before, after = old.get(keyword), new.get(keyword)
        if before != after:
            yield from _changes_of(keyword, old, before, after, f"{place}/{keyword}")


def _changes_of(keyword: str, old: Schema, before: Any, after: Any, place: str) -> Iterator[Change]:
    if keyword in {"$defs", "properties", "patternProperties"}:
        yield from _named(keyword, old, before or {}, after or {}, place)
    elif keyword == "enum" and before and after:
        yield Change(place, breaks=not set(before) <= set(after))
    elif isinstance(before, dict) and isinstance(after, dict):
        yield from changes(before, after, place)
    elif keyword in {"anyOf", "oneOf"} and before and after:
        yield from _alternatives(before, after, place)
    else:
        yield Change(place, breaks=True)


def _named(keyword: str, old: Schema, before: Schema, after: Schema, place: str) -> Iterator[Change]:
    for name in sorted({*before, *after}):
        here = f"{place}/{name}"
        if name not in after:
            yield Change(here, breaks=True)
        elif name in before:
            yield from changes(before[name], after[name], here)
        else:
            yield Change(here, breaks=_was_allowed(keyword, old, name))


def _was_allowed(keyword: str, old: Schema, name: str) -> bool:
    """Whether files could hold already, in another form, what is newly described."""
    if keyword == "$defs":
        return False
    if keyword == "patternProperties":
        return old.get("additionalProperties") is not False or any(
            re.search(name, key) for key in old["properties"]
        )
    patterns = old.get("patternProperties", {})
    return old.get("additionalProperties") is not False or any(re.search(pattern, name) for pattern in patterns)


def _alternatives(before: list[Schema], after: list[Schema], place: str) -> Iterator[Change]:
    """A new kind of file is an addition; another form of a value is not."""
    for at, (one, other) in enumerate(zip(before, after, strict=False)):
        yield from changes(one, other, f"{place}/{at}")
    if len(before) != len(after):
        yield Change(place, breaks=len(after) < len(before) or place != "#/oneOf")


def version_after(published: str, found: Iterable[Change]) -> str:
    """The version of a schema that differs in this way from a published one."""
    major, minor = map(int, published.split("."))
    breaking = {change.breaks for change in found}
    if True in breaking:
        return f"{major + 1}.0"
    return f"{major}.{minor + 1}" if breaking else published
