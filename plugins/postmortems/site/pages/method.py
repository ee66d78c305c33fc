"""Method: every definition, from the files and tables that the program itself works by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis import METRICS
from postmortems.record import MILESTONES, OUTPUTS, STRENGTHS
from postmortems.rendering.formatting import noun
from postmortems.rendering.labels import word
from postmortems.site.tree import Page
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from postmortems.rendering.context import SiteContext

TLP = (
    ("CLEAR", N_("Everyone. The only mark that a public site shows.")),
    ("GREEN", N_("The community; here, the organisation.")),
    ("AMBER", N_("The organisation and its clients who need to know; here, the organisation.")),
    ("AMBER+STRICT", N_("The organisation only; shown where it is asked for by name.")),
    ("RED", N_("Named people only. It does not belong in a repository, and the check refuses it.")),
)


def page(context: SiteContext) -> Page:
    """Definitions, vocabulary and the completeness of the data."""
    from postmortems.analysis.related.text_similarity import LEAST, SHARES  # heavy, so only where pages are made

    counted = [record for record in context.records if record.counts]
    measured = [record for record in context.records if record.has_durations]
    return Page(
        uri="method/index.md",
        title=_("Method"),
        description=_("How every figure is defined, and how complete the data are."),
        template="method.html",
        context={
            "site": context,
            "metrics": METRICS,
            "milestones": [
                (name, context.described("times", name), [record for record in measured if name in record.times])
                for name in MILESTONES
            ],
            "measured": measured,
            "counted": counted,
            "total": len(counted),
            "fields": [
                (name, context.described(name), context.conventions.schema.shape.child(name).known_values)
                for name in ("provenance", "status", "class", "state")
            ],
            "strengths": STRENGTHS,
            "outputs_of": {
                strength: [noun(word(name)) for name, output in OUTPUTS.items() if output.strength == strength]
                for strength in STRENGTHS
            },
            "tlp": TLP,
            "likeness": {"shares": SHARES, "least": LEAST},
            "vocabulary": context.conventions.vocabulary,
            "policy": context.conventions.policy,
        },
        updated=context.updated,
    )
