"""Which incidents were the most serious, for a place where only a few can stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.conventions import Policy
    from postmortems.record import Postmortem

_LEVELS = ("critical", "high", "medium", "low", "none", "unknown")


def most_serious(records: Iterable[Postmortem], policy: Policy, count: int) -> tuple[Postmortem, ...]:
    """So many records: the most severe first, then by their worst impact, then by the users that were hit.

    Of those that are alike in all of it, the newer comes first: `records` are newest first.
    """

    def rank(record: Postmortem) -> tuple[int, int, int]:
        return (
            policy.rank(record.severity.id),
            min((_LEVELS.index(impact.level) for impact in record.impact.levels.values()), default=len(_LEVELS)),
            -(record.impact.users or 0),
        )

    return tuple(sorted(records, key=rank)[:count])


def worst_impact(record: Postmortem) -> str:
    """The text of the worst impact that has one; empty if none has."""
    worded = [impact for impact in record.impact.levels.values() if impact.text]
    return min(worded, key=lambda impact: _LEVELS.index(impact.level)).text if worded else ""
