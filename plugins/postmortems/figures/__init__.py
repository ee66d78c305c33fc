"""The figures that the terminal tells, section by section, from the same analysis as the pages.

A section is a function of what is asked for; those of further areas are added to `SECTIONS`.
"""

from collections.abc import Iterable, Mapping

from postmortems.figures.effect import effect_section
from postmortems.figures.factors import dimensions_section, factors_section, repeats_section
from postmortems.figures.follow_through import follow_through_section
from postmortems.figures.frequency import frequency_section
from postmortems.figures.review import questions_section, review_section
from postmortems.figures.section import Asked, SectionOf, StatsSection
from postmortems.figures.shares import shares_section
from postmortems.figures.timing import timing_section, years_section

SECTIONS: Mapping[str, SectionOf] = {
    "timing": timing_section,
    "years": years_section,
    "frequency": frequency_section,
    "shares": shares_section,
    "factors": factors_section,
    "dimensions": dimensions_section,
    "repeats": repeats_section,
    "follow-through": follow_through_section,
    "effect": effect_section,
    "review": review_section,
    "questions": questions_section,
}
"""By the name by which one asks for it."""


def worst_first(asked: Asked) -> list[str]:
    """The severities of a selection, the worst first."""
    return sorted(asked.selection.severities, key=asked.policy.rank)


def figures_document(asked: Asked, sections: Iterable[StatsSection]) -> dict[str, object]:
    """Figures as plain values, for JSON: the keys of sections, rows and summaries are snake case."""
    selection = asked.selection
    return {
        "organisation": asked.policy.organisation,
        "audience": asked.reading.corpus.audience.value,
        "as_of": asked.as_of.isoformat(),
        "since": selection.since.isoformat() if selection.since else None,
        "severities": worst_first(asked),
        "services": sorted(selection.services),
        "incidents": len(asked.incidents),
        "sections": {
            section.id: {
                "title": section.title,
                "rows": [dict(row) for row in section.data],
                **({"summary": dict(section.summary)} if section.summary else {}),
            }
            for section in sections
        },
    }


__all__ = ["SECTIONS", "Asked", "SectionOf", "StatsSection", "figures_document", "worst_first"]
