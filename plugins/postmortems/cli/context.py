"""What several commands need: the knowledge base, its conventions, the time, and how places are shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortems.cli.error_handling import Failure
from postmortems.conventions import KnowledgeBase, find_knowledge_base, load_conventions, shipped_schemas
from postmortems.findings import render_finding
from postmortems.runtime import clock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from postmortems.conventions import Conventions
    from postmortems.findings import Finding


def as_of() -> datetime:
    """The time from which everything is counted; a wrong `SOURCE_DATE_EPOCH` is a usage error."""
    try:
        return clock.as_of()
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def open_knowledge_base(root: Path | None) -> KnowledgeBase:
    """The knowledge base at `root`, or else the one that holds the current folder.

    Raises Failure where there is none.
    """
    base = KnowledgeBase(root) if root else find_knowledge_base(Path.cwd())
    if base is None:
        raise Failure(
            "there is no knowledge base here: neither this folder nor any parent contains `incidents/`.\n"
            "Change to a knowledge base, name one with --root, or create one with `postmortems init`."
        )
    return base


def conventions_of(base: KnowledgeBase) -> Conventions:
    """The conventions of a knowledge base; faulty ones are printed, and the command ends."""
    conventions, findings = load_conventions(base)
    if conventions is None:
        print_findings(base, findings)
        click.echo(
            "Nothing was checked: fix these files first, because everything else depends on them.", err=True
        )
        raise click.exceptions.Exit(1)
    return conventions


def any_conventions(root: Path | None) -> Conventions:
    """The conventions of the knowledge base at `root` or around this folder; the shipped ones where it has none.

    The shipped ones also where its own are faulty: what the fault means has to be told nevertheless.
    """
    base = KnowledgeBase(root) if root else find_knowledge_base(Path.cwd())
    conventions = load_conventions(base)[0] if base else None
    if conventions is None:
        if base:
            click.echo(
                "Note: this knowledge base has errors in its conventions; using the shipped ones.", err=True
            )
        conventions, _ = load_conventions(KnowledgeBase(shipped_schemas()))
        assert conventions  # noqa: S101 - the tests see to it
    return conventions


def print_findings(base: KnowledgeBase, findings: Iterable[Finding]) -> None:
    """Print findings on standard output, each followed by an empty line."""
    for finding in findings:
        click.echo(render_finding(replace(finding, path=from_here(base, finding.path))) + "\n")


def from_here(base: KnowledgeBase, path: str) -> str:
    """How a path of the knowledge base is shown: so that a terminal or an editor can open it from this folder.

    Relative to the current folder where both lie in the knowledge base or the file lies below; absolute otherwise.
    """
    here, root = Path.cwd(), base.root.resolve()
    place = root / path
    if place.is_relative_to(here):
        return place.relative_to(here).as_posix()
    if here.is_relative_to(root) and place.is_relative_to(root):
        up = len(here.relative_to(root).parts)
        return "../" * up + place.relative_to(root).as_posix()
    return place.as_posix()
