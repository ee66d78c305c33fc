"""T rules on the order of milestones: what can't have been, and what rarely was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings import Severity, joined
from postmortems.rules.engine.places import moment_place, named_time
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Problem, RuleContext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from postmortems.record import Postmortem

# The milestones that each one can't come after, by definition.
_STARTED_BEFORE = ("contained", "recovered", "closed")
_DETECTED_BEFORE = ("acknowledged", "responded", "declared")
# What each milestone rarely comes after. Not in here, because real logs are full of them: a response or a
# declaration after containment (harm ends by itself, or repair comes first), a cause removed after recovery.
_USUALLY_BEFORE: Mapping[str, tuple[str, ...]] = {
    "started": ("acknowledged", "responded", "declared", "eradicated"),
    "detected": ("contained", "eradicated", "recovered", "closed"),
    "acknowledged": ("responded", "recovered", "closed"),
    "responded": ("recovered", "closed"),
    "declared": ("recovered", "closed"),
    "contained": ("recovered", "closed"),
    "eradicated": ("closed",),
    "recovered": ("closed",),
}
# The other milestones by which T03 to T05 may question each milestone.
_DOUBTED_BY: Mapping[str, tuple[str, ...]] = {
    "started": (*_STARTED_BEFORE, "detected"),
    "detected": (*_DETECTED_BEFORE, "started"),
    **dict.fromkeys(_STARTED_BEFORE, ("started",)),
    **dict.fromkeys(_DETECTED_BEFORE, ("detected",)),
}
_PRECISION_HELP = "for an estimated time, `within` says how far off it may be"


def _overtaken(record: Postmortem, name: str, others: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the other milestones that a milestone surely comes after."""
    moment = record.times.get(name)
    if moment is None:
        return ()
    return tuple(other for other in others if other in record.times and moment.surely_after(record.times[other]))


def _message(record: Postmortem, name: str, overtaken: tuple[str, ...]) -> str:
    others = joined([named_time(other, record.times[other]) for other in overtaken])
    return f"{named_time(name, record.times[name])} is after {others}"


