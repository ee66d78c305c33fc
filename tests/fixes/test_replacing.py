"""A file is replaced at once or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from postmortems.fixes import NotReplacedError, replace_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "2026-03-31-x.md"
    made.write_bytes(b"before")
    made.chmod(0o640)
    return made


def test_it_holds_the_new_bytes_and_keeps_its_mode(path):
    replace_file(path, before=b"before", after=b"after\r\n")
    assert path.read_bytes() == b"after\r\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_has_changed_is_left_as_it_is(path):
    path.write_bytes(b"meanwhile")
    with pytest.raises(NotReplacedError, match="changed"):
        replace_file(path, before=b"before", after=b"after")
    assert path.read_bytes() == b"meanwhile"
    assert list(path.parent.iterdir()) == [path]


def test_a_read_only_file_is_left_as_it_is(path):
    path.chmod(0o440)
    with pytest.raises(NotReplacedError, match="read-only"):
        replace_file(path, before=b"before", after=b"after")
    assert path.read_bytes() == b"before"


def test_a_file_that_is_gone_does_not_come_back(path):
    path.unlink()
    with pytest.raises(OSError, match="No such file"):
        replace_file(path, before=b"before", after=b"after")
    assert not list(path.parent.iterdir())


def test_a_symbolic_link_stays_one(path, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "2026-03-31-link.md"
    link.symlink_to(path)
    replace_file(link, before=b"before", after=b"after")
    assert link.is_symlink()
    assert path.read_bytes() == b"after"
    assert list(folder.iterdir()) == [link]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_it_as_it_was(path, monkeypatch, step):
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        replace_file(path, before=b"before", after=b"after")
    assert path.read_bytes() == b"before"
    assert list(path.parent.iterdir()) == [path]
