"""What the record does not say yet, and how each part of the response went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis import phases
from postmortems.documents import Checks, Grid, Paragraph, Section
from postmortems.rendering import formatting
from postmortems.rendering.labels import word
from postmortems.rules.engine.requirements import is_met
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.documents import Words
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext

# What has a section of its own on the sheet, or only comes after the review.
_ASKED_ELSEWHERE = frozenset(
    {"review", "evaluation", "questions", "actions", "lessons", "factors", "times", "published", "status"}
)
_MOMENTS = {
    "started": N_("When did harm begin?"),
    "detected": N_("When did the first alert or report arrive?"),
    "responded": N_("When did somebody begin to work on it?"),
    "declared": N_("When was it declared an incident?"),
    "contained": N_("When did the harm stop growing?"),
    "recovered": N_("When was normal operation back?"),
}
_IMPACTS = {
    "business": N_("What it meant for the business is not known."),
    "technical": N_("What it did to systems is not known."),
    "data": N_("What it did to data is not known."),
    "reputation": N_("What it meant for trust is not known."),
}
_PARTS = ("detection", "containment", "eradication", "recovery", "communication", "coordination", "decisions")
_MEASURED = {"detection": "ttd", "containment": "ttc", "recovery": "ttrc"}


def open_section(record: Postmortem, context: SiteContext) -> Section:
    """The fields that this review needs and the record lacks, as things to find out."""
    wanted = [*_missing_fields(record, context), *_missing_moments(record), *_doubts(record)]
    nothing = Paragraph(_("The record has an answer to all that a review needs."))
    return Section("open", _("Open questions"), [Checks(wanted) if wanted else nothing])


def evaluation_section(record: Postmortem) -> Section:
    """How each part of the response went, with the durations that bear on it."""
    durations = phases(record).durations
    rows: list[tuple[Words, ...]] = []
    for name in _PARTS:
        verdict = record.evaluation.get(name)
        length = durations.get(_MEASURED.get(name, ""))
        rows.append(
            (
                word(name),
                formatting.duration(length) if length else "",
                word(verdict.verdict) if verdict else ticks("effective", "mixed", "delayed", "n/a"),
                verdict.note if verdict else "",
            )
        )
    ask = _("Judge the way things are set up, not the people: what made this part easy, what made it hard?")
    table = Grid(_("How each part went"), (_("Part"), _("Took"), _("Went"), _("Why")), rows)
    return Section("evaluation", _("How the response went"), [Paragraph(ask), table])


def ticks(*words: str) -> str:
    """Words to tick, each with its box."""
    return " ".join(f"☐ {word(each)}" for each in words)


def _missing_fields(record: Postmortem, context: SiteContext) -> Iterator[str]:
    """What a full review needs by the table of requirements, each with the table's reason."""
    for requirement in context.conventions.requirements:
        asked = requirement.applies_to(provenance=record.provenance, status="published", full_review=True)
        elsewhere = requirement.field.partition(".")[0] in _ASKED_ELSEWHERE
        if asked and not elsewhere and not is_met(requirement, record):
            yield _("Not recorded: %(field)s (%(why)s)") % {"field": requirement.field, "why": requirement.why}


def _missing_moments(record: Postmortem) -> Iterator[str]:
    if record.has_durations:
        for name, question in _MOMENTS.items():
            if name not in record.times and not record.says_not_stated(f"times.{name}"):
                yield _(question)


def _doubts(record: Postmortem) -> Iterator[str]:
    for name, at in record.times.items():
        if at.estimated:
            text = _("“%(milestone)s” is an estimate, %(at)s: does somebody know it better?")
            yield text % {"milestone": word(name), "at": formatting.moment(at)}
    if "started" in record.times and record.times["started"] == record.times.get("detected"):
        yield _("Start and detection are the same moment: is that really when harm began?")
    if record.detection.source == "unknown":
        yield _("Who noticed first is not known.")
    for kind, level in record.impact.levels.items():
        if level.level == "unknown":
            yield _(_IMPACTS[kind])
    for conflict in record.conflicts:
        yield _("Sources contradict each other: %(conflict)s") % {"conflict": conflict}
