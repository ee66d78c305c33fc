"""Many post-mortems: finding them, reading them, and withholding what an audience may not see.

`read_library` reads everything there is, for judging. `open_corpus` is the only door to a Corpus, from which all
analysis, pages and feeds are made: it adds what an audience may see and never starts from everything.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from postmortems.files import is_record_file, record_files, unreadable
from postmortems.findings import Finding, Severity
from postmortems.record import RecordReading
from postmortems.record.build import build_postmortem, written_out
from postmortems.record.leaving_out import leave_out
from postmortems.record.paths import pointers_of
from postmortems.record.reading import completed, examined_file
from postmortems.runtime.processes import collector_paused, in_shares
from postmortems.source.access import items, text
from postmortems.withheld_references import (
    WithheldReferences,
    addresses_to_hide,
    drop_comments,
    hide_in_value,
    hide_references,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from postmortems.conventions import Conventions, KnowledgeBase
    from postmortems.files import RecordFile
    from postmortems.record import Postmortem
    from postmortems.source import Pointer, Value


__all__ = ["Audience", "Corpus", "DraftReviews", "Library", "is_record_file", "open_corpus", "read_library"]


class Audience(StrEnum):
    """For whom something is made. Records marked RED are for none of them."""

    PUBLIC = "public"
    ORGANISATION = "organisation"
    STRICT = "strict"

    @property
    def admitted(self) -> frozenset[str]:
        """The TLP marks that this audience may see."""
        return _ADMITTED[self]


_ADMITTED = {
    Audience.PUBLIC: frozenset({"CLEAR"}),
    Audience.ORGANISATION: frozenset({"CLEAR", "GREEN", "AMBER"}),
    Audience.STRICT: frozenset({"CLEAR", "GREEN", "AMBER", "AMBER+STRICT"}),
}


# Counts of withheld records are shown from three up.
_LEAST_COUNT = 3


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that was read, for judging: one reading a file, and findings about the files themselves."""

    readings: tuple[RecordReading, ...]
    findings: tuple[Finding, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all files, readable or not."""
        return frozenset(reading.id for reading in self.readings)

    @property
    def records(self) -> tuple[Postmortem, ...]:
        """The records whose shape is valid."""
        return tuple(reading.record for reading in self.readings if reading.record)

    @property
    def lenient_records(self) -> tuple[Postmortem, ...]:
        """The records, with the valid part of invalid ones: for rules, never for a corpus."""
        return tuple(record for reading in self.readings if (record := reading.lenient_record))

    def withheld_from(self, audience: Audience) -> int:
        """How many files an audience may not see by their mark, or because their mark can't be read."""
        return len(self.readings) - sum(record.tlp in audience.admitted for record in self.lenient_records)


@dataclass(frozen=True, slots=True)
class DraftReviews:
    """How many drafts that no page shows are due for a review: numbers, and nothing else of them gets out.

    A draft is no secret by its mark, but it is not published either. That a review was skipped has to show
    nevertheless, so drafts are counted; a number under three, which could point to one of them, counts as none.
    """

    _recovered: tuple[tuple[datetime, bool], ...] = field(default=(), repr=False)

    def held(self, as_of: datetime, grace: timedelta) -> int:
        """How many past the grace period were reviewed; 0 if fewer than three."""
        return self._count(as_of, grace, held=True)

    def waiting(self, as_of: datetime, grace: timedelta) -> int:
        """How many past the grace period were not reviewed; 0 if fewer than three."""
        return self._count(as_of, grace, held=False)

    def _count(self, as_of: datetime, grace: timedelta, *, held: bool) -> int:
        count = sum(as_of - recovered > grace and was_held == held for recovered, was_held in self._recovered)
        return count if count >= _LEAST_COUNT else 0


@dataclass(frozen=True, slots=True)
class Corpus:
    """What one audience may see, newest first; `tombstones` are the withdrawn ones, which enter nothing else.

    `whole_actions` are the ids of the records of whose actions nothing is withheld, so that their earlier versions
    may be looked at as well. Of drafts that are not shown, `drafts` tells how many are due for a review.
    `references` tells which addresses lead to what is withheld.
    """

    audience: Audience
    records: tuple[Postmortem, ...]
    tombstones: tuple[Postmortem, ...]
    whole_actions: frozenset[str] = frozenset()
    drafts: DraftReviews = DraftReviews()
    references: WithheldReferences = field(default_factory=WithheldReferences)

    @property
    def by_id(self) -> Mapping[str, Postmortem]:
        """All records and tombstones by id."""
        return {record.id: record for record in (*self.records, *self.tombstones)}


def read_library(base: KnowledgeBase, conventions: Conventions) -> Library:
    """Read every post-mortem of a knowledge base; never raises for what the files hold."""
    listing = record_files(base)

    def examine(files: Sequence[RecordFile]) -> Iterator[RecordReading | Finding]:
        return (_examined(file, conventions) for file in files)

    def complete(reading: RecordReading | Finding) -> RecordReading | Finding:
        return completed(reading, conventions) if isinstance(reading, RecordReading) else reading

    with collector_paused():
        results = in_shares(examine, listing.files, then=complete, own=0.6)
    readings = tuple(result for result in results if isinstance(result, RecordReading))
    unread = (result for result in results if isinstance(result, Finding))
    return Library(readings, (*listing.findings, *unread, *_shared_ids(readings)))


def _examined(file: RecordFile, conventions: Conventions) -> RecordReading | Finding:
    """A reading without its record; a finding if the file can't be read."""
    try:
        return examined_file(file, conventions)
    except OSError as error:
        return unreadable(file.shown, error)


def open_corpus(
    library: Library, conventions: Conventions, audience: Audience, *, preview: bool = False
) -> Corpus:
    """Admit what an audience may see; drafts only in a preview.

    References to records that are not admitted are dropped, as are the paths that a record redacts. Of a withdrawn
    record only what its tombstone says is left.
    """
    admitted = [
        record
        for record in library.records
        if record.tlp in audience.admitted and (preview or not record.is_draft)
    ]
    seen = frozenset(record.id for record in admitted)
    references = WithheldReferences(seen, library.ids - seen)
    shown = sorted(
        (_withhold(record, conventions, audience, references) for record in admitted),
        key=lambda record: (record.date_text, record.id),
        reverse=True,
    )
    return Corpus(
        audience,
        tuple(record for record in shown if not record.is_withdrawn),
        tuple(record for record in shown if record.is_withdrawn),
        frozenset(record.id for record in admitted if not _withholds_actions(record, audience)),
        DraftReviews() if preview else _draft_reviews(library, conventions, audience, references),
        references,
    )


def _withholds_actions(record: Postmortem, audience: Audience) -> bool:
    return any(
        not _may_see(audience, seen_by) and path.split(".")[0] == "actions" for path, seen_by in record.redacted
    )


def _draft_reviews(
    library: Library, conventions: Conventions, audience: Audience, references: WithheldReferences
) -> DraftReviews:
    """When the organisation's own drafts that need a full review recovered, and whether it was held.

    Only drafts whose mark the audience may see; one that redacts either of the two for it is left out.
    """
    drafts = (
        (record, _withhold(record, conventions, audience, references))
        for record in library.records
        if record.is_draft
        and record.tlp in audience.admitted
        and record.provenance == "first-hand"
        and record.organisation == conventions.policy.organisation
        and record.full_review
        and record.counts
    )
    return DraftReviews(
        tuple(
            (shown.times["recovered"].at, shown.was_reviewed)
            for record, shown in drafts
            if "recovered" in shown.times and shown.was_reviewed == record.was_reviewed
        )
    )


def _shared_ids(readings: Iterable[RecordReading]) -> Iterator[Finding]:
    """Two files for one id: neither can be linked to, and one would overwrite the other."""
    paths: dict[str, list[str]] = defaultdict(list)
    for reading in readings:
        paths[reading.id.lower()].append(reading.path)
    for shared in paths.values():
        for path in shared[1:]:
            yield Finding(
                path,
                1,
                1,
                "S121",
                Severity.ERROR,
                f"this file has the same id as {shared[0]}",
                "give one of them another slug",
                1,
            )


# The fields of a withdrawn record that remain.
_TOMBSTONE = frozenset(
    {"schema", "title", "organisation", "status", "class", "provenance", "tlp", "published", "amended"}
)


def _withhold(
    record: Postmortem, conventions: Conventions, audience: Audience, references: WithheldReferences
) -> Postmortem:
    """A copy of a record as an audience may see it."""
    full = written_out(record.source.meta)
    hidden: set[Pointer] = set()
    for path, seen_by in record.redacted:
        if not _may_see(audience, seen_by):
            hidden |= pointers_of(full, path)
    hidden.update(addresses_to_hide(full, references))
    meta = leave_out(hidden, full, conventions.schema.shape).meta if hidden else full
    meta.pop("redacted", None)
    for name in ("related", "not_related"):
        if name in meta:
            meta[name] = [other for other in items(meta[name]) if _named(other) in references.shown]
    cleaned = {key: hide_in_value(value, references) for key, value in meta.items()}
    mentions, meta = cleaned != meta, cleaned
    if record.is_withdrawn:
        meta = {key: value for key, value in meta.items() if key in _TOMBSTONE}
    # The file's text still holds withheld parts, so it is not passed on.
    source = replace(
        record.source,
        text="",
        meta=meta,
        keys={},
        values={},
        flow=frozenset(),
        body="" if record.is_withdrawn else hide_references(drop_comments(record.source.body), references),
    )
    named = {*(relation.id for relation in record.related), *record.not_related}
    if not (hidden or mentions or record.is_withdrawn or named - references.shown):
        return replace(record, source=source, title=record.title or record.id, redacted=())
    made = build_postmortem(record.id, source, conventions.policy, folder=record.folder)
    return replace(
        _without_links(record, made),
        title=made.title or record.id,
        state=record.state,  # what follows from withheld fields still holds
        full_review=record.full_review,
    )


def _may_see(audience: Audience, seen_by: str) -> bool:
    order = list(Audience)
    return order.index(audience) >= order.index(Audience(seen_by))


def _named(relation: Value) -> str:
    return text(relation.get("id")) if isinstance(relation, dict) else text(relation)


def _without_links(record: Postmortem, made: Postmortem) -> Postmortem:
    """The copy of a record without the links that lead to what is withheld of it."""
    gone = _local_ids(record) - _local_ids(made)
    if not gone:
        return made

    def left(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(local_id for local_id in ids if local_id not in gone)

    return replace(
        made,
        factors=tuple(factor._replace(evidence=left(factor.evidence)) for factor in made.factors),
        lessons=tuple(lesson._replace(about=left(lesson.about)) for lesson in made.lessons),
        actions=tuple(
            action._replace(addresses=left(action.addresses), evidence=left(action.evidence))
            for action in made.actions
        ),
    )


def _local_ids(record: Postmortem) -> set[str]:
    return {
        *(factor.id for factor in record.factors),
        *(lesson.id for lesson in record.lessons),
        *(piece.id for piece in record.evidence),
    }
