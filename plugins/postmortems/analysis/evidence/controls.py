"""Which records may support a control, what in each of them does, and what is not in it.

What a control concerns and looks for is data, read from `controls.yaml`; here it is held against records. Only the
organisation's own records enter: another's public report says nothing of how this one handles incidents.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from postmortems.analysis.evidence.control_evidence import Holding, find_evidence, holds, matching
from postmortems.analysis.statistics.estimates import share_of
from postmortems.analysis.statistics.periods import Period, known_as
from postmortems.analysis.statistics.scope import own

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from postmortems.analysis.statistics.measures import Share
    from postmortems.conventions import Control, Description, Policy
    from postmortems.record import Postmortem


ALWAYS = Period(date.min, date.max)
"""All days that there are."""


@dataclass(frozen=True, slots=True)
class Support:
    """A record that a control concerns, and what it holds of each thing that the control looks for, in order."""

    record: Postmortem
    holdings: tuple[Holding, ...]

    @property
    def present(self) -> tuple[Holding, ...]:
        """What the record holds."""
        return tuple(holding for holding in self.holdings if holding.met)

    @property
    def missing(self) -> tuple[Holding, ...]:
        """What it does not hold."""
        return tuple(holding for holding in self.holdings if not holding.met)


@dataclass(frozen=True, slots=True)
class ControlEvidence:
    """The records that may support a control, newest first."""

    control: Control
    supports: tuple[Support, ...]

    @property
    def complete(self) -> Share:
        """The records that hold all that is looked for, of those that the control concerns."""
        return share_of(
            tuple(support.record for support in self.supports if not support.missing),
            tuple(support.record for support in self.supports),
        )

    def within(self, period: Period) -> ControlEvidence:
        """The same for the records of a period."""
        return ControlEvidence(
            self.control, tuple(support for support in self.supports if lies_in(support.record, period))
        )

    @property
    def years(self) -> tuple[int, ...]:
        """The years of its records, newest first."""
        return tuple(sorted({support.record.year for support in self.supports}, reverse=True))


def evidence_of(
    records: Iterable[Postmortem], controls: Sequence[Control], policy: Policy
) -> tuple[ControlEvidence, ...]:
    """Hold the organisation's own records against each control; a record keeps its place among the others."""
    entering = own(records, policy)
    return tuple(
        ControlEvidence(
            control,
            tuple(
                Support(record, tuple(find_evidence(record, need) for need in control.looks_for))
                for record in entering
                if concerns(control, record, policy)
            ),
        )
        for control in controls
    )


def concerns(control: Control, record: Postmortem, policy: Policy) -> bool:
    """Whether a record fits one of the descriptions of a control."""
    return any(_fits(record, description, policy) for description in control.concerns)


def lies_in(record: Postmortem, period: Period) -> bool:
    """Whether the date by which people know an incident lies in a period: its first day, where it is a span."""
    return period.first <= known_as(record).first <= period.last


def _fits(record: Postmortem, described: Description, policy: Policy) -> bool:
    return (
        (not described.classes or record.incident_class in described.classes)
        and (not described.severity or policy.at_or_above(record.severity.id, described.severity))
        and (described.full_review is None or record.full_review == described.full_review)
        and (not described.since or known_as(record).first >= date.fromisoformat(described.since))
        and (not described.services or not set(described.services).isdisjoint(record.services))
        and (not described.regime or any(described.regime in notice.regime for notice in record.regulatory))
        and all(holds(record, thing) for thing in described.has)
        and (described.any_action is None or bool(matching(record, described.any_action)[1]))
    )
