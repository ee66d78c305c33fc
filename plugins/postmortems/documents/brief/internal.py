"""The brief of an organisation's own quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.factors.recurrence import Direction
from postmortems.analysis.lessons import leading_lesson
from postmortems.analysis.statistics.severity_ranking import worst_impact
from postmortems.documents import Bullets, Document, Paragraph, Phrase, Section
from postmortems.documents.brief.counts import comparison, counts, unseen
from postmortems.documents.brief.pieces import dated, filled, incident, months_of, number, quarter_name, said
from postmortems.documents.brief.requests import decision
from postmortems.rendering.effect_labels import VERDICTS
from postmortems.texts import _, ngettext

if TYPE_CHECKING:
    from postmortems.analysis.actions.open_actions import Waiting
    from postmortems.analysis.brief.brief import Brief
    from postmortems.analysis.factors.repeats import Repeated
    from postmortems.documents import Block, Words
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext

# What a page of paper has room for; the pages of the site list all.
_DECISIONS, _REPEATS, _FACTORS, _OWNERS, _REVIEWS, _EFFECTS = 4, 3, 4, 4, 2, 3


def own_brief(brief: Brief, context: SiteContext) -> Document:
    """A quarter of the organisation's own records."""
    name = quarter_name(brief.quarter)
    return Document(
        title=_("Leadership brief, %(quarter)s") % {"quarter": name},
        lead=_lead(brief),
        facts=(
            (_("Organisation"), said(context.conventions.policy.organisation)),
            (_("Quarter"), said(months_of(brief.quarter))),
            (_("As of"), dated(brief.day)),
        ),
        sections=(
            Section("decisions", _("What needs a decision"), _decisions(brief, context)),
            Section("incidents", _("Incidents"), counts(brief.change, context)),
            *_serious(brief, context),
            Section("repeats", _("Repeats"), _repeats(brief, context)),
            Section("factors", _("Recurring factors"), _factors(brief, context)),
            Section("actions", _("Follow-through"), _actions(brief, context)),
            Section("reviews", _("Reviews"), _reviews(brief, context)),
            Section("effects", _("Did it work?"), _effects(brief)),
        ),
    )


def _lead(brief: Brief) -> Words:
    """The quarter in two or three sentences."""
    change = brief.change
    if change.coverage is None:
        return (unseen(change),)
    words: list[str | Phrase] = [
        *filled(
            ngettext(
                "%(n)s incident began in %(quarter)s.",
                "%(n)s incidents began in %(quarter)s.",
                len(change.incidents),
            ),
            n=number("incidents", change.incidents, _("incidents of the quarter")),
            quarter=quarter_name(brief.quarter),
        ),
        " ",
        *comparison(change),
    ]
    if brief.after_fix:
        pattern = ngettext(
            "%(n)s incident repeated an earlier one although an action against that was done.",
            "%(n)s incidents repeated an earlier one although an action against that was done.",
            len(brief.after_fix),
        )
        words += [" ", *filled(pattern, n=_after(brief))]
    if not brief.overdue:
        return (*words, " ", _("No action was overdue at its end."))
    pattern = ngettext(
        "%(n)s action was overdue at its end.", "%(n)s actions were overdue at its end.", len(brief.overdue)
    )
    words += [" ", *filled(pattern, n=_overdue(brief))]
    return tuple(words)


def _after(brief: Brief) -> tuple[Phrase]:
    return number("repeats.after", tuple(entry.record for entry in brief.after_fix), _("repeats after a fix"))


def _overdue(brief: Brief) -> tuple[Phrase]:
    return number("overdue", tuple(row.of for row in brief.overdue), _("overdue actions"))


def _decisions(brief: Brief, context: SiteContext) -> list[Block]:
    asked = [decision(entry, context) for entry in brief.decisions[:_DECISIONS]]
    if not asked:
        return [Paragraph(_("Nothing in these records asks leadership for a decision."))]
    return [Bullets(asked, numbered=True), *_more("decisions.more", len(brief.decisions) - len(asked))]


def _serious(brief: Brief, context: SiteContext) -> list[Section]:
    if not brief.serious:
        return []
    return [
        Section(
            "serious",
            _("Most severe incidents"),
            [Bullets([_one_line(record, context) for record in brief.serious])],
        )
    ]


def _one_line(record: Postmortem, context: SiteContext) -> Words:
    """An incident: its severity, its impact and what was learnt, each in a line."""
    lesson = leading_lesson(record)
    words: list[str | Phrase] = [*incident(record, context)]
    if record.severity.id:
        words += [" ", Phrase(context.severity(record.severity.id), strong=True, said=True)]
    words += [". ", *said(worst_impact(record) or record.summary)]
    if lesson:
        words += [" ", Phrase(_("Lesson:"), strong=True), " ", *said(lesson.text)]
    return tuple(words)


def _repeats(brief: Brief, context: SiteContext) -> list[Block]:
    if not brief.after_fix and not brief.before_fix:
        return [Paragraph(_("As far as recorded, no incident of the quarter repeats an earlier one."))]
    counted = Paragraph(
        filled(
            _("Repeated after the fix was done: %(after)s. Repeated before it was: %(before)s."),
            after=_after(brief),
            before=number("repeats.before", tuple(e.record for e in brief.before_fix), _("repeats before a fix")),
        )
    )
    lines = [_repeat(entry, context, after=True) for entry in brief.after_fix]
    lines += [_repeat(entry, context, after=False) for entry in brief.before_fix]
    return [counted, Bullets(lines[:_REPEATS]), *_more("repeats.more", len(lines) - _REPEATS)]


