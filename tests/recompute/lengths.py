"""Durations from raw front matter, and what is typical of them: a second reading of the definitions, by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from raw import moment
from scipy import stats

if TYPE_CHECKING:
    from raw import Raw, World

METRICS = {
    "ttd": ("started", "detected"),
    "exposure": ("trigger", "detected"),
    "tta": ("detected", "acknowledged"),
    "ttr": ("detected", "responded"),
    "ttc": ("detected", "contained"),
    "ttrc": ("started", "recovered"),
    "fdrt": ("trigger", "recovered"),
}
ORDER = (
    *("started", "detected", "acknowledged", "responded", "declared"),
    *("contained", "eradicated", "recovered", "closed"),
)
REASONS = (
    "caught before impact",
    "still going on",
    "not recorded",
    "ends before it starts",
    "estimated without a margin",
    "not known exactly enough",
)
LEAST = {0.5: 6, 0.75: 13, 0.9: 36}
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class When:
    """A moment with its bounds; `clock` where a clock time is known, `firm` where it may enter a summary."""

    text: str
    at: datetime
    earliest: datetime
    latest: datetime
    clock: bool
    firm: bool

    def surely_after(self, other: When) -> bool:
        """Later whatever the true times; a date without a clock may be that of any time zone."""
        mine = self.earliest - timedelta(hours=0 if self.clock else 14)
        theirs = other.latest + timedelta(hours=0 if other.clock else 12)
        return self.at > other.at and mine >= theirs


@dataclass(frozen=True)
class Length:
    """A duration of a record in seconds, None where there is none, and why it is left out of summaries."""

    raw: Raw
    start: When | None
    seconds: float | None
    low: float = 0
    high: float = 0
    reason: str = ""


def has_durations(raw: Raw) -> bool:
    return raw["status"] != "withdrawn" and raw["class"] not in {"maintenance", "near-miss", "exercise"}


def own_incidents(world: World) -> list[Raw]:
    return [raw for raw in world.own if has_durations(raw)]


def when(entry: Raw | None) -> When | None:
    found = moment(entry)
    if found is None or entry is None:
        return None
    start, width, firm = found
    margin = timedelta(0)
    if "within" in entry:
        number, unit = re.fullmatch(r"(\d+)([smhd])", entry["within"]).groups()
        margin = timedelta(seconds=int(number) * _UNITS[unit])
    return When(entry["at"], start, start - margin, start + width + margin, "T" in entry["at"], firm)


def triggered(raw: Raw) -> Raw | None:
    """When it was set off, written out as the other milestones are."""
    at = raw["trigger"].get("at")
    return {"at": at} if isinstance(at, str) else at


def is_ongoing(raw: Raw) -> bool:
    if not has_durations(raw) or not (raw["times"] or "state" in raw):
        return False
    if "state" in raw:
        return raw["state"] == "ongoing"
    over = {"closed", "recovered"} & set(raw["times"])
    silent = {"times", "times.recovered"} & set(raw.get("not_stated", []))
    return raw["provenance"] == "first-hand" and not over and not silent


def length(raw: Raw, metric: str, as_of: datetime) -> Length | None:
    """A duration of a record; None where it can't have one of this kind."""
    if metric == "fdrt" and raw["trigger"].get("kind") not in {"deploy", "config-change"}:
        return None
    names = METRICS[metric]
    start = when(triggered(raw) if names[0] == "trigger" else raw["times"].get(names[0]))
    end = when(raw["times"].get(names[1]))
    if metric == "ttd" and raw["detection"].get("before_impact") == "true":
        return Length(raw, start, None, reason="caught before impact")
    reached = set(raw["times"]) & set(ORDER[ORDER.index(names[1]) :])
    if start and end is None and is_ongoing(raw) and not reached:
        low, high = as_of - start.latest, as_of - start.earliest
        return _made(raw, start, as_of - start.at, low, high, "still going on")
    if start is None or end is None:
        return Length(raw, start, None, reason="not recorded")
    if start.surely_after(end):
        return Length(raw, start, None, reason="ends before it starts")
    made = _made(raw, start, end.at - start.at, end.earliest - start.latest, end.latest - start.earliest, "")
    if not (start.firm and end.firm):
        return _made(raw, start, end.at - start.at, *_bounds(made), "estimated without a margin")
    if made.high - made.low > max(made.seconds / 10, 900):
        return _made(raw, start, end.at - start.at, *_bounds(made), "not known exactly enough")
    return made


def _bounds(made: Length) -> tuple[timedelta, timedelta]:
    return timedelta(seconds=made.low), timedelta(seconds=made.high)


def _made(raw: Raw, start: When, span: timedelta, low: timedelta, high: timedelta, reason: str) -> Length:
    seconds, least, most = (max(value.total_seconds(), 0.0) for value in (span, low, high))
    return Length(raw, start, seconds, least, most, reason)


def lengths(records: list[Raw], metric: str, as_of: datetime) -> list[Length]:
    return [found for raw in records if (found := length(raw, metric, as_of))]


def quantile(found: list[Length], part: float) -> tuple[float, float, float] | None:
    """A quantile and its bounds by order statistics; None of too few."""
    values = sorted(entry.seconds for entry in found if not entry.reason)
    n = len(values)
    if n < LEAST[part]:
        return None
    place = part * (n - 1)
    below = int(place)
    above = min(below + 1, n - 1)
    value = values[below] + (place - below) * (values[above] - values[below])
    # The ranks outside of which at most 2.5 % of Binomial(n, part) lie on either side.
    low = max(rank for rank in range(1, n + 1) if stats.binom.cdf(rank - 1, n, part) <= 0.025)
    high = min(rank for rank in range(1, n + 1) if stats.binom.sf(rank - 1, n, part) <= 0.025)
    return value, values[low - 1], values[high - 1]


def shown(name: str, found: list[Length], part: float = 0.5, *, coverage: bool = False) -> dict[str, object]:
    """A quantile with its bounds and, where asked for or too few, the number of durations that it rests on."""
    value, n = quantile(found, part), sum(not entry.reason for entry in found)
    if value is None:
        return {name: "too few", f"{name}.n": n, f"{name}.least": LEAST[part]}
    bounded = {name: value[0], f"{name}.low": value[1], f"{name}.high": value[2]}
    return bounded | ({f"{name}.n": n, f"{name}.of": len(found)} if coverage else {})


def wilson(k: int, n: int) -> tuple[float, float]:
    """The bounds of a share (Wilson 1927)."""
    z = stats.norm.ppf(0.975)
    centre = (k + z * z / 2) / (n + z * z)
    spread = z / (n + z * z) * (k * (n - k) / n + z * z / 4) ** 0.5
    return max(centre - spread, 0.0), min(centre + spread, 1.0)


def shared(name: str, k: int, n: int) -> dict[str, object]:
    """A share in percent with its bounds."""
    low, high = wilson(k, n)
    return {f"{name}.share": k / n, f"{name}.low": low, f"{name}.high": high}
