"""What `make dist` builds is whole, and its check finds what isn't."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from check_dist import REPOSITORY, faults_of

from postmortems import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

WHEEL = f"postmortems-{__version__}-py3-none-any.whl"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    hatchling = Path(sys.executable).with_name("hatchling")
    subprocess.run([hatchling, "build", "--directory", folder], cwd=REPOSITORY, check=True, capture_output=True)
    return folder


@pytest.fixture
def rewritten(built: Path, tmp_path: Path) -> Callable[[Callable[[str, bytes], bytes | None]], Path]:
    """The folder with another wheel, in which each file is as a function gives it, or left out."""

    def rewrite(change: Callable[[str, bytes], bytes | None]) -> Path:
        shutil.copytree(built, tmp_path, dirs_exist_ok=True)
        with ZipFile(built / WHEEL) as old, ZipFile(tmp_path / WHEEL, "w") as new:
            for info in old.infolist():
                content = change(info.filename, old.read(info))
                if content is not None:
                    new.writestr(info, content)
        return tmp_path

    return rewrite


def test_both_are_sound(built: Path) -> None:
    assert faults_of(built, __version__) == []


def test_another_version_is_found(built: Path) -> None:
    (fault,) = faults_of(built, "9.9.9")
    assert WHEEL in fault


def test_a_missing_file_is_found(rewritten) -> None:
    folder = rewritten(lambda name, content: None if name.endswith("/py.typed") else content)
    assert "postmortems/py.typed is missing in the wheel" in faults_of(folder, __version__)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"Version: ", b"Version: 1", f"says 1{__version__} for version"),
        (b"Requires-Python: >=3.11", b"Requires-Python: >=3.8", "says >=3.8 for requires_python"),
        (b"License-Expression: ", b"License-Expression: no such ", "is invalid: "),
    ],
)
def test_poor_metadata_is_found(rewritten, old: bytes, new: bytes, fault: str) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"\n" + old, b"\n" + new) if name.endswith("/METADATA") else content

    assert any(fault in told for told in faults_of(rewritten(change), __version__))


def test_other_bytes_are_found(rewritten) -> None:
    folder = rewritten(lambda name, content: content + b"\n" if name.endswith("/__init__.py") else content)
    assert faults_of(folder, __version__) == ["a wheel built from the source archive has other bytes"]
