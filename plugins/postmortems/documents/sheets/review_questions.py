"""The seven questions of a review: what the record answers so far, and what it says on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis import phases
from postmortems.analysis.timing.chronology import silences
from postmortems.documents import Bullets, Paragraph, Phrase, Room, Section
from postmortems.documents.sheets.open_questions import ticks
from postmortems.rendering import formatting
from postmortems.rendering.labels import questions, word
from postmortems.texts import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from postmortems.documents import Block
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext

_AREAS = ("monitoring", "alerting", "staffing", "access")


def seven_section(record: Postmortem, context: SiteContext) -> Section:
    """The seven questions, each with room for an answer."""
    blocks: list[Block] = []
    for at, (name, asked) in enumerate(questions().items(), 1):
        blocks.append(Paragraph((Phrase(f"{at}. {asked}", strong=True),)))
        blocks += _answered(record, name)
        said = _SAID.get(name)
        hints = " ".join(_sentence(hint) for hint in said(record, context)) if said else ""
        if hints:
            blocks.append(Paragraph(_("The record says: %(hints)s") % {"hints": hints}, note=True))
        blocks.append(Room(2))
    return Section("questions", _("The seven questions"), blocks)


def _answered(record: Postmortem, name: str) -> list[Block]:
    if name == "what-should-change":
        return [Bullets([f"{word(area)}: {record.changes.get(area, '…')}" for area in _AREAS])]
    answer = record.questions.get(name)
    if answer is None:
        return [Paragraph(ticks("yes", "partly", "no", "n/a"))]
    verdict = Phrase(_("So far: %(answer)s.") % {"answer": word(answer.verdict)}, strong=True)
    return [Paragraph((verdict, " ", answer.note or _("Why? There is no note yet.")))]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _detected(record: Postmortem, _context: SiteContext) -> Iterator[str]:
    length = phases(record).durations.get("ttd")
    if record.detection.before_impact:
        yield _("It was caught before any harm.")
    elif length:
        yield _("Time to detect: %(time)s.") % {"time": formatting.duration(length)}
    if record.detection.source not in {"", "unknown"}:
        yield _("Noticed by: %(source)s.") % {"source": word(record.detection.source)}
    if record.detection.how:
        yield record.detection.how


def _severity(record: Postmortem, context: SiteContext) -> Iterator[str]:
    declared, final = record.severity.declared, record.severity.final
    if declared and final:
        labels = {"declared": context.severity(declared), "final": context.severity(final)}
        yield _("Declared as %(declared)s, now %(final)s.") % labels
    elif declared:
        yield _("Declared as %(declared)s.") % {"declared": context.severity(declared)}
    levels = ", ".join(f"{word(kind)}: {word(level.level)}" for kind, level in record.impact.levels.items())
    if levels:
        yield _("Impact: %(levels)s.") % {"levels": levels}


def _people(record: Postmortem, context: SiteContext) -> Iterator[str]:
    durations = phases(record).durations
    if "tta" in durations:
        yield _("Time to acknowledge: %(time)s.") % {"time": formatting.duration(durations["tta"])}
    if "ttr" in durations:
        yield _("Time to respond: %(time)s.") % {"time": formatting.duration(durations["ttr"])}
    detected, declared = record.times.get("detected"), record.times.get("declared")
    if detected and declared and detected.precision.has_clock and declared.precision.has_clock:
        length = declared.at - detected.at
        if length.total_seconds() > 0:
            yield _("Declared %(time)s after detection.") % {"time": formatting.length_of(length)}
    if record.teams:
        yield _("Took part: %(teams)s.") % {"teams": ", ".join(context.team(team) for team in record.teams)}


def _runbook(record: Postmortem, _context: SiteContext) -> Iterator[str]:
    yield from (formatting.arrow(f.statement) for f in record.factors if f.factor == "response.runbook")
    yield from (entry.what for entry in record.timeline if "runbook" in entry.what.lower())


def _cadence(record: Postmortem, _context: SiteContext) -> Iterator[str]:
    messages = sum(entry.kind == "communication" for entry in record.timeline)
    if messages:
        text = ngettext(
            "%(count)s communication is in the timeline.",
            "%(count)s communications are in the timeline.",
            messages,
        )
        yield text % {"count": messages}
    longest = max(silences(record), key=lambda gap: gap.length, default=None)
    if longest:
        text = _("The longest silence between detection and recovery: %(time)s.")
        yield text % {"time": formatting.length_of(longest.length)}


def _evidence(record: Postmortem, _context: SiteContext) -> Iterator[str]:
    if record.evidence:
        yield _("Evidence: %(pieces)s.") % {"pieces": "; ".join(item.ref for item in record.evidence)}
    if record.factors:
        resting = sum(bool(factor.evidence) for factor in record.factors)
        text = _("Factors that rest on a piece of evidence: %(part)s of %(whole)s.")
        yield text % {"part": resting, "whole": len(record.factors)}


_SAID: dict[str, Callable[[Postmortem, SiteContext], Iterator[str]]] = {
    "detected-quickly": _detected,
    "severity-accurate": _severity,
    "right-people-early": _people,
    "runbook-adequate": _runbook,
    "communication-cadence": _cadence,
    "evidence-sufficient": _evidence,
}
