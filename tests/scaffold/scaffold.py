"""What laying down a rule and a page share: names, files from templates, and refusals."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]


class RefusedError(Exception):
    """It can't be laid down."""


def checked_name(name: str) -> str:
    """A name as it stands in addresses and codes."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise RefusedError(f"a name is made of small letters, digits and hyphens: {name}")
    return name


def filled(template: str, **values: str) -> str:
    """A template of this folder with values in it."""
    return Template((HERE / template).read_text(encoding="utf-8")).substitute(values)


def write_new(texts: Mapping[Path, str]) -> list[Path]:
    """Write files, all of which must be new; returns their paths."""
    if taken := [str(path.relative_to(REPOSITORY)) for path in texts if path.exists()]:
        raise RefusedError(f"exists already: {', '.join(taken)}")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(texts)


def lay_down(command: str, write: Callable[[], list[Path]], following: str) -> None:
    """Run a command: list what it wrote and say what follows, or say why it refuses."""
    try:
        written = write()
    except RefusedError as error:
        sys.exit(f"{command}: {error}")
    print(*(path.relative_to(REPOSITORY) for path in written), sep="\n")
    print(following)
