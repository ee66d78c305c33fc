"""The top-level fields in the order of the schema: whole blocks of lines, each with the comments above it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortems.source import Shape, Source

# Comments that tools read on the first lines stay there.
_MODELINE = re.compile(r"# *(?:yaml-language-server:|vim?:|-\*-|SPDX-)")


@dataclass(frozen=True, slots=True)
class _Block:
    """A field with the comments above it: its rank, and its lines from `start` up to `end`, counted from 1."""

    rank: int
    start: int
    end: int


def in_order(text: str, source: Source, shape: Shape) -> tuple[str, int]:
    """The text with its fields in order, and the line of the first that moved; 0 where none has to.

    `text` is that of the source, with its own line ends.
    """
    lines = text.split("\n")
    blocks = _blocks(lines, source, shape)
    ordered = sorted(blocks, key=lambda block: block.rank)
    if blocks == ordered:
        return text, 0
    moved = [line for block in ordered for line in lines[block.start - 1 : block.end - 1]]
    first, end = blocks[0].start, blocks[-1].end
    line = next(block.start for block, other in zip(blocks, ordered, strict=True) if block is not other)
    return "\n".join([*lines[: first - 1], *moved, *lines[end - 1 :]]), line


def _blocks(lines: Sequence[str], source: Source, shape: Shape) -> list[_Block]:
    """The blocks of all fields; none where a field does not start a line of its own in the same column."""
    places = sorted(
        (span.line, span.column, pointer[0]) for pointer, span in source.keys.items() if len(pointer) == 1
    )
    columns = {column for _, column, _ in places}
    if len(columns) != 1 or len({line for line, _, _ in places}) != len(places):
        return []
    indent = " " * (columns.pop() - 1)
    if any(lines[line - 1][: len(indent)] != indent for line, _, _ in places):  # in braces, or after `? `
        return []
    above = 1  # the opening fence
    starts = []
    for line, _, _ in places:
        starts.append(_start(lines, line, above, indent))
        above = line
    ends = [*starts[1:], _end(lines, above, source.body_line - 1, indent)]
    ranks = _ranks([str(key) for _, _, key in places], shape.known_keys)
    return [_Block(*block) for block in zip(ranks, starts, ends, strict=True)]


def _start(lines: Sequence[str], line: int, above: int, indent: str) -> int:
    """The line on which a block starts: that of the first of the comments directly above its key."""
    while line - 1 > above and lines[line - 2].startswith(f"{indent}#"):
        if above == 1 and _MODELINE.match(lines[line - 2]):
            break
        line -= 1
    return line


def _end(lines: Sequence[str], key: int, fence: int, indent: str) -> int:
    """The line after the last block: comments below it are about no field, so they stay at the end."""
    end = fence
    for line in range(fence - 1, key, -1):
        if lines[line - 1].startswith(f"{indent}#"):
            end = line
        elif lines[line - 1].strip():
            break
    return end


def _ranks(keys: Sequence[str], order: Sequence[str]) -> list[int]:
    """The places of fields: own fields last, and an unknown one behind the one that it follows."""
    rank = 0
    ranks = []
    for key in keys:
        if key in order:
            rank = order.index(key)
        elif key.startswith("x-"):
            rank = len(order)
        ranks.append(rank)
    return ranks
