"""The due dates that actions have had, as the Git history of their files tells.

Records tell of a moved date by `slips`; the history also tells of those that nobody wrote down. It is read in one
pass over the commits of the branch itself, and only files whose lines on due dates have changed are opened.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from postmortems import git
from postmortems.history import is_record_path, read_earlier, stands_for_another
from postmortems.record import record_id_of
from postmortems.source.decoding import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from postmortems.conventions import Conventions, KnowledgeBase
    from postmortems.corpus import Corpus
    from postmortems.history import Earlier
    from postmortems.record import Action

_MOST_COMMITS = 50_000


@dataclass(frozen=True, slots=True)
class DueDateLog:
    """The earlier versions of post-mortems, oldest first by id, of those whose due dates have changed.

    It holds what no audience has been withheld from yet: only `due_dates` leads from it to a page. `commit` is the
    newest one; it is empty where there is no history, as outside Git or in a shallow clone: `reason` says why.
    """

    commit: str = ""
    reason: str = ""
    versions: Mapping[str, tuple[Earlier, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DueDates:
    """The due dates of actions, oldest first, by the ids of record and action; only those that have had several.

    `known` is false where there is no history, and nothing can be told.
    """

    known: bool = False
    dates: Mapping[tuple[str, str], tuple[date, ...]] = field(default_factory=dict)


def read_due_date_log(
    base: KnowledgeBase, conventions: Conventions, before: DueDateLog | None = None
) -> DueDateLog:
    """Read the history of a knowledge base up to HEAD; `before` is returned where HEAD is still its commit.

    Where Git can't tell all of the history, none of it is told: half of it would look like the whole.
    """
    try:
        commit = git.whole_history(base.root)
        if before and before.commit == commit:
            return before
        changed = git.versions_with(base.root, commit, base.incidents.name, "due", _MOST_COMMITS)
        return DueDateLog(commit, "", _read(base, conventions, changed))
    except git.GitError as error:
        return DueDateLog(reason=str(error))


def due_dates(log: DueDateLog, corpus: Corpus) -> DueDates:
    """The due dates of the actions that a corpus holds, from the versions that its audience might have read.

    Left out are records of whose actions something is withheld, versions with a mark that the audience may not see
    or with something redacted among the actions, and drafts, whose dates nobody had agreed on.
    """
    dates = {}
    for record in corpus.records:
        versions = [version for version in log.versions.get(record.id, ()) if _may_be_read(version, corpus)]
        if record.id not in corpus.whole_actions or not versions:
            continue
        for action in record.actions:
            days = tuple(day for day, _ in groupby(_days(action, versions)))
            if len(days) > 1:
                dates[record.id, action.id] = days
    return DueDates(bool(log.commit), dates)


def _read(
    base: KnowledgeBase, conventions: Conventions, changed: Iterable[tuple[str, str]]
) -> dict[str, tuple[Earlier, ...]]:
    """The versions of records that have had several; `changed` is newest first."""
    by_id: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, blob in changed:
        if is_record_path(path):
            by_id[record_id_of(PurePosixPath(path))].append((path, blob))
    wanted = [version for versions in by_id.values() if len(versions) > 1 for version in reversed(versions)]
    contents = git.read_blobs(base.root, (blob for _, blob in wanted), MAX_BYTES)
    read: dict[str, list[Earlier]] = defaultdict(list)
    for (path, _), data in zip(wanted, contents, strict=True):
        version = read_earlier(path, data, conventions)
        read[version.id].append(version)
    return {record_id: tuple(versions) for record_id, versions in read.items()}


def _may_be_read(version: Earlier, corpus: Corpus) -> bool:
    return (
        version.readable
        and not version.was_draft
        and version.tlp in corpus.audience.admitted
        and not any(path.split(".")[0] == "actions" for path in version.redacted)
    )


def _days(action: Action, versions: Iterable[Earlier]) -> Iterator[date]:
    """The due dates of an action, version by version, as long as its id stood for this one."""
    for version in versions:
        earlier = version.actions.get(action.id)
        if earlier and earlier.due and not stands_for_another(action, earlier, version):
            yield earlier.due
