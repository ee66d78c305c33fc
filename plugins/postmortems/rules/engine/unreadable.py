"""Leave out problems that may only follow from errors in the file."""

from __future__ import annotations

from itertools import product, starmap
from typing import TYPE_CHECKING

from postmortems.rules.engine.places import kind_of
from postmortems.rules.engine.rule import RecordKind
from postmortems.source import Span

if TYPE_CHECKING:
    from postmortems.record import Partial
    from postmortems.rules.engine.rule import Problem

_PROVENANCES = ("first-hand", "public-report", "imported")
_STATUSES = ("draft", "in-review", "published")


def possible_kinds(partial: Partial) -> tuple[RecordKind, ...]:
    """The kinds that a record may be: all if unreadable, withdrawn only if that may be meant."""
    record = partial.record
    kind = kind_of(record)
    provenances = _PROVENANCES if ("provenance",) in partial.lacks else (kind.provenance,)
    statuses = {*_STATUSES, kind.status} if ("status",) in partial.lacks else {kind.status}
    severity_told = record.severity.final or not partial.lacks_any(("severity",))
    reviews = (kind.full_review,) if severity_told else (True, False)
    return tuple(starmap(RecordKind, product(provenances, statuses, reviews)))


def can_be_told(problem: Problem, partial: Partial) -> bool:
    """Whether a problem holds whatever the unreadable parts say."""
    place = None if isinstance(problem.at, Span) else partial.record.source.in_file(problem.at)
    return not partial.lacks_any(problem.needs, place)
