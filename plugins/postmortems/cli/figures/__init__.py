"""The figures that the terminal tells, section by section, from the same analysis as the pages.

A section is a function of what is asked for; those of further areas are appended to `SECTIONS`.
"""

from postmortems.cli.figures.frequency import frequency_section
from postmortems.cli.figures.section import Asked, Section, SectionOf
from postmortems.cli.figures.shares import shares_section
from postmortems.cli.figures.timing import timing_section, years_section

SECTIONS: tuple[SectionOf, ...] = (timing_section, years_section, frequency_section, shares_section)

__all__ = ["SECTIONS", "Asked", "Section", "SectionOf"]
