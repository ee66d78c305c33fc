"""The position of each key and value of a YAML text, computed on demand.

A record without a fault never needs it, and most have none: the text is composed a second time for the others.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import TYPE_CHECKING

from yaml.nodes import MappingNode, SequenceNode

from postmortems.source.composing import compose, span_of
from postmortems.source.source import NOWHERE, Pointer, Span, Value

if TYPE_CHECKING:
    from yaml.nodes import Node


class Places:
    """The places within the text of one file; `fields` is the part of it that is YAML, `meta` what that holds."""

    __slots__ = ("_fields", "_meta", "_text")

    def __init__(self, text: str, fields: slice, meta: dict[str, Value]) -> None:
        """Take a file whose YAML has been read without a fault."""
        self._text, self._fields, self._meta = text, fields, meta

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

    def span(self, pointer: Pointer, *, of_key: bool) -> Span:
        """Where one value or its key stands; raises KeyError where there is none."""
        node = key = self._root()
        for step in pointer:
            key, node = _step(node, step, pointer)
        return self._span_of(key if of_key else node)

    def nodes(self) -> Iterator[tuple[Pointer, Node | None, Node | None]]:
        """All values with their nodes, and those of their keys where these are in a mapping."""
        yield from _below((), None, self._root())

    def spans(self, *, of_keys: bool) -> Iterator[tuple[Pointer, Span]]:
        """All keys or all values, in the order of the text."""
        for pointer, key, value in self.nodes():
            if key or not of_keys:
                yield pointer, self._span_of(key if of_keys else value)

    def _root(self) -> Node | None:
        return _composed(self._text[self._fields])

    def _span_of(self, node: Node | None) -> Span:
        if node is None:
            return NOWHERE
        fields = self._text[self._fields]
        return span_of(node, _lines(fields), self._text.count("\n", 0, self._fields.start) + 1)


# What is found in a file is found at once, and its nodes take much room: they are kept for a moment only.
_composed = lru_cache(maxsize=1)(compose)


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    return text.split("\n")


def _step(node: Node | None, step: str | int, pointer: Pointer) -> tuple[Node, Node]:
    """The nodes of the key and the value that a step leads to; of an entry of a list, its own stands for both."""
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step]
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key, value
    raise KeyError(pointer)


def _below(
    pointer: Pointer, key: Node | None, node: Node | None
) -> Iterator[tuple[Pointer, Node | None, Node | None]]:
    yield pointer, key, node
    if isinstance(node, SequenceNode):
        for i, item in enumerate(node.value):
            yield from _below((*pointer, i), None, item)
    elif isinstance(node, MappingNode):
        for inner, value in node.value:
            yield from _below((*pointer, inner.value), inner, value)


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
        if pointer not in self:
            raise KeyError(pointer)
        return self._places.span(pointer, of_key=self._of_keys)

    def __iter__(self) -> Iterator[Pointer]:
        return (pointer for pointer, _ in self._places.spans(of_keys=self._of_keys))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def items(self) -> ItemsView[Pointer, Span]:
        return dict(self._places.spans(of_keys=self._of_keys)).items()


class _Flow(AbstractSet[Pointer]):
    """The pointers of mappings written with braces."""

    __slots__ = ("_places",)

    def __init__(self, places: Places) -> None:
        self._places = places

    def __contains__(self, pointer: object) -> bool:
        return pointer in frozenset(self)

    def __iter__(self) -> Iterator[Pointer]:
        return (
            pointer
            for pointer, _, node in self._places.nodes()
            if isinstance(node, MappingNode) and node.flow_style
        )

    def __len__(self) -> int:
        return sum(1 for _ in self)
