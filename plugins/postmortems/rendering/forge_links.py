"""Where a site comes from: its name, and the pages that a forge has of each of its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class OnForge:
    """The addresses of one file on a forge: where it is edited, and what became of it. Empty where not known."""

    edit: str = ""
    history: str = ""


def _nowhere(_path: str) -> OnForge:
    return OnForge()


@dataclass(frozen=True, slots=True)
class Origin:
    """The name of a site, empty where it has none, and where the forge has the file with a path."""

    name: str = ""
    on_forge: Callable[[str], OnForge] = _nowhere
