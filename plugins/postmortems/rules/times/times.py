"""T rules on single moments: none in the future, and none missing that the figures rest on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.engine.places import first_written, is_written, moment_place, named, status_of
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Applies, Problem, RuleContext
from postmortems.source import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from postmortems.record import Postmortem
    from postmortems.source import Pointer

# A date without a clock time is local, and begins 14 hours earlier on Kiritimati than in UTC.
_EARLIEST_ZONE = timedelta(hours=14)

_MEANINGS = {
    "started": "the first harm to users, data or operations",
    "detected": "the first alert or report received inside the organisation",
    "contained": "when the harm stopped growing",
    "recovered": "when normal operation was confirmed",
}


@rule(
    code="T02",
    name="not-in-the-future",
    severity=Severity.ERROR,
    family="times",
    summary="Something that already happened is dated in the future",
    why="""Milestones, reviews and amendments record the past. A future date is a typing mistake, usually in the
    year, and would distort every duration it is part of.""",
    remedy="""Check the year, the month and the UTC offset. Future dates belong in an action's `due`, in
    `review.follow_ups` or under `verify`.""",
    bad="""
        times:
          started: 2062-03-31T10:12Z
    """,
    good="""
        times:
          started: 2026-03-31T10:12Z
    """,
)
def not_in_the_future(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """What has happened can't lie after the time to count from, in any time zone."""
    for pointer, when in _what_has_happened(record):
        if when is not None and _earliest(when) > context.as_of and is_written(record, pointer):
            name = named(record.source.in_file(pointer))
            yield Problem(
                moment_place(record, pointer),
                f"{name} ({when.text if isinstance(when, Moment) else when}) is in the future; it is "
                f"{context.as_of:%Y-%m-%dT%H:%MZ} now",
                "check the year, the month and the offset; future dates belong in `due`, "
                "`review.follow_ups` or `verify`",
            )


def _earliest(when: Moment | date) -> datetime:
    """The earliest time that this can be anywhere on Earth."""
    if isinstance(when, Moment):
        start, is_local = when.earliest, not when.precision.has_clock
    else:
        start, is_local = datetime(when.year, when.month, when.day, tzinfo=UTC), True
    try:
        return start - _EARLIEST_ZONE if is_local else start
    except OverflowError:
        return start


def _what_has_happened(record: Postmortem) -> Iterator[tuple[Pointer, Moment | date | None]]:
    """Every moment and date of a record that is no plan."""
    yield ("published",), record.published
    yield ("trigger", "at"), record.trigger.at
    for name, moment in record.times.items():
        yield ("times", name), moment
    for i, entry in enumerate(record.timeline):
        yield ("timeline", i, "at"), entry.at
    for i, action in enumerate(record.actions):
        yield ("actions", i, "opened"), action.opened
        yield ("actions", i, "closed"), action.closed
        yield ("actions", i, "result", "at"), action.result.at if action.result else None
    if record.review:
        yield ("review", "held"), record.review.held
        yield ("review", "briefed_on"), record.review.briefed_on
    for i, reference in enumerate(record.sources):
        yield ("sources", i, "retrieved"), reference.retrieved
    for i, notice in enumerate(record.regulatory):
        yield ("regulatory", i, "clock_started"), notice.clock_started
        yield ("regulatory", i, "sent"), notice.sent
    for i, amendment in enumerate(record.amended):
        yield ("amended", i, "date"), amendment.date


