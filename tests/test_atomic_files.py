"""Files and folders are written as a whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from postmortems.runtime import atomic_files
from postmortems.runtime.atomic_files import create_files, write_file, write_folder

modes = pytest.mark.skipif(sys.platform == "win32", reason="modes of files")

FULL = OSError(28, "No space left on device")
STEPS = {"fsync": os, "replace": Path, "link": os}


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "2026-03-31-x.md"
    made.write_bytes(b"before")
    return made


@pytest.fixture
def halt(monkeypatch):
    """Let one of the steps in which files are written raise an error, after it went well some times."""

    def at(step: str, error: BaseException, *, after: int = 0) -> None:
        owner, left = STEPS[step], after
        original = getattr(owner, step)

        def stop(*given):
            nonlocal left
            if left == 0:
                raise error
            left -= 1
            return original(*given)

        monkeypatch.setattr(owner, step, stop)

    return at


# ---- a file, new or replaced ---------------------------------------------------------------------


@modes
@pytest.mark.parametrize("kept", [0o600, 0o640, 0o604, 0o755])
def test_a_file_that_is_replaced_keeps_its_mode(path, kept):
    path.chmod(kept)
    write_file(path, b"after\r\n")
    assert (path.read_bytes(), mode(path)) == (b"after\r\n", kept)
    assert tree(path.parent) == {path.name: b"after\r\n"}


@modes
def test_what_few_may_read_is_never_open_to_more(path, monkeypatch):
    path.chmod(0o600)
    seen = []
    monkeypatch.setattr(os, "fsync", lambda handle: seen.append(os.fstat(handle).st_mode & 0o777))
    write_file(path, b"after")
    assert seen == [0o600]


@modes
@pytest.mark.parametrize("mask", [0o022, 0o027, 0o077])
def test_what_is_new_gets_the_usual_mode(tmp_path, mask):
    before = os.umask(mask)
    try:
        write_file(tmp_path / "file", b"")
        create_files({tmp_path / "created": b""})
        write_folder(tmp_path / "folder", {"file": lambda: b""})
    finally:
        os.umask(before)
    assert {mode(tmp_path / name) for name in ("file", "created", "folder/file")} == {0o666 & ~mask}
    assert mode(tmp_path / "folder") == 0o777 & ~mask


def test_a_link_stays_one_and_its_target_is_written(path, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "second").symlink_to(path)
    (folder / "first").symlink_to("second")
    write_file(folder / "first", b"after")
    assert (folder / "first").is_symlink()
    assert (folder / "second").is_symlink()
    assert path.read_bytes() == b"after"
    assert len(list(folder.iterdir())) == 2


def test_a_link_to_a_file_that_is_not_there_yet(tmp_path):
    (tmp_path / "link").symlink_to("target")
    write_file(tmp_path / "link", b"after")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"after"


def test_a_link_that_leads_back_to_itself_is_refused(tmp_path):
    (tmp_path / "link").symlink_to("link")
    with pytest.raises(OSError, match="leads back to itself"):
        write_file(tmp_path / "link", b"after")
    assert (tmp_path / "link").is_symlink()


def test_a_file_that_has_changed_is_left_as_it_is(path):
    path.write_bytes(b"meanwhile")
    with pytest.raises(OSError, match="changed"):
        write_file(path, b"after", expected=b"before")
    assert tree(path.parent) == {path.name: b"meanwhile"}


def test_a_file_that_is_gone_does_not_come_back(path):
    path.unlink()
    with pytest.raises(FileNotFoundError):
        write_file(path, b"after", expected=b"before")
    assert not tree(path.parent)


def test_a_file_that_has_not_changed_is_replaced(path):
    write_file(path, b"after", expected=b"before")
    assert path.read_bytes() == b"after"


def test_a_read_only_file_is_left_as_it_is(path):
    path.chmod(0o440)
    with pytest.raises(PermissionError, match="read-only") as refused:
        write_file(path, b"after")
    assert refused.value.filename == str(path)
    assert path.read_bytes() == b"before"


def test_where_there_is_no_folder(tmp_path):
    for write in (lambda at: write_file(at, b""), lambda at: write_folder(at, {})):
        with pytest.raises(FileNotFoundError, match=r"there is no folder `.*nowhere`"):
            write(tmp_path / "nowhere" / "x")
    assert not tree(tmp_path)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(IsADirectoryError):
        write_file(tmp_path, b"")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_written_to(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_file(tmp_path / "pipe", b"through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


def test_the_longest_name(tmp_path):
    name = "x" * 255
    write_file(tmp_path / name, b"1")
    write_file(tmp_path / name, b"2")
    assert tree(tmp_path) == {name: b"2"}


@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt()], ids=["full", "ctrl-c"])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_whatever_stops_it_leaves_the_file_as_it_was(path, halt, step, error):
    halt(step, error)
    with pytest.raises(type(error)):
        write_file(path, b"after")
    assert tree(path.parent) == {path.name: b"before"}


def test_an_error_names_the_file_and_not_its_draft(tmp_path, monkeypatch):
    def refuse(name, *_):
        raise PermissionError(13, "Permission denied", str(name))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(PermissionError) as refused:
        write_file(tmp_path / "x", b"")
    assert refused.value.filename == str(tmp_path / "x")


# ---- new files -----------------------------------------------------------------------------------


def test_new_files_come_with_their_folders(tmp_path):
    create_files({tmp_path / "a/b/c": b"1", tmp_path / "a/d": b"2"})
    assert tree(tmp_path) == {"a": None, "a/b": None, "a/b/c": b"1", "a/d": b"2"}


@pytest.fixture(params=["links", "no links"])
def file_system(request, halt):
    """A file system with links, and one without."""
    if request.param == "no links":
        halt("link", PermissionError(1, "Operation not permitted"))


def test_a_name_that_is_taken_is_left_alone_and_nothing_else_stays(path, file_system):
    before = tree(path.parent)
    with pytest.raises(FileExistsError) as refused:
        create_files({path.parent / "new/file": b"1", path: b"2"})
    assert refused.value.filename == str(path)
    assert tree(path.parent) == before


def test_new_files_on_any_file_system(tmp_path, file_system):
    create_files({tmp_path / "a": b"1"})
    assert tree(tmp_path) == {"a": b"1"}


@pytest.mark.parametrize(
    ("step", "error"), [("fsync", FULL), ("fsync", KeyboardInterrupt()), ("link", KeyboardInterrupt())]
)
def test_whatever_stops_the_second_file_takes_the_first_back(path, halt, step, error):
    before = tree(path.parent)
    halt(step, error, after=1)
    with pytest.raises(type(error)):
        create_files({path.parent / "a/1": b"1", path.parent / "b/2": b"2"})
    assert tree(path.parent) == before


def test_without_links_too(path, halt):
    before = tree(path.parent)
    halt("link", PermissionError(1, "Operation not permitted"))
    halt("replace", FULL, after=1)
    with pytest.raises(OSError, match="No space left"):
        create_files({path.parent / "a/1": b"1", path.parent / "b/2": b"2"})
    assert tree(path.parent) == before


def test_what_others_put_into_a_new_folder_stays(tmp_path, monkeypatch):
    def meanwhile(draft, path):
        path.with_name("theirs").touch()
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic_files, "_name_new", meanwhile)
    with pytest.raises(KeyboardInterrupt):
        create_files({tmp_path / "a/b/c": b"1"})
    assert tree(tmp_path) == {"a": None, "a/b": None, "a/b/theirs": b""}


# ---- folders -------------------------------------------------------------------------------------


def test_a_new_folder_holds_all_its_files(tmp_path):
    write_folder(tmp_path / "out", {"a.csv": lambda: b"1", "b/c.csv": lambda: b"2"})
    assert tree(tmp_path) == {"out": None, "out/a.csv": b"1", "out/b": None, "out/b/c.csv": b"2"}


@modes
def test_an_empty_folder_is_filled_and_keeps_its_mode(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out").chmod(0o700)
    (tmp_path / "link").symlink_to("out")
    write_folder(tmp_path / "link", {"a": lambda: b"1"})
    assert (tmp_path / "link").is_symlink()
    assert mode(tmp_path / "out") == 0o700
    assert (tmp_path / "out/a").read_bytes() == b"1"


@pytest.mark.parametrize("taken", ["out", "out/earlier"])
def test_a_folder_that_holds_anything_is_refused(tmp_path, taken):
    (tmp_path / taken).parent.mkdir(exist_ok=True)
    (tmp_path / taken).write_bytes(b"mine")
    before = tree(tmp_path)
    with pytest.raises(FileExistsError, match="name a new folder"):
        write_folder(tmp_path / "out", {"a": lambda: b"1"})
    assert tree(tmp_path) == before


@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt()], ids=["full", "ctrl-c"])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_whatever_stops_it_leaves_no_folder(tmp_path, halt, step, error):
    halt(step, error)
    with pytest.raises(type(error)):
        write_folder(tmp_path / "out", {"a": lambda: b"1", "b/c": lambda: b"2"})
    assert not tree(tmp_path)
