"""What changed since a base, and which findings are about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from postmortems.corpus import Library
    from postmortems.findings import Finding
    from postmortems.history import History
    from postmortems.record import Postmortem


class Scope(NamedTuple):
    """What a change can be blamed for: all that is found in `files`, and in others what it did to them.

    The latter are a file whose id a changed one took, and a link to a post-mortem that is gone.
    """

    files: frozenset[str]
    done: frozenset[tuple[str, str]]

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all files in which there may be something."""
        return self.files | {path for _, path in self.done}

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is about the change."""
        return finding.path in self.files or (finding.code, finding.path) in self.done


def scope_of(library: Library, history: History) -> Scope:
    """What the change between a base and a library can be blamed for."""
    taken = {reading.id.lower() for reading in library.readings if reading.path in history.changed}
    lost = {earlier.id for earlier in history.earlier.values()} - library.ids
    done = {("S121", reading.path) for reading in library.readings if reading.id.lower() in taken}
    done |= {
        ("X01", record.source.path) for record in library.lenient_records if not lost.isdisjoint(_named(record))
    }
    return Scope(history.changed | history.gone, frozenset(done))


def _named(record: Postmortem) -> set[str]:
    return {*(relation.id for relation in record.related), *record.not_related}
