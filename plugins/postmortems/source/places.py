"""Where each key and value of a YAML text stands, looked up only once someone asks.

A record without a fault never needs it, and most have none: the text is composed a second time for the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from yaml.nodes import MappingNode, SequenceNode

from postmortems.source.composing import compose, span_of
from postmortems.source.source import NOWHERE, Pointer, Span, Value

if TYPE_CHECKING:
    from yaml.nodes import Node


class Places:
    """The places within the text of one file; `fields` is the part of it that is YAML, `meta` what that holds."""

    __slots__ = ("_fields", "_flow", "_keys", "_meta", "_text", "_values")

    def __init__(self, text: str, fields: slice, meta: dict[str, Value]) -> None:
        """Take a file whose YAML has been read without a fault."""
        self._text, self._fields, self._meta = text, fields, meta
        self._keys: dict[Pointer, Span] = {}
        self._values: dict[Pointer, Span] = {}
        self._flow: set[Pointer] = set()

    @property
    def keys(self) -> Mapping[Pointer, Span]:
        """The places of keys, by the pointers of their values."""
        return _Spans(self, of_keys=True)

    @property
    def values(self) -> Mapping[Pointer, Span]:
        """The places of values."""
        return _Spans(self, of_keys=False)

    @property
    def flow(self) -> AbstractSet[Pointer]:
        """The pointers of mappings written with braces."""
        return _Flow(self)

    def spans(self, *, of_keys: bool) -> Mapping[Pointer, Span]:
        """All keys or all values, found in the text."""
        self._find()
        return self._keys if of_keys else self._values

    def braces(self) -> AbstractSet[Pointer]:
        """All mappings written with braces, found in the text."""
        self._find()
        return self._flow

    def holds(self, pointer: Pointer) -> bool:
        """Whether there is a value at a pointer; that is known without a look at the text."""
        value: Value = self._meta
        for step in pointer:
            if isinstance(value, dict):
                if step not in value:
                    return False
                value = value[step]
            elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
                value = value[step]
            else:
                return False
        return True

    def _find(self) -> None:
        if self._values:
            return
        text = self._text[self._fields]
        node = compose(text)
        if node is None:
            self._values[()] = NOWHERE
        else:
            self._enter(node, (), text.split("\n"), self._text.count("\n", 0, self._fields.start) + 1)

    def _enter(self, node: Node, pointer: Pointer, lines: list[str], first_line: int) -> None:
        self._values[pointer] = span_of(node, lines, first_line)
        if isinstance(node, SequenceNode):
            for i, item in enumerate(node.value):
                self._enter(item, (*pointer, i), lines, first_line)
        elif isinstance(node, MappingNode):
            if node.flow_style:
                self._flow.add(pointer)
            for key, value in node.value:
                child = (*pointer, key.value)
                self._keys[child] = span_of(key, lines, first_line)
                self._enter(value, child, lines, first_line)


class _Spans(Mapping[Pointer, Span]):
    """The places of keys or of values."""

    __slots__ = ("_of_keys", "_places")

    def __init__(self, places: Places, *, of_keys: bool) -> None:
        self._places, self._of_keys = places, of_keys

    def __contains__(self, pointer: object) -> bool:
        if not isinstance(pointer, tuple):
            return False
        is_key = bool(pointer) and isinstance(pointer[-1], str)
        return (is_key or not self._of_keys) and self._places.holds(pointer)

    def __getitem__(self, pointer: Pointer) -> Span:
        return self._places.spans(of_keys=self._of_keys)[pointer]

    def __iter__(self) -> Iterator[Pointer]:
        return iter(self._places.spans(of_keys=self._of_keys))

    def __len__(self) -> int:
        return len(self._places.spans(of_keys=self._of_keys))


class _Flow(AbstractSet[Pointer]):
    """The pointers of mappings written with braces."""

    __slots__ = ("_places",)

    def __init__(self, places: Places) -> None:
        self._places = places

    def __contains__(self, pointer: object) -> bool:
        return pointer in self._places.braces()

    def __iter__(self) -> Iterator[Pointer]:
        return iter(self._places.braces())

    def __len__(self) -> int:
        return len(self._places.braces())
