"""What leadership is asked to decide, each in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.brief.decisions import DecisionKind
from postmortems.documents.brief.pieces import filled, incident, number, said
from postmortems.texts import _, ngettext

if TYPE_CHECKING:
    from postmortems.analysis.brief.decisions import Decision
    from postmortems.documents import Words
    from postmortems.rendering.context import SiteContext


def decision(asked: Decision, context: SiteContext) -> Words:
    """One decision."""
    action = asked.action
    title = said(action.title if action else "")
    match asked.kind:
        case DecisionKind.REPEATED:
            return filled(
                _("%(incident)s happened although “%(action)s” was done: what will make it stick this time?"),
                incident=incident(asked.record, context),
                action=title,
            )
        case DecisionKind.WORSENED:
            return filled(
                _("It got worse after “%(action)s”: should the action stay? From %(incident)s"),
                incident=incident(asked.record, context),
                action=title,
            )
        case DecisionKind.OVERDUE:
            return filled(
                ngettext(
                    "“%(action)s” is %(n)s day overdue (%(owner)s): more time, another owner, or not at all?",
                    "“%(action)s” is %(n)s days overdue (%(owner)s): more time, another owner, or not at all?",
                    asked.days,
                ),
                action=title,
                n=number(f"decision.{asked.record.id}.{action.id if action else ''}", asked.days),
                owner=said(context.team(action.owner)) if action and action.owner else (_("nobody"),),
            )
    return filled(
        ngettext(
            "%(incident)s recovered %(n)s day before and was not reviewed: by when is it?",
            "%(incident)s recovered %(n)s days before and was not reviewed: by when is it?",
            asked.days,
        ),
        incident=incident(asked.record, context),
        n=number(f"decision.{asked.record.id}", asked.days),
    )
