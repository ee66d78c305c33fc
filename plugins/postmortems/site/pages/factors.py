"""Factors: which recur, in which organisations; and a page for each that occurs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis import dimension_counts
from postmortems.site.context import updated
from postmortems.site.tree import Page
from postmortems.site.wording import plural

if TYPE_CHECKING:
    from postmortems.analysis import FactorUse
    from postmortems.site.context import Context

SPECIAL = frozenset({"unknown", "none"})


def index_page(context: Context) -> Page:
    """The listing of factors, those that recur first."""
    uses = [use for use in context.uses.values() if use.factor not in SPECIAL]
    counted = [record for record in context.records if record.counts]
    vocabulary = context.conventions.vocabulary
    once: dict[str, list[FactorUse]] = {name: [] for name in (*vocabulary.categories, "")}
    for use in sorted((use for use in uses if use.count == 1), key=lambda use: use.factor):
        category = vocabulary.category_of(use.factor)  # none for a word that only a preview shows
        once[category.id if category else ""].append(use)
    return Page(
        uri="factors/index.md",
        title="Factors",
        description="The causes beneath the symptoms: which recur, and in which organisations.",
        template="factors.html",
        context={
            "site": context,
            "recurring": [use for use in uses if use.count > 1],
            "once": [(vocabulary.categories.get(name), group) for name, group in once.items() if group],
            "once_count": sum(len(group) for group in once.values()),
            "uses": uses,
            "total": len(counted),
            "dimensions": [
                (vocabulary.dimensions[name], count)
                for name, count in dimension_counts(counted, vocabulary).items()
            ],
        },
        updated=context.updated,
    )


def factor_page(context: Context, use: FactorUse) -> Page:
    """The page of one factor: its incidents, and what was done about it."""
    label = context.factor(use.factor)
    days = [day for occurrence in use.occurrences if (day := updated(occurrence.record))]
    return Page(
        uri=context.factor_uri(use.factor),
        title=label,
        description=f"{label} in {plural(use.count, 'incident')}: what happened, and what was done about it.",
        template="factor.html",
        context={
            "site": context,
            "use": use,
            "total": sum(record.counts for record in context.records),
            "action_count": sum(len(occurrence.actions) for occurrence in use.occurrences),
            "lesson_count": sum(len(occurrence.lessons) for occurrence in use.occurrences),
        },
        section="factors/index.md",
        updated=max(days, default=None),
    )
