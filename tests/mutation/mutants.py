"""The mutations of a module: one small change each, made by the operators of mutmut.

mutmut itself leaves out every decorated function, so it would change none of the rules and no property. Only its
operators are used here; drawing a sample and running the tests is up to run_mutations.py.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_arg_removal, operator_assignment

if TYPE_CHECKING:
    from pathlib import Path

# A missing argument and a None are mypy's to find; nearly every test would, and the score would flatter.
_LEFT_OUT = (operator_arg_removal, operator_assignment)


@dataclass(frozen=True)
class Mutant:
    """A module and one change of it, which is only made when it is asked for: a sample needs few of them."""

    path: Path
    line: int
    module: cst.Module
    old: cst.CSTNode
    new: cst.CSTNode

    @property
    def code(self) -> str:
        """The text of the changed module."""
        made = self.module.deep_replace(self.old, self.new)
        assert isinstance(made, cst.Module)
        return made.code

    def __str__(self) -> str:
        before, after = self.module.code.splitlines(), self.code.splitlines()
        changed = [line for line in difflib.unified_diff(before, after, lineterm="", n=0) if line[:2] != "@@"][2:]
        return "\n  ".join([f"{self.path}:{self.line}", *changed])


def mutants_of(path: Path, text: str) -> list[Mutant]:
    """All that can be changed within the functions of a module."""
    wrapper = MetadataWrapper(cst.parse_module(text))
    found = _Finder()
    wrapper.visit(found)
    return [Mutant(path, line, wrapper.module, old, new) for line, old, new in found.changes]


class _Finder(cst.CSTVisitor):
    """The changes within functions, but not in annotations, decorators, defaults, docstrings and messages."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[tuple[int, cst.CSTNode, cst.CSTNode]] = []
        self._depth = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, (cst.Annotation, cst.Decorator, cst.Parameters)) or _is_prose(node):
            return False
        if self._depth:
            line = self.get_metadata(PositionProvider, node).start.line
            self.changes += [
                (line, node, new)
                for kind, operator in mutation_operators
                if isinstance(node, kind) and operator not in _LEFT_OUT
                for new in operator(node)
            ]
        self._depth += isinstance(node, cst.FunctionDef)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        self._depth -= isinstance(original_node, cst.FunctionDef)


def _is_prose(node: cst.CSTNode) -> bool:
    """A docstring or a message: a text of several words."""
    if isinstance(node, (cst.FormattedString, cst.ConcatenatedString)):
        return True
    return isinstance(node, cst.SimpleString) and " " in node.raw_value
