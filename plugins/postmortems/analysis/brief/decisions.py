"""What in a quarter asks leadership for a decision: what was tried and did not hold, and what nobody gets done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from postmortems.analysis.actions.open_actions import priority_level
from postmortems.analysis.effect.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.analysis.actions.open_actions import Waiting
    from postmortems.analysis.effect.verdicts import Effect
    from postmortems.analysis.factors.repeats import Repeated
    from postmortems.analysis.reviews.review_quality import Waiting as WaitingReview
    from postmortems.record import Action, Postmortem

LONG = 30
"""An action this many days overdue asks for time or for an end, whatever its priority."""


class DecisionKind(StrEnum):
    """Why a decision is needed."""

    REPEATED = "a fix that was done did not hold"
    WORSENED = "it became worse after an action"
    OVERDUE = "an action is long overdue, or overdue and of high priority"
    UNREVIEWED = "a review is missing"


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing to decide on. `days` is how long it is late; `earlier` is the incident that was repeated."""

    kind: DecisionKind
    record: Postmortem
    action: Action | None = None
    earlier: Postmortem | None = None
    days: int = 0


def decisions(
    after_fix: Iterable[Repeated],
    ended: Iterable[Effect],
    overdue: Iterable[Waiting],
    unreviewed: Iterable[WaitingReview],
) -> tuple[Decision, ...]:
    """What asks for a decision: fixes that did not hold, what became worse, what is late, reviews."""
    return (
        *(
            Decision(
                DecisionKind.REPEATED, entry.record, entry.repetitions[0].actions[0], entry.repetitions[0].earlier
            )
            for entry in after_fix
        ),
        *(
            Decision(DecisionKind.WORSENED, effect.of.record, effect.of.action)
            for effect in ended
            if effect.verdict == Verdict.WORSE
        ),
        *(
            Decision(DecisionKind.OVERDUE, row.of.record, row.of.action, days=row.late)
            for row in overdue
            if row.late >= LONG or priority_level(row.of.action.priority) == "high"
        ),
        *(Decision(DecisionKind.UNREVIEWED, row.record, days=row.days) for row in unreviewed),
    )
