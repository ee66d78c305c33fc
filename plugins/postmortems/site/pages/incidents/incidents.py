"""Incidents: every record, newest first, in one table that can be narrowed down; large ones on a page a year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from postmortems.analysis import phases
from postmortems.rendering.formatting import plural
from postmortems.site.facets import facets, tokens
from postmortems.site.tree import Page
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortems.analysis import Duration
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext
    from postmortems.site.facets import Facet

ON_ONE_PAGE = 500
LISTING = "incidents/index.md"


@dataclass(frozen=True, slots=True)
class Row:
    """A record in the listing, with its time to recover where it is known.

    `facets` are the places of its values in the facets, `rank` is that of its severity, 0 the worst.
    """

    record: Postmortem
    recovery: Duration | None
    facets: str
    rank: int | None

    @property
    def missing(self) -> str:
        """The moment without which there is no time to recover."""
        return "times.recovered" if "recovered" not in self.record.times else "times.started"

    @property
    def seconds(self) -> int | None:
        """The time to recover, for sorting."""
        return round(self.recovery.length.total_seconds()) if self.recovery else None


def pages(context: SiteContext) -> list[Page]:
    """The listing, and above 500 records one page for each year before those that it has room for.

    The listing always offers to narrow down all records: its script gets the rows of the years from their pages.
    """
    narrowing = facets(context, context.records) if len(context.records) > 1 else ()
    places = tokens(narrowing)
    policy = context.conventions.policy
    rows = [
        Row(
            record,
            phases(record).durations.get("ttrc"),
            places.get(record.id, ""),
            policy.rank(record.severity.id) if record.severity.id in policy.severities else None,
        )
        for record in context.records
    ]
    years = [(year, list(group)) for year, group in groupby(rows, key=lambda row: row.record.year)]
    here, elsewhere = _split(years)
    return [
        _listing(context, here, elsewhere, narrowing),
        *(_year(context, year, rows) for year, rows in elsewhere),
    ]


def _split(
    years: Sequence[tuple[int, list[Row]]],
) -> tuple[list[tuple[int, list[Row]]], list[tuple[int, list[Row]]]]:
    """The newest years that fit on one page, and the others; the newest one is always on it."""
    here: list[tuple[int, list[Row]]] = []
    taken = 0
    for year, rows in years:
        if here and taken + len(rows) > ON_ONE_PAGE:
            break
        here.append((year, rows))
        taken += len(rows)
    return here, [entry for entry in years if entry not in here]


def _listing(
    context: SiteContext,
    here: list[tuple[int, list[Row]]],
    elsewhere: list[tuple[int, list[Row]]],
    narrowing: Sequence[Facet],
) -> Page:
    listed = len(context.records)
    counted = [record for record in context.records if record.counts]
    return Page(
        uri=LISTING,
        title=_("Incidents"),
        description=_("%(incidents)s, by year.") % {"incidents": plural(listed, "incident")},
        template="incidents/incidents.html",
        context={
            "site": context,
            "years": here,
            "elsewhere": [(year, year_uri(year), rows) for year, rows in elsewhere],
            "listed": listed,
            "counted": counted,
            "maintenance": [r for r in context.records if r.incident_class == "maintenance"],
            "first_year": min((record.year for record in context.records), default=0),
            "facets": narrowing,
        },
        updated=context.updated,
        contents=False,
    )


def year_uri(year: int) -> str:
    """Where the page of a year lies."""
    return f"incidents/{year}/index.md"


def _year(context: SiteContext, year: int, rows: list[Row]) -> Page:
    return Page(
        uri=year_uri(year),
        title=_("Incidents of %(year)s") % {"year": year},
        description=_("%(incidents)s in %(year)s.") % {"incidents": plural(len(rows), "incident"), "year": year},
        template="incidents/incidents-year.html",
        context={"site": context, "year": year, "rows": rows},
        section=LISTING,
        updated=context.updated,
        contents=False,
    )