@rule(
    code="T03",
    name="started-first",
    severity=Severity.ERROR,
    family="times",
    summary="Harm starts after containment, recovery or closure, or before its trigger",
    why="""`started` is the first harm. Nothing can be contained or recovered before it, and a trigger after the
    harm did not cause it. Every duration of the incident would be wrong.""",
    remedy="""Correct the wrong time: check the day, the UTC offset, and 12- and 24-hour clocks. Times are compared
    only as precisely as they are given; for an estimate, `within` says how far off it may be.""",
    bad="""
        times:
          started: 2026-03-31T11:12Z
          recovered: 2026-03-31T10:55Z
    """,
    good="""
        times:
          started: 2026-03-31T10:12Z
          recovered: 2026-03-31T10:55Z
    """,
)
def started_first(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Harm starts before it ends, and not before its trigger."""
    overtaken = _overtaken(record, "started", _STARTED_BEFORE)
    if overtaken:
        yield Problem(
            moment_place(record, ("times", "started")),
            _message(record, "started", overtaken),
            f"`started` is the first harm; check the day and the offset of both; {_PRECISION_HELP}",
        )
    trigger, started = record.trigger.at, record.times.get("started")
    if trigger and started and trigger.surely_after(started):
        yield Problem(
            moment_place(record, ("trigger", "at")),
            f"`trigger.at` ({trigger.text}) is after {named_time('started', started)}",
            "the trigger is what set the harm off; look at the day and the offset of both; " + _PRECISION_HELP,
        )


@rule(
    code="T04",
    name="detected-before-response",
    severity=Severity.ERROR,
    family="times",
    summary="Detection comes after someone acknowledged, responded to or declared the incident",
    why="""Nobody can respond to an incident that the organisation has not noticed. `detected` is the first alert
    or report received inside it, by any channel.""",
    remedy="""Correct the wrong time. If a person noticed before any alert, that is the detection: set `detected`
    to it, and `detection: staff`.""",
    bad="""
        times:
          detected: 2026-03-31T10:40Z
          responded: 2026-03-31T10:24Z
    """,
    good="""
        times:
          detected: 2026-03-31T10:20Z
          responded: 2026-03-31T10:24Z
    """,
)
def detected_before_response(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Detection precedes all that people do about it."""
    overtaken = _overtaken(record, "detected", _DETECTED_BEFORE)
    if overtaken:
        yield Problem(
            moment_place(record, ("times", "detected")),
            _message(record, "detected", overtaken),
            "`detected` is the first alert or report received inside, a colleague's own notice among them; "
            + _PRECISION_HELP,
        )


@rule(
    code="T05",
    name="detected-after-start",
    severity=Severity.ERROR,
    family="times",
    summary="Detection comes before the harm, but the record doesn't say it was caught before impact",
    why="""Time to detect runs from the first harm to the first alert and can't be negative. An incident caught
    before any harm is a success, and is counted as one if the record says so.""",
    remedy="""If it was caught before any harm, set `before_impact: true` under `detection`. Otherwise correct the
    wrong time: `started` is the first harm, and the change that led to it is `trigger.at`.""",
    bad="""
        times:
          started: 2026-03-31T10:30Z
          detected: 2026-03-31T10:20Z
        detection: monitoring
    """,
    good="""
        times:
          started: 2026-03-31T10:30Z
          detected: 2026-03-31T10:20Z
        detection:
          source: monitoring
          before_impact: true
    """,
)
def detected_after_start(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Detection follows the harm, unless it was caught before."""
    started, detected = record.times.get("started"), record.times.get("detected")
    if started and detected and started.surely_after(detected) and not record.detection.before_impact:
        yield Problem(
            moment_place(record, ("times", "detected")),
            f"{named_time('detected', detected)} is before {named_time('started', started)}",
            "if it was caught before any harm, set `before_impact: true` under `detection`; "
            "otherwise check the day and the offset of both",
            needs=("detection",),
        )


@rule(
    code="T06",
    name="usual-order",
    severity=Severity.WARNING,
    family="times",
    summary="Two milestones are in an unlikely order",
    why="""Most such cases are mistakes: a day too late, or local time entered as UTC. Some are true, such as harm
    that ended before anyone noticed.""",
    remedy="""Check both times. If they are right, list T06 under `accepted` with the reason. A response or
    declaration after containment is common and not reported.""",
    bad="""
        times:
          contained: 2026-03-31T11:05Z
          recovered: 2026-03-31T10:55Z
    """,
    good="""
        times:
          contained: 2026-03-31T10:50Z
          recovered: 2026-03-31T10:55Z
    """,
)
def usual_order(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Milestones come in their usual order, but for those that an error is about already."""
    doubtful = _in_errors(record)
    for name, others in _USUALLY_BEFORE.items():
        if name in doubtful or (name == "started" and record.detection.before_impact):
            continue
        overtaken = tuple(other for other in _overtaken(record, name, others) if other not in doubtful)
        if overtaken:
            yield Problem(
                moment_place(record, ("times", name)),
                _message(record, name, overtaken),
                "check the day and the offset of both; if they are right, list T06 under `accepted` with "
                "the reason",
                needs=("detection", *_doubted_by(name, *overtaken)),
            )


def _doubted_by(*names: str) -> Iterator[str]:
    return (f"times.{other}" for name in names for other in _DOUBTED_BY.get(name, ()))


def _in_errors(record: Postmortem) -> frozenset[str]:
    """The milestones that T03 to T05 report: one of each is mistyped, and its other orders mean nothing."""
    doubtful: set[str] = set()
    for name, others in (
        ("started", _STARTED_BEFORE),
        ("detected", _DETECTED_BEFORE),
    ):
        overtaken = _overtaken(record, name, others)
        doubtful.update((name, *overtaken) if overtaken else ())
    if _overtaken(record, "started", ("detected",)) and not record.detection.before_impact:
        doubtful |= {"started", "detected"}
    return frozenset(doubtful)
