"""A copy of the repository, in which something new is laid down, written and tested."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from sites import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path


class Copy:
    """The code and its tests in a folder of their own, as a contributor has them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        left_out = shutil.ignore_patterns("__pycache__", ".*_cache")
        for name in ("plugins", "schemas", "tests", "incidents", "docs"):
            shutil.copytree(REPOSITORY / name, folder / name, ignore=left_out)
        for name in ("pyproject.toml", "mkdocs.yml", "Makefile"):
            shutil.copy(REPOSITORY / name, folder)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=os.environ
            | {
                "PYTHONPATH": str(self.folder / "plugins"),
                "PYTHONDONTWRITEBYTECODE": "1",
                "NO_MKDOCS_2_WARNING": "1",
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def failures(self, *tests: str) -> set[str]:
        done = self.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--tb=line", *tests)
        failed = set(re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE))
        assert done.returncode == bool(failed), done.stdout + done.stderr
        return failed

    def edit(self, name: str, *changes: tuple[str, str]) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            text = re.sub(old, new, text)
        path.write_text(text, encoding="utf-8")
