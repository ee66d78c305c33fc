"""What came of it so far: factors, lessons, actions to write, and earlier incidents that are like this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.documents import Bullets, Checks, Grid, Paragraph, Phrase, Room, Section
from postmortems.documents.brief.pieces import filled
from postmortems.rendering import formatting
from postmortems.rendering.labels import questions, word
from postmortems.rendering.related_labels import in_common
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.analysis.related.related_incidents import Neighbour, Neighbourhood
    from postmortems.documents import Block, Words
    from postmortems.record import Action, Factor, Postmortem
    from postmortems.rendering.context import SiteContext
    from postmortems.repeats import Repeat

_KINDS = {
    "worked": N_("What worked, and should be kept?"),
    "improve": N_("What should change, so that the next one is shorter or does not come?"),
    "lucky": N_("Where were we lucky, and can't count on it?"),
}


def factors_section(record: Postmortem, context: SiteContext) -> Section:
    """The factors so far, each with the question that leads further."""
    vocabulary = context.conventions.vocabulary
    ask = Paragraph(_("What made this possible? What else had to be true?"))
    blocks: list[Block] = [block for one in record.factors for block in (_factor(one, context), ask, Room(1))]
    if not record.factors:
        start = _("No factor is recorded. Begin with what set it off, and ask what made that possible.")
        blocks += [Paragraph(start), Room(5)]
    dimensions = {vocabulary.dimension_of(factor.factor) for factor in record.factors}
    rest = ", ".join(term.label for name, term in vocabulary.dimensions.items() if name not in dimensions)
    if rest and record.factors:
        text = _("Nothing yet on: %(dimensions)s. Was there really nothing?")
        blocks.append(Paragraph(text % {"dimensions": rest}))
    return Section("factors", _("Factors so far"), blocks)


def lessons_section(record: Postmortem) -> Section:
    """The lessons so far by kind, and what asks for more."""
    blocks: list[Block] = []
    for kind, question in _KINDS.items():
        blocks.append(Paragraph((Phrase(_(question), strong=True),)))
        texts = [lesson.text for lesson in record.lessons if lesson.kind == kind]
        if texts:
            blocks.append(Bullets(texts))
        blocks.append(Room(1))
    return Section("lessons", _("Lessons"), blocks)


def actions_section(record: Postmortem, context: SiteContext) -> Section:
    """The actions so far, what none of them answers, and rows to write more."""
    ask = _("Each has one owner, a date and a criterion of being done. Few and strong.")
    rows = [_action(action, context) for action in record.actions]
    columns = (_("Action"), _("Owner"), _("Due"), _("Done when"), _("Answers"))
    blocks: list[Block] = [Paragraph(ask), Grid(_("Actions"), columns, rows, 3 if rows else 5)]
    unanswered = list(_unanswered(record, context))
    if unanswered:
        blocks += [Paragraph(_("No action answers these yet:")), Checks(unanswered)]
    return Section("actions", _("Actions to write"), blocks)


def earlier_section(record: Postmortem, context: SiteContext, neighbourhood: Neighbourhood) -> Section | None:
    """Earlier incidents that its editor relates, that this one repeats or that are like it; None without any."""
    incidents = [
        _earlier(record, context, neighbour) for neighbour in neighbourhood.neighbours if neighbour.earlier
    ]
    if not incidents:
        return None
    ask = _("Had this happened before? What was to prevent it, and why did it not?")
    return Section("earlier", _("Earlier incidents"), [Paragraph(ask), Bullets(incidents)])


def _factor(factor: Factor, context: SiteContext) -> Paragraph:
    statement = f": {formatting.arrow(factor.statement)}" if factor.statement else ""
    label = f"{factor.id} {context.factor(factor.factor)}"
    return Paragraph((Phrase(label, strong=True), f" ({word(factor.role)}){statement}"))


def _action(action: Action, context: SiteContext) -> tuple[Words, ...]:
    return (
        (Phrase(action.id, strong=True), f" {action.title}"),
        context.team(action.owner) if action.owner else "",
        formatting.day(action.due) if action.due else "",
        action.done_when,
        ", ".join(action.addresses),
    )


def _unanswered(record: Postmortem, context: SiteContext) -> Iterator[str]:
    targets = {target for action in record.actions for target in action.addresses}
    for factor in record.factors:
        if factor.id not in targets and factor.factor not in {"unknown", "none"}:
            yield f"{factor.id} {context.factor(factor.factor)}"
    asked = questions()
    for name, answer in record.questions.items():
        if answer.verdict in {"partly", "no"} and name not in targets:
            yield f"{asked[name]} {word(answer.verdict)}"


def _earlier(record: Postmortem, context: SiteContext, neighbour: Neighbour) -> Words:
    """An earlier incident: what an editor says of it, the action that was to prevent this, or what is alike."""
    other = neighbour.record
    link = Phrase(other.title, uri=context.uri(other))
    day = formatting.partial_day(other.date_text)
    reasons = [word(neighbour.relation)] if neighbour.relation else []
    actions = {repeat.action.id: repeat for repeat in reversed(neighbour.repeats)}
    reasons += [_told_of_repeat(repeat, context) for repeat in actions.values()]
    sentences = "".join(f" {reason}." for reason in reasons)
    if actions or not neighbour.likeness:
        return link, f" ({other.organisation}, {day}).{sentences}"
    shared = [name for kind in in_common(context, record, neighbour.likeness) for name, _uri in kind.labels]
    alike = filled(_("Alike in: %(shared)s."), shared=(Phrase(", ".join(shared), said=True),))
    return link, f" ({other.organisation}, {day}).{sentences} ", *alike


def _told_of_repeat(repeat: Repeat, context: SiteContext) -> str:
    given = {"factor": context.factor(repeat.factor), "action": repeat.action.title}
    if repeat.after_fix and repeat.action.closed:
        text = _("The same factor, %(factor)s; the action “%(action)s” was done on %(day)s")
        return text % {**given, "day": formatting.day(repeat.action.closed)}
    return _("The same factor, %(factor)s; the action “%(action)s” was still open when this one began") % given
