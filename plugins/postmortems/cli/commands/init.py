"""`postmortems init`: sets up a knowledge base."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import click

from postmortems.cli.context import as_of
from postmortems.cli.drafts.scalars import one_line, scalar
from postmortems.cli.error_handling import Failure
from postmortems.runtime.atomic_files import create_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", help="Name of the site. Default: from the folder name.")
@click.option(
    "--organisation",
    help="Your organisation. Default: the owner of the Git remote, else the folder name.",
)
def init(folder: Path, name: str | None, organisation: str | None) -> None:
    """Create a knowledge base: a site, a policy and one example.

    DIR defaults to the current folder. Nothing is ever overwritten: if one of the files already exists, nothing is
    written.
    """
    lay_down(folder, name=name, organisation=organisation)


_MAX_NAME = 100
# The owner in the address of a remote: https://forge.example/acme/postmortems.git, git@forge.example:acme/...
_REMOTE_OWNER = re.compile(r"(?:(?:https?|ssh|git)://[^/]+/|[\w.-]+@[\w.-]+:)([^/:]+)/")


def lay_down(folder: Path, *, name: str | None, organisation: str | None) -> None:
    """Write the files of a new knowledge base and say what to do next.

    Raises Failure, with nothing written, where a file is in the way.
    """
    stem = folder.resolve().name
    title = _given("--name", name) or _printable(stem.replace("-", " ").replace("_", " ").strip())
    owner = _given("--organisation", organisation) or _owner_of_remote(folder) or _printable(stem)
    title = title[:1].upper() + title[1:] if name is None else title
    laid = _files(title or "Post-mortems", owner or "Our organisation", as_of())
    blocked = _in_the_way(folder, laid)
    if blocked:
        lines = "".join(f"\n  {path}" for path in blocked)
        raise Failure(
            f"nothing was written, because this already exists:{lines}\nMove it, or choose an empty folder."
        )
    try:
        create_files({folder / name: text.encode() for name, text in laid.items()})
    except FileExistsError as error:
        raise Failure(f"nothing was written: {error.filename} was created meanwhile") from error
    _tell(folder, laid)


def _files(title: str, organisation: str, at: datetime) -> dict[str, str]:
    """The files by their path in the knowledge base. The example happened the day before, so it is all past."""
    yesterday = (at - timedelta(days=1)).date().isoformat()
    values = {
        "site_name": scalar(title),
        "organisation": scalar(organisation),
        "date": yesterday,
        "today": at.date().isoformat(),
    }
    sources = {
        "mkdocs.yml": "mkdocs.yml",
        "schemas/policy.yaml": "policy.yaml",
        f"incidents/{yesterday[:4]}/{yesterday}-example-shop-certificate.md": "example.md",
        "docs/about.md": "about.md",
        ".gitignore": "gitignore",
    }
    starter = files("postmortems") / "starter"
    return {
        target: Template(starter.joinpath(source).read_text(encoding="utf-8")).substitute(values)
        for target, source in sources.items()
    }


def _in_the_way(root: Path, names: Iterable[str]) -> list[Path]:
    """What stands where files are to be written: the file itself, or a file where a folder is needed."""
    taken: dict[Path, None] = {}
    for name in names:
        path = root / name
        folders = reversed([parent for parent in path.parents if parent.is_relative_to(root)])
        for step in (*folders, path):
            if os.path.lexists(step) and (step == path or not step.is_dir()):
                taken[step] = None
                break
    return list(taken)


def _tell(folder: Path, laid: dict[str, str]) -> None:
    for target in laid:
        click.echo(f"wrote {folder / target}")
    click.echo("\nNext:")
    if str(folder) != ".":
        click.echo(f"  cd {shlex.quote(str(folder))}")
    click.echo("  postmortems new     # write your first post-mortem")
    click.echo("  mkdocs serve        # preview the site at http://127.0.0.1:8000")


def _given(flag: str, value: str | None) -> str:
    """A name that was given, or an empty text; raises UsageError for one that can't be used."""
    if value is None:
        return ""
    name = one_line(value)
    if not name or len(name) > _MAX_NAME or name != _printable(name):
        raise click.BadParameter(f"expected 1 to {_MAX_NAME} printable characters", param_hint=flag)
    return name


def _printable(text: str) -> str:
    """A guess that can be written down: printable, and not too long."""
    return one_line("".join(character if character.isprintable() else " " for character in text))[:_MAX_NAME]


def _owner_of_remote(folder: Path) -> str:
    """Who owns the Git repository on its forge; empty where there is none."""
    if not folder.is_dir():
        return ""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), "config", "--get", "remote.origin.url"],
            capture_output=True,
            check=False,
            text=True,
            errors="replace",
            timeout=5,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    match = _REMOTE_OWNER.match(done.stdout)
    return _printable(match[1]) if match else ""
