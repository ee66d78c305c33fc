"""Reads the knowledge base, judges it, and reports on the files that were asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortems.cli.check.changes import Scope, history_since, scope_of
from postmortems.cli.check.report import Checked, report_on
from postmortems.cli.check.selected_rules import selected_codes
from postmortems.cli.context import as_of, open_knowledge_base
from postmortems.cli.error_handling import Failure
from postmortems.conventions import KnowledgeBase, find_knowledge_base, load_conventions
from postmortems.corpus import Audience, Library, is_record_file, read_library
from postmortems.files import RecordFile
from postmortems.record import read_record_file
from postmortems.rules import RULES, all_rules, judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from postmortems.cli.check.request import CheckRequest
    from postmortems.conventions import Conventions
    from postmortems.history import History


@dataclass(slots=True)
class _Choice:
    """Which files of a knowledge base to report on: by their shown path, and those that its library lacks."""

    known: set[str] = field(default_factory=set)
    strays: list[Path] = field(default_factory=list)
    empty: list[Path] = field(default_factory=list)

    def add(self, path: Path, known: Iterable[str], strays: Iterable[Path] = ()) -> None:
        """Add what was found at a path that was asked for."""
        found, others = list(known), list(strays)
        self.known.update(found)
        self.strays += others
        if not found and not others:
            self.empty.append(path)


def check_paths(request: CheckRequest) -> int:
    """Check files and folders, or all post-mortems; report on them and return the exit status.

    Raises Failure where there is nothing to check.
    """
    at = as_of()
    bases = _by_knowledge_base(request.paths, request.root)
    return report_on([_checked(base, asked, request, at) for base, asked in bases.items()], request)


def _checked(base: KnowledgeBase, asked: Sequence[Path], request: CheckRequest, at: datetime) -> Checked:
    """Judge one knowledge base, by its own conventions; where they are faulty, only that is reported."""
    conventions, faults = load_conventions(base)
    if conventions is None:
        click.echo(
            "Nothing was checked: fix these files first, because everything else depends on them.", err=True
        )
        return Checked(base, tuple(faults), (), RULES)
    rules = all_rules(conventions)
    codes = selected_codes(request, rules)
    read = _read(base, conventions, asked, request)
    scope = read.scope
    audience = None if request.audience == "all" else Audience(request.audience)
    only = read.chosen & scope.paths if scope else read.chosen
    found = judge(
        read.library, conventions, at, audience=audience, due=request.due, only=only, history=read.history
    )
    if scope:
        found = [finding for finding in found if scope.covers(finding)]
    findings = (finding for finding in found if codes is None or finding.code in codes)
    return Checked(base, tuple(findings), read.files, rules)


def asked_files(request: CheckRequest) -> Iterator[tuple[KnowledgeBase, Conventions, tuple[str, ...]]]:
    """The post-mortems that are asked for, by knowledge base; those with faulty conventions are left out.

    Raises Failure where there is nothing to check, or where no conventions are sound.
    """
    faulty = True
    for base, asked in _by_knowledge_base(request.paths, request.root).items():
        conventions, _ = load_conventions(base)
        if conventions is not None:
            faulty = False
            yield base, conventions, _read(base, conventions, asked, request).files
    if faulty:
        raise Failure("there are errors in the conventions: run `postmortems check` for details.")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of a knowledge base: all of it, and the paths that are asked for.

    `history` is there where it is compared with a base, and `scope` where only what changed is asked for.
    """

    library: Library
    chosen: frozenset[str]
    history: History | None
    scope: Scope | None

    @property
    def files(self) -> tuple[str, ...]:
        """The post-mortems that are asked for."""
        wanted = self.chosen & self.scope.files if self.scope else self.chosen
        return tuple(reading.path for reading in self.library.readings if reading.path in wanted)


def _read(base: KnowledgeBase, conventions: Conventions, asked: Sequence[Path], request: CheckRequest) -> _Reading:
    history = history_since(base, conventions, request.base) if request.compares else None
    library, chosen = _library_for(base, conventions, asked, history.gone if history else frozenset())
    scope = scope_of(library, history) if history and request.changed else None
    return _Reading(library, chosen, history, scope)


def _by_knowledge_base(paths: Sequence[Path], root: Path | None) -> dict[KnowledgeBase, list[Path]]:
    """Group what was asked for by the knowledge base whose conventions it is judged by."""
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


def _library_for(
    base: KnowledgeBase, conventions: Conventions, asked: Sequence[Path], gone: frozenset[str]
) -> tuple[Library, frozenset[str]]:
    """Everything to judge, files from outside `incidents/` among it, and the paths to report on.

    `gone` are paths at which files were; where nothing else is left, they are nothing to report on.
    """
    library = read_library(base, conventions)
    choice = _choose(base, library, asked, gone)
    strays = tuple(
        read_record_file(RecordFile(str(path), base.shown(path)), conventions)
        for path in dict.fromkeys(choice.strays)
    )
    # A copy from outside stands in for the record of the same id: two of one id would be compared with each other.
    replaced = {reading.id for reading in strays}
    kept = tuple(reading for reading in library.readings if reading.id not in replaced)
    chosen = frozenset(choice.known) | {reading.path for reading in strays}
    return replace(library, readings=(*kept, *strays)), chosen


def _choose(base: KnowledgeBase, library: Library, asked: Sequence[Path], gone: frozenset[str]) -> _Choice:
    known = {reading.path for reading in library.readings} | {finding.path for finding in library.findings}
    if known:
        known |= gone
    choice = _Choice()
    for path in asked:
        if path.is_dir():
            _choose_folder(base, known, path, choice)
        elif path.is_file():
            _choose_file(base, known, path, choice)
        elif path.exists():
            raise Failure(f"{path} is neither a file nor a folder")
        else:
            choice.empty.append(path)
    if choice.empty or not (choice.known or choice.strays):
        places = ", ".join(str(path) for path in choice.empty or asked)
        raise Failure(f"no post-mortem found in {places}")
    return choice


def _choose_folder(base: KnowledgeBase, known: set[str], path: Path, choice: _Choice) -> None:
    folder, incidents = path.resolve(), base.incidents.resolve()
    if incidents.is_relative_to(folder):
        choice.add(path, known)
    elif folder.is_relative_to(incidents):
        start = base.shown(path) + "/"
        choice.add(path, (name for name in known if name.startswith(start)))
    else:
        choice.add(path, (), _records_below(path))


def _choose_file(base: KnowledgeBase, known: set[str], path: Path, choice: _Choice) -> None:
    found = {base.shown_link(path), base.shown(path)} & known
    inside = path.resolve().is_relative_to(base.incidents.resolve())
    if not found and inside and not is_record_file(path):
        click.echo(f"Note: {path} is not checked, because its name is not that of a post-mortem.", err=True)
    elif found:
        choice.add(path, found)
    else:
        choice.add(path, (), [path])


def _records_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.md")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and is_record_file(path) and path.is_file():
            yield path
