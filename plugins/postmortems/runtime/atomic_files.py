"""Files and folders that are written as a whole or not at all.

Each is written under a hidden name beside its place and then moved there, which is one step within a file system.
Whatever stops it, Ctrl-C too, what was there before is still there and nothing else is.

What can't be written raises OSError: `strerror` is the reason in plain words, `filename` the path it is about.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def write_file(path: Path, content: bytes, *, expected: bytes | None = None) -> None:
    """Write a file, new or over one that is there, which keeps its mode; of a link, the target is written.

    With `expected`, a file is replaced only while it holds these bytes. A pipe or device is written to directly.

    Raises OSError also where the file is read-only.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    target = _target_of(path)
    with _draft(target, content, _mode_to_keep(target)) as draft:
        if expected is not None and target.read_bytes() != expected:
            raise OSError(errno.EBUSY, "it has changed since it was read", str(path))
        draft.replace(target)


def create_files(files: Mapping[Path, bytes]) -> None:
    """Create new files and the folders that they need: all of them or, where one can't be written, none.

    Raises FileExistsError where a name is taken.
    """
    created: list[Path] = []
    try:
        for path, content in files.items():
            for folder in _missing_folders(path.parent):
                folder.mkdir(exist_ok=True)
                created.append(folder)
            with _draft(path, content) as draft:
                _name_new(draft, path)
            created.append(path)
    except BaseException:
        _remove(created)
        raise


def write_folder(path: Path, files: Mapping[str, Callable[[], bytes]]) -> None:
    """Write a new folder of files by their places in it, each file made as it is written.

    An empty folder is filled and keeps its mode. Raises FileExistsError for one that holds anything: that might be
    out of date, or withheld by now.
    """
    target = _target_of(path)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        reason = "it is there already: name a new folder, or remove what is in this one"
        raise FileExistsError(errno.EEXIST, reason, str(path))
    draft = _hidden_beside(target)
    try:
        with _errors_name(target, draft):
            draft.mkdir()
            if target.exists():
                draft.chmod(stat.S_IMODE(target.stat().st_mode))
            _fill(draft, files)
            draft.replace(target)
    finally:
        import shutil  # which is slow to load, and seldom needed

        shutil.rmtree(draft, ignore_errors=True)


def _target_of(path: Path) -> Path:
    """Where a path leads in the end; raises OSError where no folder is there to hold it."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, "it is a link that leads back to itself", str(path))
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, f"there is no folder `{path.parent}`", str(path))
    return target


def _mode_to_keep(target: Path) -> int | None:
    """The mode of a file, None for a new one; raises PermissionError for one that is read-only."""
    if not target.exists():
        return None
    mode = stat.S_IMODE(target.stat().st_mode)
    if not mode & 0o222 or not os.access(target, os.W_OK):  # the superuser may write to read-only files too
        raise PermissionError(errno.EACCES, "it is read-only", str(target))
    return mode


@contextmanager
def _draft(target: Path, content: bytes, mode: int | None = None) -> Iterator[Path]:
    """A finished file beside its target, of this mode or of the usual one; removed unless it is moved."""
    draft = _hidden_beside(target)
    first_mode = 0o666 if mode is None else 0o600  # what few may read stays closed while it is written
    try:
        with _errors_name(target, draft):
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), first_mode)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                draft.chmod(mode)
            yield draft
    finally:
        draft.unlink(missing_ok=True)


def _hidden_beside(target: Path) -> Path:
    return target.with_name(f".{os.urandom(8).hex()}.tmp")  # previews that watch the folder pass it over


@contextmanager
def _errors_name(target: Path, draft: Path) -> Iterator[None]:
    """Name the target, not its draft, in what the system refuses."""
    try:
        yield
    except OSError as error:
        if isinstance(error.filename, str | Path) and Path(error.filename).is_relative_to(draft):
            error.filename, error.filename2 = str(target), None
        raise


def _fill(folder: Path, files: Mapping[str, Callable[[], bytes]]) -> None:
    for name, make in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make())
    for name in files:  # only now: bringing the first to the disk brings most of the others too
        with (folder / name).open("rb+") as file:
            os.fsync(file.fileno())


def _name_new(draft: Path, path: Path) -> None:
    """Give a finished file its name; unlike a move, a link never replaces what is there."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: an empty file takes the name first
        path.touch(exist_ok=False)
        try:
            draft.replace(path)
        except BaseException:
            path.unlink()
            raise


def _missing_folders(folder: Path) -> list[Path]:
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    return missing[::-1]


def _remove(created: list[Path]) -> None:
    for path in reversed(created):
        try:
            path.rmdir() if path.is_dir() else path.unlink()
        except OSError:  # someone else's files are in it by now, so it stays
            continue
