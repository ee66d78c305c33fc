"""Regular expressions that cost nothing until they are asked: most are for what most texts don't hold."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Pattern:
    """A pattern as `re.compile` makes it, with the same methods, compiled when the first of them is used."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Keep what is to be compiled."""
        self._pattern, self._flags = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern, self._flags)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """The first match anywhere in a text."""
        return self._compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """The match at the start of a text."""
        return self._compiled.match

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """All matches."""
        return self._compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        """All matches as texts."""
        return self._compiled.findall

    @cached_property
    def split(self) -> Callable[..., list[str]]:
        """The parts of a text between matches."""
        return self._compiled.split

    @cached_property
    def sub(self) -> Callable[..., str]:
        """A text with something else in place of the matches."""
        return self._compiled.sub
