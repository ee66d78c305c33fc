"""Reads the tickets of an imaginary tool: one line an incident, its id and its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems import ImportedRecord

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Ticketing:
    """The importer."""

    name = "ticketing"
    description = "Lines of an id and a title."

    def records(self, source: Path) -> Iterator[ImportedRecord]:
        """Each line as a record."""
        for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
            record_id, _, title = line.partition(" ")
            yield ImportedRecord(record_id, {"title": title}, origin=f"{source.name}:{number}")


TICKETING = Ticketing()
