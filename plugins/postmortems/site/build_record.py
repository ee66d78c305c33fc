"""What a site was built from, with what and for whom: `data/build.json`."""

from __future__ import annotations

import json
import platform
import re
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING

from postmortems import __version__
from postmortems.exports.rows import instant
from postmortems.git import GitError, head_commit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from postmortems.exports import ExportContext

PLACE = "data/build.json"
_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "requirements.txt")
_REQUIREMENT = re.compile(r"([\w.-]+)[^;]*(?:;\s*extra == .(?:site|parquet).)?\Z")


def build_record(context: ExportContext, root: Path) -> bytes:
    """The record as JSON: the same bytes for the same commit, installation and time."""
    records = tuple(context.records.values())
    return (
        json.dumps(
            {
                "commit": _commit(root),
                "lock": _lock(root),
                "versions": {"postmortems": __version__, "python": platform.python_version(), **dict(_versions())},
                "as_of": instant(context.as_of),
                "audience": context.corpus.audience.value,
                "published": {
                    "incidents": len(records),
                    "actions": sum(len(record.actions) for record in records),
                    "lessons": sum(len(record.lessons) for record in records),
                },
            },
            indent=2,
        )
        + "\n"
    ).encode()


def _commit(root: Path) -> str | None:
    try:
        return head_commit(root) or None
    except GitError:
        return None


def _lock(root: Path) -> dict[str, str] | None:
    """The first lock file that lies there, and its hash."""
    path = next((root / name for name in _LOCKS if (root / name).is_file()), None)
    return {"file": path.name, "sha256": sha256(path.read_bytes()).hexdigest()} if path else None


def _versions() -> Iterator[tuple[str, str]]:
    """The packages that this one asks for and that are installed."""
    for requirement in sorted(requires("postmortems") or ()):
        named = _REQUIREMENT.match(requirement)
        if named:
            try:
                yield named[1], version(named[1])
            except PackageNotFoundError:
                continue
