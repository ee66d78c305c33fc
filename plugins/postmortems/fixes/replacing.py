"""A file is replaced at once or not at all, and keeps its mode."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class NotReplacedError(Exception):
    """Why a file was left as it was, in words for the person at the terminal."""


def replace_file(path: Path, *, before: bytes, after: bytes) -> None:
    """Replace what a file holds; a symbolic link stays, and the file that it leads to is replaced.

    Raises NotReplacedError where the file is read-only or no longer holds `before`, and OSError where it can't be
    written; in either case it is left as it was.
    """
    target = Path(os.path.realpath(path))
    mode = target.stat().st_mode
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise NotReplacedError("it is read-only")

    def unchanged() -> None:
        if target.read_bytes() != before:
            raise NotReplacedError("it has changed since it was read")

    put_file(target, after, mode=stat.S_IMODE(mode), first=unchanged)


def put_file(target: Path, content: bytes, *, mode: int, first: Callable[[], None] = lambda: None) -> None:
    """Put a file into its place in one step, over one that is there; `first` is done just before, and may raise.

    Raises OSError where it can't be written; then nothing has changed.
    """
    # In the same folder, since a file moves at once only within one file system; hidden, since previews watch.
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(mode)
        first()
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
