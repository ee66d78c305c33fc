"""Parse YAML into nodes with positions, by PyYAML's C parser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from postmortems.source.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yaml.nodes import Node

BaseLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Composer(BaseLoader):  # type: ignore[misc] # chosen above
    """A composer that resolves no tags, which would take a third of the time."""

    def descend_resolver(self, *_: object) -> None:
        """Do nothing when a mapping or a list begins."""

    def ascend_resolver(self) -> None:
        """Do nothing when it ends."""

    def resolve(self, *_: object) -> str:
        """Give no tag to a node."""
        return ""


def compose(text: str) -> Node | None:
    """The root node of a document, None where it is empty.

    Raises yaml.YAMLError, ValueError or RecursionError where the text is no YAML.
    """
    node: Node | None = yaml.compose(text, Loader=_Composer)
    return node


def span_of(node: Node, lines: Sequence[str], first_line: int) -> Span:
    """Where a node stands in a file whose line `first_line` is the first of these; at most to its line's end."""
    start, end = node.start_mark, node.end_mark
    line = lines[start.line] if start.line < len(lines) else ""
    last = end.column if end.line == start.line else len(line.rstrip())
    return Span(start.line + first_line, start.column + 1, max(last + 1, start.column + 2))
