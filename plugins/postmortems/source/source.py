"""A file that was read: its values, its body, and where each key and value stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from postmortems.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
Pointer: TypeAlias = "tuple[str | int, ...]"


class Span(NamedTuple):
    """A place in a file; lines and columns count from 1, `end_column` is the first column after it."""

    line: int
    column: int
    end_column: int


NOWHERE = Span(1, 1, 4)
"""Where findings point that have no place of their own: the fence on the first line."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file, its values and their places.

    `path` is how messages name the file. `keys` and `values` give the place of a mapping's key and of a value by
    its pointer, such as `("times", "started")`. `body` is the Markdown after the front matter, which starts on
    `body_line`; a plain YAML file has none. `flow` holds the pointers of mappings written with braces.

    Where parts of the file are left out of `meta`, `whole` holds all of its values, and `moved` the pointers in
    these of what stands elsewhere in `meta`.
    """

    path: str
    text: str
    meta: dict[str, Value]
    keys: Mapping[Pointer, Span]
    values: Mapping[Pointer, Span]
    body: str = ""
    body_line: int = 1
    flow: AbstractSet[Pointer] = frozenset()
    whole: dict[str, Value] | None = None
    moved: Mapping[Pointer, Pointer] = field(default_factory=dict)

    def in_file(self, pointer: Pointer) -> Pointer:
        """The pointer that something has in the file, where all parts of it are counted."""
        for length in range(len(pointer), 0, -1):
            if pointer[:length] in self.moved:
                return (*self.moved[pointer[:length]], *pointer[length:])
        return pointer

    def place(self, pointer: Pointer, *, of_key: bool = False) -> Span:
        """Where a value (or its key) stands; where it is absent, the key of the nearest mapping that holds it."""
        if of_key and pointer in self.keys:
            return self.keys[pointer]
        if pointer in self.values:
            return self.values[pointer]
        while pointer:
            pointer = pointer[:-1]
            if pointer in self.keys:
                return self.keys[pointer]
            if pointer in self.values and pointer:
                return self.values[pointer]
        return NOWHERE

    def finding(  # noqa: PLR0913 - a finding has that many parts; all but three are named
        self,
        code: str,
        severity: Severity,
        message: str,
        *,
        at: Pointer | Span,
        help: str = "",  # noqa: A002 - the word that the output uses
        of_key: bool = False,
    ) -> Finding:
        """Make a finding about a place in this file."""
        span = at if isinstance(at, Span) else self.place(at, of_key=of_key)
        return Finding(
            path=self.path,
            line=span.line,
            column=span.column,
            end_column=span.end_column,
            code=code,
            severity=severity,
            message=message,
            help=help,
            excerpt=self.line(span.line),
        )

    def line(self, number: int) -> str:
        """The text of a line, counted from 1; empty beyond the end."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""
