"""A knowledge base in a temporary folder, the command run in it, and a fixed time."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from postmortems.cli import main

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., Result]

# 2026-03-31T12:00:00Z
NOW = "1774958400"

SOUND = """\
---
schema: 1
title: Checkout refused cards for an hour
summary: A new version of checkout refused all cards, and going back took an hour.
status: published
tlp: CLEAR
published: 2026-03-04
severity: sev4
services:
  - example-shop
trigger: deploy
times:
  started: 2026-03-03T14:32Z
  detected: 2026-03-03T14:40Z
  contained: 2026-03-03T15:05Z
  recovered: 2026-03-03T15:31Z
detection: monitoring
impact:
  technical: low
factors:
  - "change.rollout: every host took the version at once -> the fault reached all users"
lessons:
  - "worked: The alarm on refused cards rang within minutes."
no_actions_reason: The rollout has had a first stage since the week after.
---
"""


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
        result = CliRunner().invoke(main, [str(argument) for argument in arguments], **options)  # type: ignore[arg-type]
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
    return SOUND


@pytest.fixture
def write(base: Path) -> Callable[..., Path]:
    """Write a post-mortem into the knowledge base, or elsewhere, and return its path."""

    def _write(name: str, text: str = SOUND) -> Path:
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    return _write
