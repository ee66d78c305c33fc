"""What `postmortems check` has to do, from the command line and the environment."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


class Output(NamedTuple):
    """A format, and the file that it is written to; without one, standard output."""

    format: str
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What to check, by which rules, and what to say about it.

    `select` and `ignore` are codes or beginnings of codes. `base` names what to compare with, and `changed` leaves
    out what is the same there. `audience` is `all` or the name of an audience.
    """

    paths: tuple[Path, ...] = ()
    root: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    base: str | None = None
    changed: bool = False
    due: bool = False
    audience: str = "all"
    fail_level: str = "error"
    printed: str = "full"
    written: tuple[Output, ...] = ()
    quiet: bool = False
    statistics: bool = False

    @property
    def compares(self) -> bool:
        """Whether to compare with a base."""
        return self.base is not None or self.changed


def read_codes(_: click.Context, __: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """Split lists of codes; which codes there are is known only once the conventions are read."""
    codes = tuple(code.strip().upper() for value in values for code in value.split(","))
    if not all(codes):
        raise click.BadParameter("the list has an empty entry: separate codes with commas, such as `T,X02`.")
    return codes


def read_outputs(_: click.Context, __: click.Parameter, values: Sequence[str]) -> tuple[Output, ...]:
    """Read formats, each with the file to write behind an equals sign, if any."""
    return tuple(map(_output, values))


def _output(value: str) -> Output:
    from postmortems.findings.formats.registry import FORMATS
    from postmortems.source import did_you_mean

    name, equals, file = value.partition("=")
    if name not in FORMATS:
        suggestion = did_you_mean(name, FORMATS) or f"there are {', '.join(FORMATS)}."
        raise click.BadParameter(f"unknown format `{name}`; {suggestion}")
    if not equals:
        return Output(name)
    path = Path(file)
    if not file or path.is_dir():
        raise click.BadParameter(f"`{value}` has no file name: write `{name}=FILE`.")
    if not path.parent.is_dir():
        raise click.BadParameter(f"there is no folder `{path.parent}` to write `{path.name}` to.")
    return Output(name, path)


def default_format() -> str:
    """The format for standard output where none is named: annotations under GitHub Actions."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "full"


def default_audience() -> str:
    """Whom messages are for where nothing is said: the public under CI, whose logs are often read by anyone."""
    return "all" if os.environ.get("CI", "").lower() in {"", "0", "false"} else "public"


def printed_and_written(outputs: Sequence[Output], *, statistics: bool) -> tuple[str, tuple[Output, ...]]:
    """The one format for standard output, and those for files; raises click.UsageError where they clash."""
    from postmortems.findings.formats.registry import FORMATS

    printed = [output.format for output in outputs if not output.file]
    written = tuple(output for output in outputs if output.file)
    if len(printed) > 1:
        raise click.UsageError(
            f"--output-format: {' and '.join(printed)} can't both go to standard output; "
            f"write one of them to a file: `{printed[-1]}=FILE`."
        )
    twice = [file for file, count in Counter(output.file for output in written).items() if count > 1]
    if twice:
        raise click.UsageError(f"--output-format: {twice[0]} is given twice.")
    if statistics and printed and not FORMATS[printed[0]].for_people:
        raise click.UsageError(f"--statistics can't be combined with --output-format {printed[0]}.")
    fallback = "full" if statistics else default_format()
    return (printed[0] if printed else fallback), written
