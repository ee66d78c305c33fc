"""Real Git repositories in temporary folders, for tests."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def own_git(monkeypatch: pytest.MonkeyPatch, ceiling: Path) -> None:
    """Git as it is for nobody: no configuration of this machine, and no repository above a folder."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(ceiling))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "test@example.org")


def git(*arguments: str | Path, at: Path | str = ".") -> str:
    done = subprocess.run(["git", "-C", str(at), *map(str, arguments)], check=True, capture_output=True, text=True)
    return done.stdout


def commit(at: Path | str = ".") -> None:
    git("add", "--all", at=at)
    git("commit", "--quiet", "--message", "A change", at=at)
