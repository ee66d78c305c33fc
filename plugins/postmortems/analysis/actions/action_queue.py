"""Actions in the order in which they ask to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.analysis.statistics.measures import ActionOf


def waiting_first(actions: Iterable[ActionOf]) -> tuple[ActionOf, ...]:
    """What is open first, by its due date, and then all others in the order given."""
    kept = list(actions)
    waiting = [entry for entry in kept if entry.action.is_open]
    waiting.sort(key=lambda entry: (str(entry.action.due or "9999"), entry.record.id, entry.action.id))
    return (*waiting, *(entry for entry in kept if not entry.action.is_open))
