"""How many incidents there were, beside the quarter before, and what that does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.frequency.counts import Verdict
from postmortems.analysis.statistics.quarters import Coverage
from postmortems.documents import Grid, Paragraph
from postmortems.documents.brief.pieces import filled, number, quarter_name, said
from postmortems.texts import N_, _, ngettext

if TYPE_CHECKING:
    from postmortems.analysis.frequency.quarter_change import QuarterChange, SeverityCount
    from postmortems.documents import Block, Phrase, Words
    from postmortems.rendering.context import SiteContext

_VERDICTS = {
    Verdict.TOO_FEW: N_("%(before)s had %(n)s: not enough data yet to show a change."),
    Verdict.CANNOT_TELL: N_("%(before)s had %(n)s: no clear change."),
    Verdict.CLUSTERED: N_("%(before)s had %(n)s: no clear change, because incidents come in clusters."),
    Verdict.MORE: N_("%(before)s had %(n)s: a rise that is more than chance would explain."),
    Verdict.FEWER: N_("%(before)s had %(n)s: a fall that is more than chance would explain."),
}


def comparison(change: QuarterChange) -> tuple[str | Phrase, ...]:
    """The quarter before in a sentence, or why there is no comparison."""
    before = quarter_name(change.quarter.preceding)
    if change.verdict is not None:
        return filled(
            _(_VERDICTS[change.verdict]),
            before=before,
            n=number("incidents.before", change.incidents_before, _("incidents of the quarter before")),
        )
    if change.coverage is not Coverage.WHOLE:
        return (unseen(change),)
    return filled(
        _("The records do not show all of %(before)s, so there is nothing to compare it with."), before=before
    )


def unseen(change: QuarterChange) -> str:
    """Why a quarter can't be seen as a whole."""
    match change.coverage:
        case Coverage.RUNNING:
            return _("The quarter is not over yet, so there is nothing to compare it with.")
        case Coverage.BEGINS:
            return _("The records begin in this quarter, so they do not show all of it.")
        case Coverage.NO_DATA:
            return _("Nothing was recorded since it began, so the number of incidents is unknown.")
    return _("The records do not reach back to this quarter, so they say nothing of it.")


def counts(change: QuarterChange, context: SiteContext) -> list[Block]:
    """Both quarters by severity, and what is counted apart."""
    blocks: list[Block] = []
    if change.by_severity:
        columns = (_("Severity"), quarter_name(change.quarter), quarter_name(change.quarter.preceding))
        rows = [_row(count, change, context) for count in change.by_severity]
        blocks.append(Grid(_("Incidents by severity, in this quarter and the one before"), columns, rows))
    else:
        blocks.append(Paragraph(_("No incident is recorded in this quarter or the one before.")))
    apart = []
    if change.near_misses:
        pattern = ngettext("%(n)s near miss", "%(n)s near misses", len(change.near_misses))
        apart.append(filled(pattern, n=number("near-misses", change.near_misses, _("near misses"))))
    if change.exercises:
        pattern = ngettext("%(n)s exercise", "%(n)s exercises", len(change.exercises))
        apart.append(filled(pattern, n=number("exercises", change.exercises, _("exercises"))))
    if apart:
        both = len(apart) > 1
        blocks.append(
            Paragraph(
                filled(_("Counted apart: %(first)s and %(second)s."), first=apart[0], second=apart[1])
                if both
                else filled(_("Counted apart: %(first)s."), first=apart[0])
            )
        )
    return blocks


def _row(count: SeverityCount, change: QuarterChange, context: SiteContext) -> tuple[Words, ...]:
    name = count.severity or "none"
    label = context.severity(count.severity) if count.severity else _("not stated")
    now, before = (f"{label}, {quarter_name(each)}" for each in (change.quarter, change.quarter.preceding))
    return (
        said(label),
        number(f"severity.{name}.now", count.now, now) if change.coverage else "–",
        number(f"severity.{name}.before", count.before, before) if change.coverage_before else "–",
    )
