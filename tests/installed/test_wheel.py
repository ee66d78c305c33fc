"""The wheel, installed without a network into an environment that has the core's distributions and no other."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from core import CORE, REPOSITORY

MOST_MEGABYTES = 35


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The folder of its commands."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, at=REPOSITORY)
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", at=folder)
    (packages,) = folder.glob("venv/lib/python*/site-packages")
    for name in CORE:
        installed = distribution(name)
        for top in {file.parts[0] for file in installed.files or () if file.parts[0] not in {"..", "__pycache__"}}:
            (packages / top).symlink_to(Path(str(installed.locate_file(top))))
    (wheel,) = folder.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    python = folder / "venv/bin/python"
    run(*pip, "--python", python, "install", "--no-index", "--no-deps", wheel, at=folder)
    return folder / "venv/bin"


def run(*command: str | Path, at: Path, status: int = 0) -> str:
    """What a command prints; it has to end with this status."""
    done = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.slow
def test_the_wheel_works_with_the_core_alone(environment, tmp_path):
    postmortems = environment / "postmortems"
    run(postmortems, "init", "base", at=tmp_path)
    base = tmp_path / "base"
    assert "no findings" in run(postmortems, "check", at=base)
    assert run(postmortems, "explain", "T08", at=base).startswith("T08")
    assert "Severity" in run(postmortems, "list", at=base)
    assert run(environment / "python", "-m", "postmortems", "--version", at=base).startswith("postmortems ")
    assert "needs the `site` extra" in run(postmortems, "similar", "--text", "x", at=base, status=2)


def test_the_core_is_light():
    files = [distribution(name).locate_file(file) for name in CORE for file in distribution(name).files or ()]
    size = sum(Path(str(file)).stat().st_size for file in files if Path(str(file)).is_file())
    assert 5 < size / 1e6 <= MOST_MEGABYTES
