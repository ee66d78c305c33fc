"""Files and folders that are written at once or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortems.cli.error_handling import Failure
from postmortems.fixes.replacing import put_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def print_or_write(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file and say so on standard error."""
    if output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text.encode())
        click.echo(f"Written to {output}.", err=True)


def write_file(path: Path, content: bytes) -> None:
    """Write a file in one step; one that is there is replaced and keeps its mode.

    Raises Failure where there is no such folder, and OSError where it can't be written; then it is as it was.
    """
    if path.exists() and not path.is_file():  # a pipe or device: there is nothing to keep
        path.write_bytes(content)
        return
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise Failure(f"there is no folder `{path.parent}` to write `{path.name}` to.")
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else _usual_mode(0o666)
    put_file(target, content, mode=mode)


def write_folder(path: Path, files: Mapping[str, Callable[[], bytes]]) -> None:
    """Make a new folder of files in one step, each file made as it is written.

    An empty folder is taken too, but none that holds anything: what it has from before might be out of date, or
    withheld by now. Raises Failure then, and OSError where it can't be written; then there is none.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Failure(f"`{path}` is there already: name a new folder, or remove what is in this one.")
    if not target.parent.is_dir():
        raise Failure(f"there is no folder `{path.parent}` to make `{path.name}` in.")
    draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp"))
    try:
        for name, make in files.items():
            place = draft / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(make())
        draft.chmod(_usual_mode(0o777))
        draft.replace(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _usual_mode(wanted: int) -> int:
    """The mode that a new file or folder has where nothing else is said."""
    mask = os.umask(0)
    os.umask(mask)
    return wanted & ~mask
