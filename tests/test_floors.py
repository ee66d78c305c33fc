"""The floors of the house: imports only go down, and only the engine knows MkDocs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_imports_only_go_down():
    lint = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert lint.returncode == 0, lint.stdout + lint.stderr


@pytest.mark.parametrize("room", ["corpus", "rules", "analysis", "exports", "site", "cli"])
def test_a_room_does_not_bring_in_mkdocs(room):
    assert _loaded_by(room).isdisjoint({"mkdocs", "material"})


@pytest.mark.parametrize("room", ["corpus", "rules", "cli"])
def test_the_check_starts_without_what_only_pages_need(room):
    assert _loaded_by(room).isdisjoint({"numpy", "scipy", "pandas", "jinja2", "markdown", "nh3"})


def _loaded_by(room: str) -> set[str]:
    """The top-level modules that an import of a room brings in."""
    code = f"import sys, postmortems.{room}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())
