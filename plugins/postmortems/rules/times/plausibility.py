"""T rules on times that are possible, and rarely true."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.engine.places import moment_place, named_time
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Applies, Problem, RuleContext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.record import Postmortem
    from postmortems.source import Moment

_LONGEST = timedelta(days=90)
_FEWEST_CLOCK_TIMES = 3
_LEAST_TOLERANCE = timedelta(minutes=15)
_RELATIVE_TOLERANCE = 0.1
_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "min": timedelta(minutes=1), "s": timedelta(seconds=1)}
_AMOUNT = re.compile(r"(\d+)(?:\.(\d+))? (d|h|min|s)")


@rule(
    code="T09",
    name="started-before-detected",
    severity=Severity.WARNING,
    family="times",
    summary="`started` equals `detected`",
    why="""Harm usually begins before anyone notices. If the alert is taken as the start, time to detect is zero,
    and the figures suggest there is nothing to improve.""",
    remedy="""Look for what users met first: failed requests, logs, the first complaint. If harm was noticed in the
    minute it began, list T09 under `accepted` with the reason. If the start is a guess, set `estimated: true`.""",
    bad="""
        times:
          started: 2026-03-31T10:20Z
          detected: 2026-03-31T10:20Z
    """,
    good="""
        times:
          started: 2026-03-31T10:12Z
          detected: 2026-03-31T10:20Z
    """,
    applies=Applies(provenance=frozenset({"first-hand"})),
)
def started_before_detected(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Two clock times that are the same, neither of them a guess."""
    started, detected = record.times.get("started"), record.times.get("detected")
    if not (started and detected and record.has_durations) or record.detection.before_impact:
        return
    known = started.precision.has_clock and not started.estimated and not detected.estimated
    if known and (started.at, started.precision) == (detected.at, detected.precision):
        yield Problem(
            moment_place(record, ("times", "started")),
            f"`times.started` and `times.detected` are the same ({started.text}): is that really when harm began?",
            "look for what users met before the first alert; if it was noticed at once, list T09 "
            "under `accepted` with the reason",
            needs=("class", "detection"),
        )


@rule(
    code="T10",
    name="plausible-times",
    severity=Severity.WARNING,
    family="times",
    summary=(
        "A duration exceeds 90 days, all times are on the hour, or a stated duration doesn't match the times"
    ),
    why="""One mistyped month outweighs all other incidents of a year. Times that are all on the hour were
    remembered rather than looked up, and durations based on them look more precise than they are.""",
    remedy="""Check the year and the month, and look times up or say how precise they are. A stated duration may
    differ from the times by a tenth, a quarter of an hour, or half of its last unit. Only operational incidents
    are checked. If the times are right, list T10 under `accepted` with the reason.""",
    bad="""
        times:
          started: 2026-01-31T10:12Z
          detected: 2026-01-31T10:20Z
          contained: 2026-05-31T10:50Z
          recovered: 2026-05-31T10:55Z
    """,
    good="""
        times:
          started: 2026-03-31T10:12Z
          detected: 2026-03-31T10:20Z
          contained: 2026-03-31T10:50Z
          recovered: 2026-03-31T10:55Z
    """,
)
def plausible_times(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Durations of operational incidents are not months long, not all round, and those that were stated."""
    if record.incident_class != "operational" or not record.has_durations:
        return
    yield from _too_long(record)
    yield from _all_on_the_hour(record)
    yield from _otherwise_stated(record)


def _too_long(record: Postmortem) -> Iterator[Problem]:
    """From the first milestone to the last; `closed` may come long after."""
    moments = {name: moment for name, moment in record.times.items() if name != "closed"}
    if not moments:
        return
    first = min(moments, key=lambda name: moments[name].at)
    last = max(moments, key=lambda name: moments[name].at)
    length = moments[last].earliest - moments[first].latest
    if length > _LONGEST:
        yield Problem(
            moment_place(record, ("times", last)),
            f"{named_time(last, moments[last])} is {length.days} days after {named_time(first, moments[first])}",
            "check the year and the month of both; if it took that long, list T10 under `accepted` "
            "with the reason",
            needs=("class",),
        )


def _all_on_the_hour(record: Postmortem) -> Iterator[Problem]:
    clocks = {n: m for n, m in record.times.items() if m.precision.has_clock and not m.estimated and not m.within}
    if len(clocks) >= _FEWEST_CLOCK_TIMES and all(_is_on_the_hour(moment) for moment in clocks.values()):
        yield Problem(
            moment_place(record, ("times", next(iter(clocks)))),
            f"all {len(clocks)} clock times under `times` are on the hour",
            "look them up in logs, alerts and chat; mark remembered ones with `estimated: true`, and "
            "`within` if known",
            needs=("class", "times"),
        )


def _is_on_the_hour(moment: Moment) -> bool:
    """As written, since not all time zones are whole hours apart."""
    return set(moment.text[14:].rstrip("Z").partition("+")[0].partition("-")[0]) <= set("0:.")


def _otherwise_stated(record: Postmortem) -> Iterator[Problem]:
    """The stated duration against those of the times: up to the recovery, or up to the containment."""
    started = record.times.get("started")
    stated = _stated(record.duration_stated)
    if stated is None or started is None or not started.in_summaries:
        return
    length, half_unit = stated
    tolerance = max(_RELATIVE_TOLERANCE * length, _LEAST_TOLERANCE, half_unit)
    lengths: list[str] = []
    for name in ("recovered", "contained"):
        end = record.times.get(name)
        if end is None or not end.in_summaries:
            continue
        shortest, longest = end.earliest - started.latest, end.latest - started.earliest
        if longest < timedelta(0) or shortest - tolerance <= length <= longest + tolerance:
            return
        lengths.append(f"to `times.{name}` it is {_in_words(end.at - started.at)}")
    if lengths:
        yield Problem(
            ("duration_stated",),
            f"`duration_stated` is {record.duration_stated}, but from `times.started` {' and '.join(lengths)}",
            "check both; if the source counts differently, list T10 under `accepted` with the reason",
            needs=("class", "times.recovered", "times.contained"),
        )


def _stated(text: str) -> tuple[timedelta, timedelta] | None:
    """A stated duration, and half of the last unit that it is given in."""
    length, half_unit = timedelta(0), timedelta(0)
    for whole, decimals, unit in _AMOUNT.findall(text):
        length += float(f"{whole}.{decimals or 0}") * _UNITS[unit]
        half_unit = _UNITS[unit] / 2 / 10 ** len(decimals)
    return (length, half_unit) if length else None


def _in_words(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{amount} {unit}" for amount, unit in parts if amount) or "less than a minute"
