"""Audit evidence: which records may support which control, and regulatory notices with their clocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.evidence.controls import ALWAYS, ControlEvidence, evidence_of
from postmortems.analysis.statistics.periods import Period, period, year_to
from postmortems.analysis.statistics.scope import own
from postmortems.analysis.timing.regulatory_clocks import recorded_notices
from postmortems.rendering.evidence_labels import concerned, lacking, shown, sought
from postmortems.site.evidence_anchors import anchor_of
from postmortems.site.tree import Page
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortems.analysis.evidence.controls import Support
    from postmortems.analysis.timing.regulatory_clocks import RecordedNotice
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext

INDEX = "evidence/index.md"
LISTED = 500  # rows of a control's page; the command lists all
_NOTICES = 100  # rows of the table of notices
_YEARS = 4  # columns of the overview; older years stand on the pages of controls
STANDINGS = {
    "in time": N_("sent before it was due"),
    "late": N_("sent after it was due"),
    "unclear": N_("sent about when it was due"),
    "no due date": N_("sent, with no due date recorded"),
    "overdue": N_("not recorded as sent, and past due"),
    "waiting": N_("not recorded as sent, and not yet due"),
    "not sent": N_("not recorded as sent"),
}


@dataclass(frozen=True, slots=True)
class ControlColumn:
    """A period of the overview: its name in figures, its heading, and the anchor on a control's page."""

    name: str
    label: str
    period: Period
    anchor: str = ""


def control_uri(control_id: str) -> str:
    """Where the page of a control lies."""
    return f"evidence/{control_id}.md"


def pages(context: SiteContext) -> Iterator[Page]:
    """The overview of all controls, and the page of each."""
    policy = context.conventions.policy
    by_control = evidence_of(context.records, context.conventions.controls.controls, policy)
    yield _index(context, by_control)
    for evidence in by_control:
        yield _control(context, evidence)


def _index(context: SiteContext, by_control: Sequence[ControlEvidence]) -> Page:
    policy = context.conventions.policy
    records = own(context.records, policy)
    supports = [support for evidence in by_control for support in evidence.supports]
    lacking = {support.record.id for support in supports if support.missing}
    holding = {support.record.id for support in supports if not support.missing}
    notices = recorded_notices(context.records, policy, context.as_of)
    columns = _columns(context, records)
    return Page(
        uri=INDEX,
        title=_("Audit evidence"),
        description=_("Which records can serve as evidence for which control, and what they lack."),
        template="evidence/evidence.html",
        context={
            "site": context,
            "own": records,
            "supporting": tuple(record for record in records if record.id in holding),
            "whole": tuple(record for record in records if record.id in holding - lacking),
            "columns": columns,
            "rows": [
                (evidence.control, [(column, evidence.within(column.period).complete) for column in columns])
                for evidence in by_control
            ],
            "control_uri": control_uri,
            "notices": notices,
            "listed": notices[:_NOTICES],
            "standings": _by_standing(notices),
            "words": {standing: _(text) for standing, text in STANDINGS.items()},
            "clocks": context.conventions.controls.clocks,
        },
        updated=context.updated,
    )


def _columns(context: SiteContext, records: Sequence[Postmortem]) -> list[ControlColumn]:
    """All time, the last twelve months, and the newest calendar years that have records."""
    years = sorted({record.year for record in records}, reverse=True)[:_YEARS]
    return [
        ControlColumn("all", _("All"), ALWAYS),
        ControlColumn("last-12-months", _("Last twelve months"), year_to(context.as_of.date())),
        *(ControlColumn(str(year), str(year), period(str(year)), f"in-{year}") for year in years),
    ]


def _by_standing(notices: Sequence[RecordedNotice]) -> list[tuple[str, int, tuple[Postmortem, ...]]]:
    """How many notices stand how, and the records that hold them."""
    by_standing = (
        (standing, [notice for notice in notices if notice.standing == standing]) for standing in STANDINGS
    )
    return [
        (standing, len(group), tuple({notice.record.id: notice.record for notice in group}.values()))
        for standing, group in by_standing
        if group
    ]


def _control(context: SiteContext, evidence: ControlEvidence) -> Page:
    control = evidence.control
    policy = context.conventions.policy
    listed = ControlEvidence(control, evidence.supports[:LISTED])
    return Page(
        uri=control_uri(control.id),
        title=f"{control.framework} {control.control}",
        description=_("Records that can serve as evidence for %(control)s, and what they lack.")
        % {"control": f"{control.framework} {control.control}"},
        template="evidence/evidence-control.html",
        context={
            "site": context,
            "control": control,
            "evidence": evidence,
            "concerned": [concerned(description, policy) for description in control.concerns],
            "sought": [sought(need) for need in control.looks_for],
            "years": [
                (
                    year,
                    evidence.within(period(str(year))).complete,
                    _rows(listed.within(period(str(year))).supports),
                )
                for year in listed.years
            ],
            "has_own": bool(own(context.records, policy)),
            "index": INDEX,
            "left_out": len(evidence.supports) - len(listed.supports),
        },
        section=INDEX,
        updated=context.updated,
    )


def _rows(supports: Sequence[Support]) -> list[dict[str, object]]:
    """A control's records; what each holds and lacks, by the names of these figures, and where it stands."""
    rows: list[dict[str, object]] = []
    for support in supports:
        named = [(f"{support.record.id}.{place}", holding) for place, holding in enumerate(support.holdings, 1)]
        rows.append(
            {
                "record": support.record,
                "present": [
                    (name, shown(holding), anchor_of(support.record, holding.need))
                    for name, holding in named
                    if holding.met
                ],
                "missing": [(name, lacking(holding), "") for name, holding in named if not holding.met],
            }
        )
    return rows
