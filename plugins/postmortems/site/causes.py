"""What several pages say of causes, computed once a site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.factors.factor_pairs import pairs
from postmortems.analysis.factors.recurrence import recurrences
from postmortems.analysis.factors.repeats import repeating
from postmortems.analysis.statistics.scope import counted, others, own

if TYPE_CHECKING:
    from postmortems.analysis.factors.factor_pairs import Pairs
    from postmortems.analysis.factors.recurrence import Recurrences
    from postmortems.analysis.factors.repeats import Repeating
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext


@dataclass(frozen=True, slots=True)
class Causes:
    """Recurrence, repeats and pairs of factors, and the incidents in which they were counted.

    `own` are the organisation's own records, `others` all others that count.
    """

    counted: tuple[Postmortem, ...]
    own: tuple[Postmortem, ...]
    others: tuple[Postmortem, ...]
    recurrences: Recurrences
    repeating: Repeating
    pairs: Pairs


def causes_of(context: SiteContext) -> Causes:
    """Go through all records once."""
    policy = context.conventions.policy
    return Causes(
        counted(context.records),
        own(context.records, policy),
        others(context.records, policy),
        recurrences(context.records, policy, context.as_of),
        repeating(context.records, policy),
        pairs(context.records),
    )
