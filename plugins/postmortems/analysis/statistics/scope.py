"""Which records enter which figures.

Famous public incidents are a selection, not a performance: durations, trends, recurrence, review and
follow-through are told of an organisation's own records only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.conventions import Policy
    from postmortems.record import Postmortem


def counted(records: Iterable[Postmortem]) -> tuple[Postmortem, ...]:
    """All records that enter counts of factors and lessons, other organisations' too."""
    return tuple(record for record in records if record.counts)


def own(records: Iterable[Postmortem], policy: Policy) -> tuple[Postmortem, ...]:
    """The first-hand and imported records of the policy's organisation: those of figures on performance."""
    return tuple(
        record
        for record in records
        if record.counts
        and record.provenance in {"first-hand", "imported"}
        and record.organisation == policy.organisation
    )


def others(records: Iterable[Postmortem], policy: Policy) -> tuple[Postmortem, ...]:
    """All other records that count, which enter no figure on performance: public reports above all."""
    kept = counted(records)
    mine = {record.id for record in own(kept, policy)}
    return tuple(record for record in kept if record.id not in mine)


def own_incidents(records: Iterable[Postmortem], policy: Policy) -> tuple[Postmortem, ...]:
    """Of one's own records, those with durations: no near misses and no exercises, which are counted apart."""
    return tuple(record for record in own(records, policy) if record.has_durations)


def first_hand(records: Iterable[Postmortem], policy: Policy) -> tuple[Postmortem, ...]:
    """One's own records that were written first-hand: reviews and actions can be asked of these only."""
    return tuple(record for record in own(records, policy) if record.provenance == "first-hand")
