"""Options that several commands share, told in the same words everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

_Command = TypeVar("_Command", bound="Callable[..., Any]")


def root_option(command: _Command) -> _Command:
    """`--root`: the folder of the knowledge base."""
    return click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Knowledge base folder. Default: the one containing the current folder.",
    )(command)


def audience_option(command: _Command) -> _Command:
    """`--audience`: for whom; what it may not see is in no figure."""
    return click.option(
        "--audience",
        type=click.Choice(["public", "organisation", "strict"]),
        help="Who may see the output. Default: public in CI, else organisation.",
    )(command)


def json_option(command: _Command) -> _Command:
    """`--json`: for programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")(command)


def sheet_format_option(command: _Command) -> _Command:
    """`--output-format` of a sheet: Markdown to go on with, or HTML to print."""
    return click.option(
        "--output-format",
        type=click.Choice(["markdown", "html"]),
        default="markdown",
        show_default=True,
        help="Markdown to edit, or a self-contained HTML file that prints on A4.",
    )(command)


def output_option(command: _Command) -> _Command:
    """`-o`: into a file."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to this file instead of standard output.",
    )(command)
