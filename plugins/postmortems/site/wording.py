"""Values as a reader sees them: durations, moments, numbers and the words of the fields."""

from __future__ import annotations

import re
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from markupsafe import Markup

from postmortems.source import Precision

if TYPE_CHECKING:
    from collections.abc import Callable

    from postmortems.analysis import Duration
    from postmortems.analysis.measures import Interval
    from postmortems.record import Figure, Priority
    from postmortems.source import Moment

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_CODE = re.compile(r"`([^`]+)`")
NOT_STATED = "not stated"
NOT_RECORDED = "not recorded"

_WORDS = {
    "operational": "Operational",
    "security": "Security",
    "privacy": "Privacy",
    "near-miss": "Near miss",
    "exercise": "Exercise",
    "maintenance": "Maintenance",
    "first-hand": "First-hand",
    "public-report": "Retold from public sources",
    "imported": "Imported from an older log",
    "draft": "Draft",
    "in-review": "In review",
    "published": "Published",
    "withdrawn": "Withdrawn",
    "monitoring": "Monitoring",
    "staff": "Staff",
    "customer": "A customer",
    "partner": "A partner",
    "researcher": "A researcher",
    "authority": "An authority",
    "adversary": "The adversary",
    "unknown": "Unknown",
    "info": "Note",
    "in-progress": "In progress",
    "not-stated": "Status not stated",
    "n/a": "Not applicable",
    "worked": "What worked",
    "improve": "What to improve",
    "lucky": "Where luck helped",
    "primary": "the organisation's own report",
    "excerpt": "part of the organisation's own report",
    "quoted": "the organisation's report, as quoted by others",
    "secondary": "an account by others",
    "irp": "Incident response plan",
    "patch-config": "Patch or configuration",
    "comms-template": "Communication template",
    "not-needed": "Not needed",
    "repeats": "Repeats",
    "caused-by": "Was caused by",
    "supersedes": "Supersedes",
    "see": "See also",
    "attack": "MITRE ATT&CK",
    "cve": "CVE",
    "rsit": "RSIT",
    "veris": "VERIS",
}


def word(value: str) -> str:
    """The wording of a field's value; for values without one, the value itself, spelt as words."""
    return _WORDS.get(value) or value.replace("-", " ").capitalize()


def length_of(span: timedelta) -> str:
    """A length of time in its two largest units: `2 h 13 min`, `3 d 4 h`, `45 s`."""
    seconds = round(span.total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if minutes < 60:
        rest = seconds % 60
        return f"{minutes} min {rest} s" if rest and minutes < 10 else f"{minutes} min"
    if hours < 48:
        rest = minutes % 60
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    rest = hours % 24
    return f"{days} d {rest} h" if rest and days < 14 else f"{days} d"


def duration(span: Duration) -> str:
    """A duration as exactly as it is known: `27 min`, `about 18 h`, `under 1 min` or `75 to 77 d`."""
    narrow = span.width <= max(span.length / 10, timedelta(minutes=15))
    if narrow and not span.length:
        return f"under {length_of(span.high)}{' (estimated)' if span.estimated else ''}"
    if narrow:
        return f"{'about ' if span.estimated else ''}{length_of(span.length)}"
    return _span_of(span.low, span.high)


def _span_of(low: timedelta, high: timedelta) -> str:
    """A range in one unit, its ends rounded outwards."""
    units = ((timedelta(days=3), timedelta(days=1), "d"), (timedelta(hours=3), timedelta(hours=1), "h"))
    one, unit = next(((one, unit) for least, one, unit in units if high >= least), (timedelta(minutes=1), "min"))
    first, last = low // one, -(-high // one)
    return f"{first} to {last} {unit}" if first else f"up to {last} {unit}"


def day(value: date) -> str:
    """A day: `2 July 2019`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def partial_day(text: str) -> str:
    """A date that may lack day or month, as in an id: `2 July 2019`, `July 2019`, `2019`."""
    year, *rest = text.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def moment(value: Moment) -> str:
    """A moment in UTC, as exactly as it is known: `2 July 2019, 13:42 UTC`."""
    at = value.at.astimezone(UTC)
    about = "about " if value.estimated else ""
    match value.precision:
        case Precision.YEAR:
            return f"{about}{at.year}"
        case Precision.MONTH:
            return f"{about}{MONTHS[at.month - 1]} {at.year}"
        case Precision.DAY:
            return f"{about}{day(at.date())}"
        case Precision.MINUTE:
            return f"{about}{day(at.date())}, {at:%H:%M} UTC"
        case Precision.SECOND:
            return f"{about}{day(at.date())}, {at:%H:%M:%S} UTC"


def number(value: float) -> str:
    """A number with thousands apart: `4,000,000`; decimals only where there are any."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def percent(share: float) -> str:
    """A share of 0 to 1 in whole percent; `under 1 %` and `over 99 %` where rounding would say none or all."""
    if 0 < share < 0.01:
        return "under 1 %"
    if 0.99 < share < 1:
        return "over 99 %"
    return f"{100 * share:.0f} %"


def in_unit(value: float, unit: str) -> str:
    """A value of a measure in its unit: a count, a share, seconds, days, or so many a quarter."""
    match unit:
        case "share":
            return percent(value)
        case "seconds":
            return length_of(timedelta(seconds=value))
        case "days":
            return plural(round(value), "day")
        case "per-quarter":
            return f"{value:.1f} a quarter"
    return number(round(value, 2))


def interval(bounds: Interval | None, unit: str) -> str:
    """An interval of 95 % in a unit: `4 to 18 days`; `or more` where it is open above."""
    if bounds is None:
        return "no interval"
    low = in_unit(bounds.low if bounds.low is not None else 0.0, unit)
    return f"{low} or more" if bounds.high is None else f"{low} to {in_unit(bounds.high, unit)}"


def figure(value: Figure) -> str:
    """A stated figure with its bound and unit: `over 4,000,000 orders`."""
    bound = {"up-to": "up to "}.get(value.bound, f"{value.bound} " if value.bound else "")
    gap = "" if value.unit == "%" else " "
    return f"{bound}{number(value.value)}{gap}{value.unit}".strip()


def priority(value: Priority) -> str:
    """A priority: its level, or its order from likelihood, impact and effort."""
    if value.level:
        return value.level.capitalize()
    order = value.likelihood * value.impact / value.effort
    return f"{order:.1f} (likelihood {value.likelihood} × impact {value.impact} / effort {value.effort})"


def plural(count: int, noun: str, many: str = "") -> str:
    """A count with its noun: `1 incident`, `12 incidents`."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def listing(words: list[str] | tuple[str, ...]) -> str:
    """Words in a sentence: `a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def lower_first(text: str) -> str:
    """A label inside a sentence; abbreviations keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


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
    "duration": duration,
    "day": day,
    "partial_day": partial_day,
    "moment": moment,
    "number": number,
    "percent": percent,
    "in_unit": in_unit,
    "interval": interval,
    "figure": figure,
    "priority": priority,
    "plural": plural,
    "listing": listing,
    "lower_first": lower_first,
    "upper_first": upper_first,
}
