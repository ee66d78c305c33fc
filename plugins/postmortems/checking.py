"""Judge the post-mortems that are asked for: by a command, a program or a hook."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from postmortems.changed_files import scope_of
from postmortems.corpus import Library, is_record_file, read_library
from postmortems.files import RecordFile
from postmortems.findings import Severity
from postmortems.record import read_record_file
from postmortems.rules import all_rules, judge
from postmortems.runtime.errors import MessageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from postmortems.changed_files import Scope
    from postmortems.conventions import Conventions, KnowledgeBase
    from postmortems.corpus import Audience
    from postmortems.findings import Finding
    from postmortems.history import History
    from postmortems.rules import Rule


class NothingToCheckError(MessageError):
    """There is no post-mortem where one was asked for; the message says where."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found in one knowledge base.

    `findings` come in the order in which they are printed, `files` are the paths of the post-mortems that were
    asked for, both as the knowledge base names them. `rules` are all rules by code. `notes` are sentences about
    what was not checked.
    """

    base: KnowledgeBase
    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    rules: Mapping[str, Rule]
    notes: tuple[str, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


class AskedFiles(NamedTuple):
    """What was read of a knowledge base: all of it, and the paths that are asked for.

    `history` is there where it is compared with a base, and `scope` where only what changed is asked for.
    """

    library: Library
    chosen: frozenset[str]
    history: History | None
    scope: Scope | None
    notes: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The post-mortems that are asked for."""
        wanted = self.chosen & self.scope.files if self.scope else self.chosen
        return tuple(reading.path for reading in self.library.readings if reading.path in wanted)


def check_files(  # noqa: PLR0913 - all but three are named
    base: KnowledgeBase,
    conventions: Conventions,
    paths: Sequence[Path],
    *,
    as_of: datetime,
    audience: Audience | None = None,
    due: bool = False,
    history: History | None = None,
    changed: bool = False,
) -> CheckResult:
    """Judge files and folders by the conventions of a knowledge base.

    `audience` is who reads the findings, None for everybody. `due` adds the rules that depend on the day. With a
    `history`, the records are compared with its base, and with `changed` only what changed since is reported.
    Raises NothingToCheckError where a path holds no post-mortem.
    """
    asked = read_asked(base, conventions, paths, history=history, changed=changed)
    only = asked.chosen & asked.scope.paths if asked.scope else asked.chosen
    findings = judge(
        asked.library, conventions, as_of, audience=audience, due=due, only=only, history=asked.history
    )
    covered = (finding for finding in findings if asked.scope is None or asked.scope.covers(finding))
    notes = (*asked.notes, *_withheld(asked.library, audience))
    return CheckResult(base, tuple(covered), asked.files, all_rules(conventions), notes)


def _withheld(library: Library, audience: Audience | None) -> Iterator[str]:
    """The number of post-mortems that messages for an audience leave unnamed; no name gets out."""
    if audience is not None:
        count, whole = library.withheld_from(audience), len(library.readings)
        yield f"{count} of {whole} post-mortems are withheld from this audience ({audience})."


def read_asked(
    base: KnowledgeBase,
    conventions: Conventions,
    paths: Sequence[Path],
    *,
    history: History | None = None,
    changed: bool = False,
) -> AskedFiles:
    """Read a knowledge base, and which of it is asked for. Raises NothingToCheckError where that is nothing."""
    library = read_library(base, conventions)
    choice = _choose(base, library, paths, history.gone if history else frozenset())
    strays = tuple(
        read_record_file(RecordFile(str(path), base.shown(path)), conventions)
        for path in dict.fromkeys(choice.strays)
    )
    # A copy from outside stands in for the record of the same id: two of one id would be compared with each other.
    replaced = {reading.id for reading in strays}
    kept = tuple(reading for reading in library.readings if reading.id not in replaced)
    chosen = frozenset(choice.known) | {reading.path for reading in strays}
    whole = replace(library, readings=(*kept, *strays))
    scope = scope_of(whole, history) if history and changed else None
    return AskedFiles(whole, chosen, history, scope, tuple(choice.notes))


@dataclass(slots=True)
class _Choice:
    """Which files of a knowledge base to report on: by their shown path, and those that its library lacks."""

    known: set[str] = field(default_factory=set)
    strays: list[Path] = field(default_factory=list)
    empty: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, path: Path, known: Iterable[str], strays: Iterable[Path] = ()) -> None:
        """Add what there is at a path that was asked for."""
        inside, outside = list(known), list(strays)
        self.known.update(inside)
        self.strays += outside
        if not inside and not outside:
            self.empty.append(path)


def _choose(base: KnowledgeBase, library: Library, paths: Sequence[Path], gone: frozenset[str]) -> _Choice:
    """`gone` are paths at which files were; where nothing else is left, they are nothing to report on."""
    known = {reading.path for reading in library.readings} | {finding.path for finding in library.findings}
    if known:
        known |= gone
    choice = _Choice()
    for path in paths:
        if path.is_dir():
            _choose_folder(base, known, path, choice)
        elif path.is_file():
            _choose_file(base, known, path, choice)
        elif path.exists():
            raise NothingToCheckError(f"{path} is neither a file nor a folder")
        else:
            choice.empty.append(path)
    if choice.empty or not (choice.known or choice.strays):
        places = ", ".join(str(path) for path in choice.empty or paths)
        raise NothingToCheckError(f"no post-mortem found in {places}")
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
    names = {base.shown_link(path), base.shown(path)} & known
    inside = path.resolve().is_relative_to(base.incidents.resolve())
    if not names and inside and not is_record_file(path):
        choice.notes.append(f"{path} is not checked, because its name is not that of a post-mortem.")
    elif names:
        choice.add(path, names)
    else:
        choice.add(path, (), [path])


def _records_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.md")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and is_record_file(path) and path.is_file():
            yield path