@rule(
    code="T07",
    name="state-and-recovery",
    severity=Severity.ERROR,
    family="times",
    summary="State and recovery contradict each other",
    why="""An incident is resolved when normal operation was confirmed, which is `recovered`. A resolved incident
    without it would silently drop out of every duration; an ongoing one can't have recovered.""",
    remedy="""Add `recovered` under `times`. If the sources don't give it, list `times.recovered` under
    `not_stated`. If the incident is still going on, set `state: ongoing` and give neither `recovered` nor
    `closed`. In a draft, a missing recovery is a warning.""",
    bad="""
        state: resolved
        times:
          started: 2026-03-31T10:12Z
    """,
    good="""
        state: resolved
        times:
          started: 2026-03-31T10:12Z
          recovered: 2026-03-31T10:55Z
    """,
)
def state_and_recovery(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Resolved and closed need a recovery, and ongoing can't have one."""
    if not record.has_durations:
        return
    if record.state == "ongoing":
        ends = [f"`times.{name}`" for name in ("recovered", "closed") if name in record.times]
        if ends:
            yield Problem(
                ("state",),
                f"`state` is ongoing, but {' and '.join(ends)} {'is' if len(ends) == 1 else 'are'} given",
                f"remove `state: ongoing`, or if the incident is still going on, remove {' and '.join(ends)}",
                needs=("class",),
            )
    elif _lacks_recovery(record):
        place = first_written(record, ("state",), ("times", "closed"), ("times",))
        yield Problem(
            place,
            f"`times.recovered` is missing, but the incident counts as {record.state}",
            "add `recovered` under `times`; if the source does not give it, list `times.recovered` "
            "under `not_stated`; or set `state: ongoing`",
            Severity.WARNING if status_of(record) == "draft" else None,
            of_key=place == ("times",),
            needs=("times.recovered", "state", "class", "detection", "not_stated", "provenance"),
        )


def _had_no_harm(record: Postmortem) -> bool:
    """Whether it was caught before any harm, so that there was none to contain or recover from."""
    return record.detection.before_impact and "started" not in record.times


def _lacks_recovery(record: Postmortem) -> bool:
    """Whether a recovery is owed: old logs often held none, and imported records are asked for no more."""
    return (
        record.provenance != "imported"
        and not _had_no_harm(record)
        and "recovered" not in record.times
        and not record.says_not_stated("times.recovered")
    )


@rule(
    code="T08",
    name="milestones-recorded",
    severity=Severity.WARNING,
    family="times",
    summary="`started`, `detected`, `contained` or `recovered` is not recorded",
    why="""These four times measure detection, containment and recovery. A missing one removes the incident from
    the figures, and soon nobody remembers it.""",
    remedy="""Look in chat, alerts and dashboards, and add the time as precisely as you can: a day is better than
    nothing. If you can't find it, list it under `not_stated`, such as `times.contained`. While the incident is
    going on, set `state: ongoing`.""",
    bad="""
        times:
          started: 2026-03-31T10:12Z
          recovered: 2026-03-31T10:55Z
    """,
    good="""
        times:
          started: 2026-03-31T10:12Z
          detected: 2026-03-31T10:20Z
          recovered: 2026-03-31T10:55Z
        not_stated:
          - times.contained
    """,
    applies=Applies(provenance=frozenset({"first-hand"})),
)
def milestones_recorded(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Each of the four milestones is there, or is said to be unknown."""
    if not record.has_durations or not record.times:  # without any times, the requirement says so
        return
    known = {*record.times, *_excused(record)}
    for name, meaning in _MEANINGS.items():
        if name not in known and not record.says_not_stated(f"times.{name}"):
            yield Problem(
                ("times", name),
                f"`times.{name}` is not recorded: {meaning}",
                _how_to_supply(record, name),
                needs=(f"times.{name}", "times.closed", "state", "class", "detection", "not_stated"),
            )


def _excused(record: Postmortem) -> frozenset[str]:
    """The milestones that a record can't have, or that another rule asks for."""
    excused: set[str] = set()
    if _had_no_harm(record):
        excused |= {"started", "contained"}
    if record.state != "ongoing":  # T07 asks for the recovery
        excused.add("recovered")
    elif is_written(record, ("state",)) or status_of(record) == "draft":
        excused |= {"contained", "recovered"}
    return frozenset(excused)


def _how_to_supply(record: Postmortem, name: str) -> str:
    help_text = f"add `{name}` under `times`, even if only the day; or list `times.{name}` under `not_stated`"
    if name == "recovered":
        help_text += " and say `state: resolved`"
    if name in {"contained", "recovered"} and record.state == "ongoing":
        help_text += "; or set `state: ongoing` while the incident is going on"
    return help_text