def _repeat(entry: Repeated, context: SiteContext, *, after: bool) -> Words:
    first = entry.repetitions[0]
    pattern = (
        _("%(incident)s repeats %(earlier)s on %(factor)s: “%(action)s” had been done.")
        if after
        else _("%(incident)s repeats %(earlier)s on %(factor)s: “%(action)s” had not been done.")
    )
    return filled(
        pattern,
        incident=incident(entry.record, context),
        earlier=incident(first.earlier, context),
        factor=said(context.factor(first.factor)),
        action=said(first.actions[0].title),
    )


def _factors(brief: Brief, context: SiteContext) -> list[Block]:
    recurring = brief.factors.recurring
    if not brief.factors.incidents:
        return [Paragraph(_("No incident began in the twelve months to the end of the quarter."))]
    incidents = number(
        "factors.incidents", brief.factors.incidents, _("incidents of the twelve months to the end of the quarter")
    )
    if not recurring:
        pattern = ngettext(
            "In the twelve months to the end of the quarter there was %(n)s incident; no factor recurs in it.",
            "In the %(n)s incidents of the twelve months to the end of the quarter no factor occurs twice.",
            len(brief.factors.incidents),
        )
        return [Paragraph(filled(pattern, n=incidents))]
    words = {
        Direction.MORE: _("more often than the year before"),
        Direction.FEWER: _("less often than the year before"),
    }
    lines = [
        (
            *said(context.factor(entry.factor)),
            ": ",
            *number(f"factor.{entry.factor}", entry.now, context.factor(entry.factor)),
            f", {words[entry.direction]}" if entry.direction in words else "",
        )
        for entry in recurring[:_FACTORS]
    ]
    pattern = _("In the %(n)s incidents of the twelve months to the end of the quarter, most often:")
    return [
        Paragraph(filled(pattern, n=incidents)),
        Bullets(lines),
        *_more("factors.more", len(recurring) - _FACTORS),
    ]


def _actions(brief: Brief, context: SiteContext) -> list[Block]:
    pattern = _(
        "In the quarter: %(opened)s opened, %(closed)s done, %(given_up)s given up. At its end: %(open)s open, "
        "%(overdue)s of them overdue."
    )
    blocks: list[Block] = [
        Paragraph(
            filled(
                pattern,
                opened=number("opened", brief.opened, _("actions opened")),
                closed=number("closed", brief.closed, _("actions done")),
                given_up=number("given-up", brief.given_up, _("actions given up")),
                open=number("open", tuple(row.of for row in brief.open), _("open actions")),
                overdue=_overdue(brief),
            )
        )
    ]
    if brief.first_of_owners:
        shown = brief.first_of_owners[:_OWNERS]
        blocks.append(Bullets([_pressing(row, brief, context) for row in shown]))
        blocks += _more("owners.more", len(brief.first_of_owners) - len(shown))
    return blocks


def _pressing(row: Waiting, brief: Brief, context: SiteContext) -> Words:
    """The most pressing overdue action of an owner, and what became of it since."""
    action, record = row.of.action, row.of.record
    since = brief.settled.get((record.id, action.id))
    pattern = ngettext("%(owner)s: %(action)s, %(n)s day late", "%(owner)s: %(action)s, %(n)s days late", row.late)
    words = filled(
        pattern,
        owner=said(context.team(action.owner)) if action.owner else (_("nobody"),),
        action=(Phrase(action.title, uri=context.uri(record), said=True),),
        n=number(f"late.{record.id}.{action.id}", row.late),
    )
    if since is None:
        return words
    state = _("done since") if since.is_done else _("given up since")
    return (*words, Phrase(f" ({state})", muted=True))


def _reviews(brief: Brief, context: SiteContext) -> list[Block]:
    pattern = _("Held in the quarter: %(n)s. Missing at its end: %(missing)s.")
    missing = tuple(row.record for row in brief.unreviewed)
    blocks: list[Block] = [
        Paragraph(
            filled(
                pattern,
                n=number("reviewed", brief.reviewed, _("reviews held")),
                missing=number("unreviewed", missing, _("reviews missing")),
            )
        )
    ]
    if brief.unreviewed:
        blocks.append(
            Bullets(
                [
                    filled(
                        ngettext(
                            "%(incident)s: recovered %(n)s day before",
                            "%(incident)s: recovered %(n)s days before",
                            row.days,
                        ),
                        incident=incident(row.record, context),
                        n=number(f"unreviewed.{row.record.id}", row.days),
                    )
                    for row in brief.unreviewed[:_REVIEWS]
                ]
            )
        )
    return blocks


def _effects(brief: Brief) -> list[Block]:
    if not brief.ended:
        return [Paragraph(_("No comparison of before and after an action ended in this quarter."))]
    lines = [
        (*said(effect.of.action.title), ": ", Phrase(_(VERDICTS[effect.verdict]), strong=True))
        for effect in brief.ended[:_EFFECTS]
    ]
    return [Bullets(lines), *_more("effects.more", len(brief.ended) - _EFFECTS)]


def _more(name: str, count: int) -> list[Block]:
    if count <= 0:
        return []
    return [Paragraph(filled(_("And %(n)s more."), n=number(name, count)), note=True)]
