"""Small pieces of a brief: figures by name, links to incidents, short texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortems.documents import Phrase
from postmortems.rendering import formatting
from postmortems.texts import _

if TYPE_CHECKING:
    from datetime import date

    from postmortems.analysis.statistics.measures import Basis
    from postmortems.analysis.statistics.quarters import Quarter
    from postmortems.documents import Words
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext

_PLACE = re.compile(r"%\((\w+)\)s")
_LINE = 170  # characters of a text that is to stay on a line or two of A4


def filled(pattern: str, **parts: Words) -> tuple[str | Phrase, ...]:
    """A text whose places `%(name)s` are filled with pieces; what stands between them stays plain."""
    made: list[str | Phrase] = []
    for place, text in enumerate(_PLACE.split(pattern)):
        if place % 2 == 0:
            made.append(text.replace("%%", "%"))
        else:
            part = parts[text]
            made += (part,) if isinstance(part, str) else part
    return tuple(piece for piece in made if piece)


def number(name: str, value: Basis | int, title: str = "") -> tuple[Phrase]:
    """A figure under its name: how many there are, with what is behind it, or a plain number."""
    count = value if isinstance(value, int) else len(value)
    basis = () if isinstance(value, int) else value
    return (Phrase(formatting.number(count), figure=name, value=count, basis=basis, title=title),)


def incident(record: Postmortem, context: SiteContext) -> tuple[Phrase, Phrase]:
    """An incident by its title, which leads to its page, and its date."""
    return (
        Phrase(record.title, uri=context.uri(record), said=True),
        Phrase(f" ({formatting.partial_day(record.date_text)})", muted=True, date=record.date_text),
    )


def dated(day: date) -> tuple[Phrase]:
    """A day."""
    return (Phrase(formatting.day(day), date=formatting.machine_time(day)),)


def said(text: str) -> tuple[Phrase]:
    """What a record says, shortened to a line or two."""
    plain = " ".join(text.split())
    if len(plain) > _LINE:
        plain = f"{plain[:_LINE].rsplit(' ', 1)[0].rstrip(',;:.')} …"
    return (Phrase(plain, said=True),)


def quarter_name(quarter: Quarter) -> str:
    """A quarter as people write it: `Q3 2026`."""
    return _("Q%(number)s %(year)s") % {"number": quarter.number, "year": quarter.year}


def months_of(quarter: Quarter) -> str:
    """The months of a quarter: `July to September 2026`."""
    first, last = (_(formatting.MONTHS[day.month - 1]) for day in (quarter.period.first, quarter.period.last))
    return _("%(first)s to %(last)s %(year)s") % {"first": first, "last": last, "year": quarter.year}
