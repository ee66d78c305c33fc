"""What the tests share: the shipped conventions, a knowledge base in a temporary folder, records from text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest

from postmortems.conventions import Conventions, KnowledgeBase, load_conventions
from postmortems.record import RecordReading, read_postmortem

if TYPE_CHECKING:
    from pathlib import Path

Read = Callable[..., RecordReading]
MakeBase = Callable[..., KnowledgeBase]


@pytest.fixture(scope="session")
def conventions(tmp_path_factory: pytest.TempPathFactory) -> Conventions:
    """The shipped conventions: those of a knowledge base that has none of its own."""
    made, findings = load_conventions(KnowledgeBase(tmp_path_factory.mktemp("shipped")))
    assert made, findings
    return made


@pytest.fixture
def knowledge_base(tmp_path: Path) -> MakeBase:
    """Lay down a knowledge base: files by their path, such as `incidents/2026/2026-03-31-x.md`."""

    def make(files: Mapping[str, str | bytes] | None = None) -> KnowledgeBase:
        (tmp_path / "incidents").mkdir(exist_ok=True)
        for name, content in (files or {}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return KnowledgeBase(tmp_path)

    return make


@pytest.fixture(scope="session")
def read(conventions: Conventions) -> Read:
    """Read a record: bytes are a whole file, text that does not start with a fence its fields alone."""

    def read(content: str | bytes, path: str = "incidents/2026/2026-03-31-example.md") -> RecordReading:
        if isinstance(content, str) and not content.startswith("---"):
            content = f"---\n{content.strip(chr(10))}\n---\n"
        data = content if isinstance(content, bytes) else content.encode()
        return read_postmortem(path, data, conventions)

    return read
