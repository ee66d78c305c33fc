"""Times as people in a room use them: how long after the beginning, not at which hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.rendering.formatting import length_of, moment, plural
from postmortems.source import Precision
from postmortems.texts import _

if TYPE_CHECKING:
    from postmortems.source import Moment

_EXACT = frozenset({Precision.SECOND, Precision.MINUTE, Precision.DAY})


def since(at: Moment, zero: Moment) -> str:
    """How long after `zero` a moment is: `+ 9 min`, `− 37 min`, `+ 3 days`; a month or year as it is."""
    text, is_later = _distance(at, zero)
    if is_later is None:
        return text
    elapsed = f"{'+' if is_later else '−'} {text}"
    return _("about %(value)s") % {"value": elapsed} if at.estimated else elapsed


def after(at: Moment, zero: Moment) -> str:
    """The same in words: `after 9 min`, `37 min before`, `at the same time`."""
    text, is_later = _distance(at, zero)
    if is_later is None:
        return _("at the same time") if text in {_ZERO, _("the same day")} else text
    about = _("about %(value)s") % {"value": text} if at.estimated else text
    return (_("after %(time)s") if is_later else _("%(time)s before")) % {"time": about}


_ZERO = "0"


def _distance(at: Moment, zero: Moment) -> tuple[str, bool | None]:
    """The length of time between two moments, and whether the first is later; None where there is no length."""
    if at.precision not in _EXACT or zero.precision not in _EXACT:
        return moment(at), None
    if at.precision.has_clock and zero.precision.has_clock:
        return (length_of(abs(at.at - zero.at)), at.at > zero.at) if at.at != zero.at else (_ZERO, None)
    days = (at.day - zero.day).days
    return (plural(abs(days), "day"), days > 0) if days else (_("the same day"), None)
