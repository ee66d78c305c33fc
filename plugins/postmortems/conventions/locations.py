"""Where a knowledge base keeps its files, and where the shipped ones lie."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """The folder that holds `incidents/` and, where it has its own, `schemas/`."""

    root: Path

    @property
    def incidents(self) -> Path:
        """The folder of the post-mortems."""
        return self.root / "incidents"

    @property
    def schemas(self) -> Path:
        """The folder of the knowledge base's own conventions; it need not exist."""
        return self.root / "schemas"

    def convention(self, name: str) -> Path:
        """A file of conventions: the knowledge base's own, or else the shipped one."""
        own = self.schemas / name
        return own if own.is_file() else shipped_schemas() / name

    def shown(self, path: Path) -> str:
        """How messages name a file: relative to the knowledge base where it lies in it."""
        try:
            return real_path(path).relative_to(real_path(self.root)).as_posix()
        except ValueError:
            return path.as_posix()

    def shown_link(self, path: Path) -> str:
        """How messages name a symbolic link: by where it stands, not where it leads."""
        return f"{self.shown(path.parent)}/{path.name}"


def real_path(path: Path) -> Path:
    """Where a path leads, links followed; unlike `Path.resolve`, without an error where they lead in a circle."""
    return Path(os.path.realpath(path))


def shipped_schemas() -> Path:
    """The folder of the shipped conventions: inside the wheel, or at the top of a checkout."""
    inside = _PACKAGE / "schemas"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "schemas"


def find_knowledge_base(start: Path) -> KnowledgeBase | None:
    """The knowledge base that holds a path: the nearest folder upwards with an `incidents/` folder."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "incidents").is_dir():
            return KnowledgeBase(folder)
    return None
