"""Incidents: every record, one table a year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from postmortems.analysis import phases
from postmortems.site.tree import Page
from postmortems.site.wording import plural

if TYPE_CHECKING:
    from postmortems.analysis import Duration
    from postmortems.record import Postmortem
    from postmortems.site.context import Context


@dataclass(frozen=True, slots=True)
class Row:
    """A record in the listing, with its time to recover where it is known."""

    record: Postmortem
    recovery: Duration | None

    @property
    def missing(self) -> str:
        """The moment without which there is no time to recover."""
        return "times.recovered" if "recovered" not in self.record.times else "times.started"


def page(context: Context) -> Page:
    """The listing of all incidents."""
    rows = [Row(record, phases(record).durations.get("ttrc")) for record in context.records]
    maintenance = sum(record.incident_class == "maintenance" for record in context.records)
    years = [(year, list(group)) for year, group in groupby(rows, key=lambda row: row.record.year)]
    return Page(
        uri="incidents/index.md",
        title="Incidents",
        description=f"{plural(len(rows), 'incident')}, by year.",
        template="incidents.html",
        context={"site": context, "years": years, "total": len(rows) - maintenance, "maintenance": maintenance},
        updated=context.updated,
    )
