"""A knowledge base in a temporary folder, the command run in it, and a fixed time."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from postmortems.cli import main
from records import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., Result]

# 2026-03-31T12:00:00Z
NOW = "1774958400"


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    monkeypatch.setenv("TZ", "UTC")
    for name in ("NO_COLOR", "FORCE_COLOR", "POSTMORTEMS_DEBUG", "CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run() -> Run:
    """Run the command and show its output where a test fails."""

    def _run(*arguments: str | Path, **options: object) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments], **options)
        print(f"postmortems {arguments}: {result.exit_code}\n{result.output}")
        assert "Traceback" not in result.output
        return result

    return _run


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """A knowledge base as `init` lays it down; the current folder."""
    folder = tmp_path / "acme"
    assert run("init", folder).exit_code == 0
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def sound() -> str:
    """The text of a post-mortem in which nothing is to be found."""
    return CHECKOUT


@pytest.fixture
def write(base: Path) -> Callable[..., Path]:
    """Write a post-mortem into the knowledge base, or elsewhere, and return its path."""

    def _write(name: str, text: str = CHECKOUT) -> Path:
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    return _write
