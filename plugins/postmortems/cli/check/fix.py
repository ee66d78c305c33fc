"""`--fix` and `--diff`: puts right what is unambiguous in the given files, or shows it as a patch.

What was done is told on standard error: standard output is for the findings, or for the patch.
"""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING

import click

from postmortems.cli.check.run import asked_files
from postmortems.cli.context import from_here
from postmortems.fixes import FixKind, repair
from postmortems.runtime.atomic_files import write_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from postmortems.cli.check.request import CheckRequest
    from postmortems.fixes import Repair


def make_fixes(request: CheckRequest) -> bool:
    """Replace the files in which something can be put right; return whether all of them could be."""
    fixed = files = 0
    all_fixed = True
    for path, shown, made in _repairs(request):
        try:
            write_file(path, made.after, expected=made.before)
        except OSError as error:
            click.echo(f"Error: {shown} was not changed: {error.strerror}.", err=True)
            all_fixed = False
            continue
        fixed += len(made.fixes)
        files += 1
        if not request.quiet:
            click.echo(f"fixed {shown}: {_told(made)}", err=True)
    if not request.quiet:
        click.echo(f"{_count('Fixed', fixed, files)}\n" if files else "Nothing to fix.\n", err=True)
    return all_fixed


def show_fixes(request: CheckRequest) -> int:
    """Print what `--fix` would change as a unified diff; return 1 where there is anything, else 0."""
    fixed = files = 0
    for _, shown, made in _repairs(request):
        click.echo(_patch(shown, made), nl=False)
        fixed += len(made.fixes)
        files += 1
    if not request.quiet:
        click.echo(_count("Would fix", fixed, files) if files else "Nothing to fix.", err=True)
    return 1 if files else 0


def _repairs(request: CheckRequest) -> Iterator[tuple[Path, str, Repair]]:
    """The files in which something can be put right: where they are, how they are named, what becomes of them."""
    for base, conventions, names in asked_files(request):
        for name in names:
            path = base.root / name
            made = repair(name, path.read_bytes(), conventions)
            if made.fixes:
                yield path, from_here(base, name), made


def _patch(name: str, made: Repair) -> bytes:
    """A unified diff with the bytes of the file, so that `git apply` and `patch` take it."""
    old, new = (f"{side}/{name}" if not name.startswith("/") else name for side in "ab")
    lines = difflib.unified_diff(_lines(made.before), _lines(made.after), old, new)
    return "".join(_ended(line) for line in lines).encode()


def _lines(data: bytes) -> list[str]:
    *lines, last = data.decode().split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _told(made: Repair) -> str:
    counts = Counter(fix.kind for fix in made.fixes)
    kinds = [kind for kind in FixKind if kind in counts]
    return ", ".join(f"{kind.value} ({counts[kind]})" if counts[kind] > 1 else kind.value for kind in kinds)


def _count(verb: str, fixes: int, files: int) -> str:
    findings = "finding" if fixes == 1 else "findings"
    return f"{verb} {fixes} {findings} in {files} {'file' if files == 1 else 'files'}."
