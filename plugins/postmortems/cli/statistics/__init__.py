"""The figures that the terminal tells, section by section, from the same analysis as the pages.

A section is a function of what is asked for; those of further areas are added to `SECTIONS`.
"""

from collections.abc import Mapping

from postmortems.cli.statistics.effect import effect_section
from postmortems.cli.statistics.factors import dimensions_section, factors_section, repeats_section
from postmortems.cli.statistics.follow_through import follow_through_section
from postmortems.cli.statistics.frequency import frequency_section
from postmortems.cli.statistics.review import questions_section, review_section
from postmortems.cli.statistics.section import Asked, SectionOf, StatsSection
from postmortems.cli.statistics.shares import shares_section
from postmortems.cli.statistics.timing import timing_section, years_section

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

__all__ = ["SECTIONS", "Asked", "SectionOf", "StatsSection"]
