"""A tabletop exercise from the timeline of an incident: what players learn and when, and what really happened.

What nobody knew when the incident was detected is kept for the end; what was decided and done is folded away at
its place, so that the players decide first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.timing.chronology import beginning
from postmortems.documents import Bullets, Checks, Document, Fold, Grid, Paragraph, Phrase, Section
from postmortems.documents.sheets.elapsed_time import after, since
from postmortems.rendering import formatting
from postmortems.rendering.labels import word
from postmortems.rules.language.languages import language_of
from postmortems.texts import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postmortems.documents import Block, Words
    from postmortems.record import Factor, Postmortem, TimelineEntry
    from postmortems.rendering.context import SiteContext
    from postmortems.source import Moment

LEAST = 4  # entries of a timeline; fewer make no story
_MINUTES = 6  # at the table, for each inject
_WEEKDAYS = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday")),
    *(N_("Friday"), N_("Saturday"), N_("Sunday")),
)
_HIDDEN = frozenset({"decision", "action"})

_ASK = {
    "observation": (
        (N_("What do you make of this?"), N_("What do you check next, and where do you look?")),
        (N_("What does this rule out?"), N_("What would you want to see that you can't?")),
    ),
    "communication": (
        (N_("Who has to know now, and who tells them?"), N_("What do you say, and what not yet?")),
        (N_("What does this change?"), N_("When do they hear from you again?")),
    ),
    "decision": (
        (N_("What would you decide, on what you know now?"), N_("Who may decide that? Can you reach them?")),
        (N_("What do you decide now?"), N_("What would make you decide otherwise?")),
    ),
    "action": (
        (N_("What would you do now?"), N_("How could that make things worse, and how would you tell?")),
        (N_("What do you try next?"), N_("How would you undo it?")),
    ),
    "": ((N_("What do you do now?"), N_("Who else has to know?")),),
}
_FIRST = (
    N_("Is this an incident? How severe, and who says so?"),
    N_("Whom do you call? Where do you meet?"),
)
_LAST = (N_("Is it over? How can you tell?"), N_("Who has to hear that it is, and what is left to do?"))
_DEBRIEF = (
    N_("Where did you decide otherwise than they did then? What did you know that they did not?"),
    N_("Which alarm, runbook or person would have helped, and do we have it?"),
    N_("At which point did you lack the access or the authority to go on?"),
    N_("Who would have waited for word from us, and for how long?"),
    N_("Which two things should change here, who takes them, and by when?"),
)


def has_exercise(record: Postmortem) -> bool:
    """Whether a record tells enough of how it went, and is over."""
    return record.counts and not record.is_ongoing and len(record.timeline) >= LEAST and len(_played(record)) > 1


def exercise(record: Postmortem, context: SiteContext) -> Document:
    """The exercise of a record that has one."""
    injects = _played(record)
    zero = record.times.get("detected") or injects[0].at
    minutes = max(30, 10 * round((len(injects) * _MINUTES + 20) / 10))
    source = Phrase(_("the post-mortem, which gives away the end"), uri=context.uri(record))
    title = _("Exercise: %(where)s, %(day)s")
    return Document(
        title=title % {"where": _where(record, context), "day": formatting.partial_day(record.date_text)},
        lead=_lead(len(injects)),
        facts=[
            (_("Made from"), (source,)),
            (_("Takes"), _("about %(count)s min") % {"count": minutes}),
            (_("Mark"), f"TLP:{record.tlp}"),
        ],
        sections=[
            Section("situation", _("The situation"), _situation(record, context, zero)),
            *(_step(number, entry, injects, zero, context) for number, entry in enumerate(injects, 1)),
            Section("debrief", _("Debrief"), [Bullets([_(text) for text in _DEBRIEF])]),
            Section("ending", _("What really happened"), [_ending(record, context)]),
        ],
    )


def _lead(steps: int) -> str:
    text = ngettext(
        "A tabletop exercise of %(count)s step, made from a real incident. Read each step aloud, let the players"
        " answer, and only then open what is folded away.",
        "A tabletop exercise of %(count)s steps, made from a real incident. Read each step aloud, let the players"
        " answer, and only then open what is folded away.",
        steps,
    )
    return text % {"count": steps}


def _played(record: Postmortem) -> list[TimelineEntry]:
    """The entries that the players live through: from detection on, where one knows when that was."""
    detected = record.times.get("detected")
    if detected is None:
        return list(record.timeline)
    return [entry for entry in record.timeline if entry.at.latest > detected.at]


def _where(record: Postmortem, context: SiteContext) -> str:
    if record.provenance == "public-report":
        return record.organisation
    return ", ".join(context.service(record, service) for service in record.services) or record.organisation


def _situation(record: Postmortem, context: SiteContext, zero: Moment) -> list[Block]:
    services = ", ".join(context.service(record, service) for service in record.services)
    facts = [_("Organisation: %(organisation)s.") % {"organisation": record.organisation}]
    if services:
        facts.append(_("You look after: %(services)s.") % {"services": services})
    facts.append(_hour(zero))
    source = record.detection.source
    if source not in {"", "unknown"}:
        facts.append(_("The first sign comes from: %(source)s.") % {"source": word(source)})
    roles = _(
        "Give out three roles before you begin: one leads, one tells the outside, one writes down when and why."
    )
    return [Bullets(facts), Paragraph(roles)]


def _hour(at: Moment) -> str:
    month = _(formatting.MONTHS[at.at.month - 1])
    if not at.precision.has_clock:
        return _("It is a day in %(month)s. All has been quiet.") % {"month": month}
    parts = {"weekday": _(_WEEKDAYS[at.day.weekday()]), "month": month, "clock": at.text[11:16]}
    return _("It is a %(weekday)s in %(month)s, %(clock)s. All has been quiet.") % parts


def _step(
    number: int, entry: TimelineEntry, injects: Sequence[TimelineEntry], zero: Moment, context: SiteContext
) -> Section:
    """One step: what the players learn, what to ask, and what was decided or done, folded away."""
    text = _anonymised(entry.what, context)
    before = sum(other.kind == entry.kind for other in injects[: number - 1])
    questions = _ASK[entry.kind][before % len(_ASK[entry.kind])]
    if entry.kind not in _HIDDEN:
        questions = {1: _FIRST, len(injects): _LAST}.get(number, questions)
    blocks: list[Block] = []
    if entry.kind not in _HIDDEN:
        blocks.append(Paragraph((Phrase(text, strong=True),)))
    blocks.append(Bullets([_(question) for question in questions]))
    if entry.kind in _HIDDEN:
        blocks.append(Fold(_("What they did"), [Paragraph(text)]))
    when = after(entry.at, zero) if number > 1 else _("the beginning")
    return Section(f"step-{number}", _("Step %(number)s: %(when)s") % {"number": number, "when": when}, blocks)


def _ending(record: Postmortem, context: SiteContext) -> Fold:
    """All of it, for after the exercise."""
    zero = beginning(record)
    rows: list[tuple[Words, ...]] = [
        (since(entry.at, zero) if zero else formatting.moment(entry.at), _anonymised(entry.what, context))
        for entry in record.timeline
    ]
    blocks: list[Block] = [Paragraph(_anonymised(record.summary, context))] if record.summary else []
    blocks.append(Grid(_("What really happened"), (_("Since the start"), _("What")), rows))
    if record.factors:
        factors = [_factor(factor, context) for factor in record.factors]
        blocks += [Paragraph((Phrase(_("What made it possible"), strong=True),)), Bullets(factors)]
    if record.lessons:
        lessons = [f"{word(lesson.kind)}: {lesson.text}" for lesson in record.lessons]
        blocks += [Paragraph((Phrase(_("What was learnt"), strong=True),)), Bullets(lessons)]
    if record.actions:
        ask = _("What was to be changed: is it so here?")
        blocks += [Paragraph((Phrase(ask, strong=True),)), Checks([action.title for action in record.actions])]
    return Fold(_("Open this after the debrief"), blocks)


def _factor(factor: Factor, context: SiteContext) -> Words:
    statement = f": {_anonymised(formatting.arrow(factor.statement), context)}" if factor.statement else ""
    return Phrase(context.factor(factor.factor), strong=True), statement


def _anonymised(text: str, context: SiteContext) -> str:
    """A text without who did what, as far as the language is known."""
    return language_of(context.conventions.policy).anonymised(text)
