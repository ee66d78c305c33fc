"""Reads the knowledge base, judges it, and reports on the given files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortems.checking import CheckResult, check_files, read_asked
from postmortems.cli.check.report import report_on
from postmortems.cli.check.selected_rules import selected_codes
from postmortems.cli.context import as_of, open_knowledge_base
from postmortems.cli.error_handling import Failure
from postmortems.conventions import KnowledgeBase, find_knowledge_base, load_conventions
from postmortems.corpus import Audience
from postmortems.rules import all_rules, known_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from postmortems.cli.check.request import CheckRequest
    from postmortems.conventions import Conventions
    from postmortems.history import History


def check_paths(request: CheckRequest) -> int:
    """Check files and folders, or all post-mortems; report on them and return the exit status.

    Raises NothingToCheckError where there is nothing to check.
    """
    at = as_of()
    bases = _by_knowledge_base(request.paths, request.root)
    return report_on([_checked(base, asked, request, at) for base, asked in bases.items()], request)


def asked_files(request: CheckRequest) -> Iterator[tuple[KnowledgeBase, Conventions, tuple[str, ...]]]:
    """The given post-mortems, by knowledge base; those with faulty conventions are left out.

    Raises NothingToCheckError where there is nothing to check, and Failure where no conventions are sound.
    """
    faulty = True
    for base, paths in _by_knowledge_base(request.paths, request.root).items():
        conventions, _ = load_conventions(base)
        if conventions is not None:
            faulty = False
            history = _history(base, conventions, request)
            asked = read_asked(base, conventions, paths, history=history, changed=request.changed)
            yield base, conventions, asked.files
    if faulty:
        raise Failure("there are errors in the conventions: run `postmortems check` for details.")


def _checked(base: KnowledgeBase, paths: Sequence[Path], request: CheckRequest, at: datetime) -> CheckResult:
    """Judge one knowledge base, by its own conventions; where they are faulty, only that is reported."""
    conventions, faults = load_conventions(base)
    if conventions is None:
        click.echo(
            "Nothing was checked: fix these files first, because everything else depends on them.", err=True
        )
        return CheckResult(base, tuple(faults), (), known_rules())
    codes = selected_codes(request, all_rules(conventions))
    result = check_files(
        base,
        conventions,
        paths,
        as_of=at,
        audience=None if request.audience == "all" else Audience(request.audience),
        due=request.due,
        history=_history(base, conventions, request),
        changed=request.changed,
    )
    for note in result.notes:
        click.echo(f"Note: {note}", err=True)
    return replace(
        result, findings=tuple(finding for finding in result.findings if codes is None or finding.code in codes)
    )


def _history(base: KnowledgeBase, conventions: Conventions, request: CheckRequest) -> History | None:
    """What changed since the base, where one is asked for. Raises Failure where Git can't tell."""
    if not request.compares:
        return None
    from postmortems.git import GitError  # most checks ask for no base
    from postmortems.history import read_history

    try:
        return read_history(base, conventions, request.base)
    except GitError as error:
        raise Failure(str(error)) from error


def _by_knowledge_base(paths: Sequence[Path], root: Path | None) -> dict[KnowledgeBase, list[Path]]:
    """Group the given paths by the knowledge base whose conventions it is judged by."""
    if not paths:
        base = open_knowledge_base(root)
        return {base: [base.incidents]}
    groups: dict[KnowledgeBase, list[Path]] = {}
    for path in paths:
        base = KnowledgeBase(root) if root else _nearest(path)
        groups.setdefault(base, []).append(path)
    return groups


def _nearest(path: Path) -> KnowledgeBase:
    """The knowledge base that holds a path, else the one that holds this folder, else the shipped conventions."""
    here = Path.cwd()
    # A file that is a link belongs to where it stands, not to where it leads.
    start = path if path.is_dir() else path.parent
    return find_knowledge_base(start) or find_knowledge_base(here) or KnowledgeBase(here)
