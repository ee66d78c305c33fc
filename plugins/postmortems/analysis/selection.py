"""Which incidents are asked for: those since a day, of some severities, on some services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.periods import happened

if TYPE_CHECKING:
    from datetime import date

    from postmortems.record import Postmortem


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; empty means all. `since` is the first day on which an incident may have begun."""

    since: date | None = None
    severities: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()

    def holds(self, record: Postmortem) -> bool:
        """Whether a record is among those asked for; one whose start may lie before `since` is not."""
        if self.since and happened(record).first < self.since:
            return False
        if self.severities and record.severity.id not in self.severities:
            return False
        return not self.services or not self.services.isdisjoint(record.services)


EVERYTHING = Selection()
