"""Values as a reader sees them: durations, moments, numbers and the words of the fields."""

from __future__ import annotations

import re
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from markupsafe import Markup

from postmortems.rendering.labels import in_words, reason, word
from postmortems.source import Precision
from postmortems.texts import N_, _, ngettext, spoken_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from postmortems.analysis import Duration
    from postmortems.analysis.statistics.measures import Interval
    from postmortems.record import Figure, Priority
    from postmortems.source import Moment

MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)
_CODE = re.compile(r"`([^`]+)`")
NOT_STATED = N_("not stated")
NOT_RECORDED = N_("not recorded")


_TIMES = {Precision.MINUTE: "%H:%M", Precision.SECOND: "%H:%M:%S"}
_MARKS = str.maketrans(",.", ".,")
_BOUNDS = {
    "about": N_("about %(value)s"),
    "over": N_("over %(value)s"),
    "under": N_("under %(value)s"),
    "up-to": N_("up to %(value)s"),
}


def length_of(span: timedelta) -> str:
    """A length of time in its two largest units: `2 h 13 min`, `3 d 4 h`, `45 s`."""
    seconds = round(span.total_seconds())
    if seconds < 60:
        return _with_unit(seconds, _("s"))
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if minutes < 60:
        rest = seconds % 60
        return _with_units(minutes, _("min"), rest if minutes < 10 else 0, _("s"))
    if hours < 48:
        rest = minutes % 60
        return _with_units(hours, _("h"), rest, _("min"))
    rest = hours % 24
    return _with_units(days, _("d"), rest if days < 14 else 0, _("h"))


def _with_unit(count: int, unit: str) -> str:
    return f"{count} {unit}"


def _with_units(count: int, unit: str, rest: int, smaller: str) -> str:
    return f"{count} {unit} {rest} {smaller}" if rest else f"{count} {unit}"


def duration(span: Duration) -> str:
    """A duration as exactly as it is known: `27 min`, `about 18 h`, `under 1 min` or `75 to 77 d`."""
    narrow = span.width <= max(span.length / 10, timedelta(minutes=15))
    if narrow and not span.length:
        under = _("under %(length)s") % {"length": length_of(span.high)}
        estimated = _("estimated")
        return f"{under} ({estimated})" if span.estimated else under
    if narrow:
        return _about(length_of(span.length), estimated=span.estimated)
    return _span_of(span.low, span.high)


def _span_of(low: timedelta, high: timedelta) -> str:
    """A range in one unit, its ends rounded outwards."""
    units = ((timedelta(days=3), timedelta(days=1), _("d")), (timedelta(hours=3), timedelta(hours=1), _("h")))
    one, unit = next(
        ((one, unit) for least, one, unit in units if high >= least), (timedelta(minutes=1), _("min"))
    )
    first, last = low // one, -(-high // one)
    parts = {"first": first, "last": last, "unit": unit}
    return _("%(first)s to %(last)s %(unit)s") % parts if first else _("up to %(last)s %(unit)s") % parts


def _about(text: str, *, estimated: bool) -> str:
    return _("about %(value)s") % {"value": text} if estimated else text


def day(value: date) -> str:
    """A day: `2 July 2019`."""
    parts = {"day": value.day, "month": _(MONTHS[value.month - 1]), "year": value.year}
    return _("%(day)s %(month)s %(year)s") % parts


def partial_day(text: str) -> str:
    """A date that may lack day or month, as in an id: `2 July 2019`, `July 2019`, `2019`."""
    if "-" not in text:
        return text
    year, *rest = (int(part) for part in text.split("-"))
    return day(date(year, rest[0], rest[1])) if len(rest) > 1 else f"{_(MONTHS[rest[0] - 1])} {year}"


def moment(value: Moment) -> str:
    """A moment in UTC, as exactly as it is known: `2 July 2019, 13:42 UTC`."""
    at = value.at.astimezone(UTC)
    match value.precision:
        case Precision.YEAR:
            text = str(at.year)
        case Precision.MONTH:
            text = f"{_(MONTHS[at.month - 1])} {at.year}"
        case Precision.DAY:
            text = day(at.date())
        case Precision.MINUTE | Precision.SECOND:
            text = f"{day(at.date())}, {_time(value)}"
    return _about(text, estimated=value.estimated)


def moment_after(value: Moment, before: Moment | None) -> str:
    """A moment that stands below another: only its time where both are known to the minute and of one day."""
    if (
        before is None
        or not {value.precision, before.precision} <= _TIMES.keys()
        or value.at.astimezone(UTC).date() != before.at.astimezone(UTC).date()
    ):
        return moment(value)
    return _about(_time(value), estimated=value.estimated)


def _time(value: Moment) -> str:
    return f"{value.at.astimezone(UTC):{_TIMES[value.precision]}} UTC"


def machine_time(value: Moment | date) -> str:
    """A moment as HTML's `datetime` takes it, as exactly as it is known: `2019-07-02T13:42Z`, `2019-07`."""
    if isinstance(value, date):
        return value.isoformat()
    at = value.at.astimezone(UTC)
    match value.precision:
        case Precision.YEAR:
            return f"{at:%Y}"
        case Precision.MONTH:
            return f"{at:%Y-%m}"
        case Precision.DAY:
            return f"{at:%Y-%m-%d}"
        case Precision.MINUTE:
            return f"{at:%Y-%m-%dT%H:%MZ}"
        case Precision.SECOND:
            return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def number(value: float) -> str:
    """A number with thousands apart: `4,000,000`; decimals only where there are any."""
    return _with_marks(f"{value:,.0f}" if value == int(value) else f"{value:,}")


