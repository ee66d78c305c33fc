"""Factors: which recur, which came back after a fix, which sides of an organisation they lie on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.factors.factor_dimensions import balance
from postmortems.analysis.factors.factors_by_year import factor_years
from postmortems.analysis.factors.recurrence import LEAST_TO_COMPARE
from postmortems.site.charts import Chart, ChartColumn
from postmortems.site.tree import Page
from postmortems.texts import _

if TYPE_CHECKING:
    from postmortems.analysis import FactorUse
    from postmortems.analysis.factors.factors_by_year import FactorYears
    from postmortems.conventions import Category
    from postmortems.rendering.context import SiteContext
    from postmortems.site.causes import Causes

PAIRS = 20
REPEATS = 30


def page(context: SiteContext, causes: Causes) -> Page:
    """The listing of factors."""
    vocabulary = context.conventions.vocabulary
    uses = [use for use in context.uses.values() if use.is_cause]
    years = factor_years(context.records, context.conventions.policy)
    return Page(
        uri="factors/index.md",
        title=_("Factors"),
        description=_("The causes beneath the symptoms: which recur, and in which organisations."),
        template="factors/factors.html",
        context={
            "site": context,
            "causes": causes,
            "uses": uses,
            "repeated": [use for use in uses if use.count > 1],
            "unused": sum(
                factor not in context.uses
                for category in vocabulary.categories.values()
                for factor in (term.id for term in category.factors if not term.replaced_by)
            ),
            "own_balance": balance(causes.own, vocabulary),
            "others_balance": balance(causes.others, vocabulary),
            "all_balance": balance(causes.counted, vocabulary),
            "dimensions": vocabulary.dimensions,
            "groups": _groups(context, uses),
            "comparisons": [entry for entry in causes.recurrences.recurring if entry.direction],
            "least_to_compare": LEAST_TO_COMPARE,
            "shown_repeats": REPEATS,
            "pairs": causes.pairs.listed[:PAIRS],
            "years": _chart(context, years) if years else None,
        },
        updated=context.updated,
    )


def _groups(context: SiteContext, uses: list[FactorUse]) -> list[tuple[Category | None, list[FactorUse]]]:
    """The factors that occur by category, in the vocabulary's order; without one, what only a preview shows."""
    vocabulary = context.conventions.vocabulary
    by_category: dict[str, list[FactorUse]] = {name: [] for name in (*vocabulary.categories, "")}
    for use in uses:
        category = vocabulary.category_of(use.factor)
        by_category[category.id if category else ""].append(use)
    return [(vocabulary.categories.get(name), group) for name, group in by_category.items() if group]


def _chart(context: SiteContext, years: FactorYears) -> Chart:
    """A strip for each factor: a cell a year, darker the more of that year's incidents have it."""
    columns = [str(year) for year in years.years]
    return Chart(
        "years",
        _("Factors by year"),
        _(
            "In how many incidents at %(organisation)s each of its most frequent factors occurs. "
            "The stronger the colour of a cell, the more of that year’s incidents have the factor."
        )
        % {"organisation": context.organisation},
        "heat",
        [
            {
                "factor": context.factor(factor),
                "year": _("%(year)s (of %(total)s)") % {"year": year, "total": total},
                "count": count,
                "share": count / total if total else 0,
            }
            for factor, counts in years.counts.items()
            for year, total, count in zip(columns, years.totals, counts, strict=True)
        ],
        [ChartColumn("factor", _("Factor")), *(ChartColumn(year, year) for year in columns)],
        [
            {"factor": ("all", _("All incidents"))} | dict(zip(columns, years.totals, strict=True)),
            *(
                {"factor": (factor, context.factor(factor))} | dict(zip(columns, counts, strict=True))
                for factor, counts in years.counts.items()
            ),
        ],
    )
