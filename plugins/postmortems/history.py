"""The post-mortems as they were at a base, such as the branch that a pull request is to join.

The base is read from Git, without a checkout, and only where it differs: what is the same in the working tree
can't break a rule on what may change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from postmortems import git
from postmortems.corpus import is_record_file
from postmortems.record import MILESTONES, record_id_of
from postmortems.record.naming import date_text_of
from postmortems.source import Margin, MomentError, parse_date, parse_moment, read_record
from postmortems.source.access import flag, items, mapping, text
from postmortems.source.decoding import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from postmortems.conventions import Conventions, KnowledgeBase
    from postmortems.record import Action
    from postmortems.source import Moment, Value

_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True, slots=True)
class EarlierAction:
    """What an action was at the base; `opened` defaults as it does in a record."""

    id: str
    title: str
    owner: str
    opened: date | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A post-mortem as it was at the base, as far as it could be read: no schema is asked.

    `readable` is false where not even its YAML could be read; all else is then empty. `moments` are the milestones
    and the trigger's, by their path, such as `times.started`; `amendments` is how many there were.
    """

    id: str
    path: str
    readable: bool = True
    title: str = ""
    status: str = ""
    tlp: str = ""
    redacted: frozenset[str] = frozenset()
    amendments: int = 0
    moments: Mapping[str, Moment] = field(default_factory=dict)
    actions: Mapping[str, EarlierAction] = field(default_factory=dict)

    @property
    def was_published(self) -> bool:
        """Whether readers had it; a withdrawn one was published before, and its tombstone still is."""
        return self.status in {"published", "withdrawn"}

    @property
    def was_draft(self) -> bool:
        """Whether only its writers had it; what states no status is one."""
        return self.status in {"draft", ""}


@dataclass(frozen=True, slots=True)
class History:
    """What changed since a base. `base` is its name as it was asked for, such as `origin/main`.

    `earlier` holds, by id, the post-mortems of the base whose file has changed or gone. `changed` and `gone` are
    the paths of files, as findings name them; a file that moved is in both, by its new and by its old place.
    """

    base: str
    earlier: Mapping[str, Earlier]
    changed: frozenset[str]
    gone: frozenset[str]


def read_history(base: KnowledgeBase, conventions: Conventions, revision: str | None = None) -> History:
    """Read what changed between the working tree and where HEAD parted from a revision.

    Without a revision it is the default branch of `origin`. Raises GitError where Git can't tell.
    """
    name = git.default_revision(base.root) if revision is None else revision
    changes = git.changes_since(base.root, git.merge_base(base.root, name), base.incidents.name)
    before = {change.path: change.blob for change in changes if change.blob and is_record_path(change.path)}
    contents = git.read_blobs(base.root, before.values(), MAX_BYTES)
    earlier = [read_earlier(path, data, conventions) for path, data in zip(before, contents, strict=True)]
    return History(
        name,
        {record.id: record for record in earlier},
        frozenset(change.path for change in changes if not change.gone),
        frozenset(change.path for change in changes if change.gone),
    )


def read_earlier(path: str, data: bytes | None, conventions: Conventions) -> Earlier:
    """Read a file of the base; None stands for one that could not be had."""
    record_id = record_id_of(PurePosixPath(path))
    source = read_record(path, data, conventions.schema.shape).source if data is not None else None
    if source is None:
        return Earlier(record_id, path, readable=False)
    meta = source.meta
    times, trigger = mapping(meta.get("times")), mapping(meta.get("trigger"))
    written = {f"times.{name}": times.get(name) for name in MILESTONES} | {"trigger.at": trigger.get("at")}
    moments = {name: _moment(value) for name, value in written.items()}
    actions = [_action(mapping(entry), mapping(meta), record_id) for entry in items(meta.get("actions"))]
    return Earlier(
        record_id,
        path,
        title=text(meta.get("title")),
        status=text(meta.get("status")),
        tlp=text(meta.get("tlp")),
        redacted=frozenset(_redacted(entry) for entry in items(meta.get("redacted"))),
        amendments=len(items(meta.get("amended"))),
        moments={name: moment for name, moment in moments.items() if moment},
        actions={action.id: action for action in actions if action.id},
    )


def stands_for_another(action: Action, before: EarlierAction, earlier: Earlier) -> bool:
    """Whether an id stands for another action than at the base.

    It does where its title is that of another action of the base, as after numbering them anew; or where the title
    has little in common with the one before and the owner or the opening date is another, too. A title may be put
    into other words, and an action may change hands.
    """
    if action.title == before.title:
        return False
    if any(action.title == other.title for other in earlier.actions.values()):
        return True
    return _unlike(action.title, before.title) and (action.owner, action.opened) != (before.owner, before.opened)


def _unlike(one: str, other: str) -> bool:
    """Whether two titles have fewer than a third of their longer words and not most of their letters in common."""
    from difflib import SequenceMatcher

    one, other = one.casefold(), other.casefold()
    words, others = set(_WORD.findall(one)), set(_WORD.findall(other))
    if 3 * len(words & others) >= max(1, min(len(words), len(others))):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() < 0.6


def is_record_path(path: str) -> bool:
    """Whether a path of the base is that of a post-mortem."""
    place = Path(path)
    return is_record_file(place) and not any(part.startswith(".") for part in place.parts)


def _action(value: Mapping[str, Value], meta: Mapping[str, Value], record_id: str) -> EarlierAction:
    first_hand = text(meta.get("provenance")) in {"", "first-hand"}
    return EarlierAction(
        text(value.get("id")),
        text(value.get("title")),
        text(value.get("owner")),
        _date(text(value.get("opened"))) or (_date(date_text_of(record_id)) if first_hand else None),
        _date(text(value.get("due"))),
    )


def _redacted(entry: Value) -> str:
    return text(mapping(entry).get("path")) or text(entry)


def _date(written: str) -> date | None:
    try:
        return parse_date(written)
    except MomentError:
        return None


def _moment(value: Value) -> Moment | None:
    """A moment in its short or long form; None for what is none, which nothing can be compared with."""
    form = mapping(value)
    within = text(form.get("within"))
    try:
        return parse_moment(
            text(form.get("at")) if form else text(value),
            estimated=flag(form.get("estimated")),
            within=Margin.parse(within) if within else None,
        )
    except MomentError:
        return None
