"""Texts that go to the terminal or into a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.runtime.atomic_files import write_file

if TYPE_CHECKING:
    from pathlib import Path


def print_or_write(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file and say so on standard error."""
    if output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text.encode())
        click.echo(f"Written to {output}.", err=True)
