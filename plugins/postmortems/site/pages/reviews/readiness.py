"""Readiness: what incidents changed in the means of response, and exercises made from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.reviews.readiness import STATES, readiness
from postmortems.site.tree import Page
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from postmortems.rendering.context import SiteContext
    from postmortems.site.pages.reviews.sheets import Sheets

LISTED = 100  # artefacts of a kind, those of most incidents first, and other organisations
OF_ONE = 20  # changes of an artefact, the newest first, and of another organisation

OUTPUT_WORDS = {
    "irp": N_("Incident response plans"),
    "runbook": N_("Runbooks"),
    "escalation-path": N_("Escalation paths"),
    "contact-list": N_("Contact lists"),
    "comms-template": N_("Communication templates"),
    "report-format": N_("Report formats"),
    "alert": N_("Alerts"),
    "dashboard": N_("Dashboards"),
    "access-rule": N_("Access rules"),
    "break-glass": N_("Break-glass access"),
    "training": N_("Training"),
    "exercise": N_("Exercises"),
}


def page(context: SiteContext, sheets: Sheets) -> Page:
    """The page, whatever there is to tell."""
    changes = readiness(context.records, context.conventions.policy, context.as_of)
    return Page(
        uri="readiness/index.md",
        title=_("Readiness"),
        description=_("What incidents changed in runbooks, alerts, access, templates and plans; exercises."),
        template="reviews/readiness.html",
        context={
            "site": context,
            "found": changes,
            "states": STATES,
            "words": OUTPUT_WORDS,
            "listed": LISTED,
            "of_one": OF_ONE,
            "exercises": [(r, sheets.exercises[r.id]) for r in context.records if r.id in sheets.exercises],
            "more_exercises": sheets.more,
        },
        updated=context.updated,
    )