def decimal(value: float, places: int) -> str:
    """A number with so many decimals: `3.5`, `3,5` in German."""
    return _with_marks(f"{value:.{places}f}")


def _with_marks(english: str) -> str:
    """A number with the marks of the language: a point for the comma and a comma for the point in German."""
    return english if spoken_language() == "en" else english.translate(_MARKS)


def significant(value: float, digits: int) -> str:
    """A number with at most so many significant digits: `0.35`, `0,35` in German."""
    return number(float(f"{value:.{digits}g}"))


def percent(share: float) -> str:
    """A share of 0 to 1 in whole percent; `under 1 %` and `over 99 %` where rounding would say none or all."""
    if 0 < share < 0.01:
        return _("under 1 %")
    if 0.99 < share < 1:
        return _("over 99 %")
    return f"{100 * share:.0f} %"


def in_unit(value: float, unit: str) -> str:
    """A value of a measure in its unit: a count, a share, seconds, days, or so many a quarter."""
    match unit:
        case "share":
            return percent(value)
        case "seconds":
            if not value:  # of moments that are known to the minute
                return _("under %(length)s") % {"length": length_of(timedelta(minutes=1))}
            return length_of(timedelta(seconds=value))
        case "days":
            return plural(round(value), "day")
        case "per-quarter":
            return _("%(count)s a quarter") % {"count": number(round(value, 1))}
    return number(round(value, 2))


def interval(bounds: Interval | None, unit: str) -> str:
    """An interval of 95 % in a unit: `4 to 18 days`; `or more` where it is open above."""
    if bounds is None:
        return _("no interval")
    low = in_unit(bounds.low if bounds.low is not None else 0.0, unit)
    if bounds.high is None:
        return _("%(low)s or more") % {"low": low}
    high = in_unit(bounds.high, unit)
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def figure(value: Figure) -> str:
    """A stated figure with its bound and unit: `over 4,000,000 orders`."""
    gap = "" if value.unit == "%" else " "
    text = f"{number(value.value)}{gap}{value.unit}".strip()
    return _(_BOUNDS[value.bound]) % {"value": text} if value.bound in _BOUNDS else text


def priority(value: Priority) -> str:
    """A priority: its level, or its order from likelihood, impact and effort."""
    if value.level:
        return word(value.level)
    order = value.likelihood * value.impact / value.effort
    parts = {
        "order": number(round(order, 1)),
        "likelihood": value.likelihood,
        "impact": value.impact,
        "effort": value.effort,
    }
    return _("%(order)s (likelihood %(likelihood)s × impact %(impact)s / effort %(effort)s)") % parts


def plural(count: int, noun: str, many: str = "") -> str:
    """A count with its noun: `1 incident`, `12 incidents`."""
    one, more = f"%(count)s {noun}", f"%(count)s {many or noun + 's'}"
    return ngettext(one, more, count) % {"count": number(count)}


def _nouns() -> None:
    """The nouns that `plural` knows, for the catalogues."""
    ngettext("%(count)s incident", "%(count)s incidents", 0)
    ngettext("%(count)s organisation", "%(count)s organisations", 0)
    ngettext("%(count)s finding", "%(count)s findings", 0)
    ngettext("%(count)s day", "%(count)s days", 0)
    ngettext("%(count)s month", "%(count)s months", 0)
    ngettext("%(count)s rule", "%(count)s rules", 0)
    ngettext("%(count)s lesson", "%(count)s lessons", 0)
    ngettext("%(count)s factor", "%(count)s factors", 0)
    ngettext("%(count)s action", "%(count)s actions", 0)
    ngettext("%(count)s file", "%(count)s files", 0)
    ngettext("%(count)s post-mortem", "%(count)s post-mortems", 0)


def listing(words: list[str] | tuple[str, ...]) -> str:
    """Words in a sentence: `a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def lower_first(text: str) -> str:
    """A label inside a sentence; abbreviations keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def noun(text: str) -> str:
    """A noun inside a sentence: as it is in a language that writes nouns with capitals."""
    return lower_first(text) if spoken_language() == "en" else text


def upper_first(text: str) -> str:
    """A text at the start of a sentence."""
    return text[:1].upper() + text[1:]


def arrow(statement: str) -> str:
    """A statement with its `->` as an arrow."""
    return statement.replace("->", "→")


def code(text: str) -> Markup:
    """A text of ours in which backticks mark what is code."""
    parts = _CODE.split(text)  # text and code by turns
    return Markup().join(Markup("<code>{}</code>").format(part) if i % 2 else part for i, part in enumerate(parts))


FILTERS: dict[str, Callable[..., object]] = {
    "arrow": arrow,
    "code": code,
    "word": word,
    "reason": reason,
    "in_words": in_words,
    "duration": duration,
    "day": day,
    "partial_day": partial_day,
    "machine_time": machine_time,
    "moment": moment,
    "moment_after": moment_after,
    "number": number,
    "significant": significant,
    "percent": percent,
    "in_unit": in_unit,
    "interval": interval,
    "figure": figure,
    "priority": priority,
    "plural": plural,
    "listing": listing,
    "lower_first": lower_first,
    "noun": noun,
    "upper_first": upper_first,
}
