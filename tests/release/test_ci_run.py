"""`.ci/run` takes every step that a change must pass, in order, and ends at the first that fails."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from sites import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

STEPS = ["lint", "check", "site", "test"]


@pytest.mark.parametrize("failing", [None, *STEPS])
def test_steps(tmp_path: Path, failing: str | None) -> None:
    stub = tmp_path / "make"
    stub.write_text(f'#!/bin/sh\necho "ran $2 in $PWD"\ntest "$2" != "{failing}"\n', encoding="utf-8")
    stub.chmod(0o755)
    done = subprocess.run(
        [REPOSITORY / ".ci/run"],
        cwd=tmp_path,
        env=os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    ran = [line for line in done.stdout.splitlines() if line.startswith("ran ")]
    expected = STEPS[: STEPS.index(failing) + 1] if failing else STEPS
    assert ran == [f"ran {step} in {REPOSITORY}" for step in expected]
    assert (done.returncode == 0) is (failing is None)
