"""New files, each written at once or not at all, and never over another."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def place(path: Path, text: str) -> None:
    """Write a new file, and the folders that it needs; raises FileExistsError where the path is taken."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not tempfile: its files are for their owner alone, and the mode stays when the file moves.
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        _move(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def place_all(root: Path, files: Mapping[str, str]) -> None:
    """Write new files below a folder: all of them or, where one can't be written, none."""
    made: list[Path] = []
    try:
        for name, text in files.items():
            made += _missing_folders((root / name).parent)
            place(root / name, text)
            made.append(root / name)
    except BaseException:
        _remove(made)
        raise


def in_the_way(root: Path, names: Mapping[str, str]) -> list[Path]:
    """What stands where files are to be written: the file itself, or a file where a folder is needed."""
    found: dict[Path, None] = {}
    for name in names:
        path = root / name
        steps = [*reversed([parent for parent in path.parents if parent.is_relative_to(root)]), path]
        for step in steps:
            if os.path.lexists(step) and (step == path or not step.is_dir()):
                found[step] = None
                break
    return list(found)


def _move(draft: Path, path: Path) -> None:
    """Give a finished file its name; unlike a rename, a link never replaces what is there."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: not at once, but still never over another
        with path.open("xb") as file:
            file.write(draft.read_bytes())


def _missing_folders(folder: Path) -> list[Path]:
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    return missing[::-1]


def _remove(made: list[Path]) -> None:
    for path in reversed(made):
        try:
            path.rmdir() if path.is_dir() else path.unlink()
        except OSError:  # someone else's files are in it by now, so it stays
            continue
