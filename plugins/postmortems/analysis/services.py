"""What happened on each service: one's own by the registry, others' apart, as organisation and service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.actions.open_actions import waiting_first
from postmortems.analysis.factors.factor_uses import by_factor
from postmortems.analysis.statistics.measures import ActionOf
from postmortems.analysis.statistics.periods import began_in, year_to
from postmortems.analysis.statistics.scope import counted, own_incidents
from postmortems.analysis.statistics.service_keys import ServiceKey, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from postmortems.conventions import Policy
    from postmortems.record import Postmortem


@dataclass(frozen=True, slots=True)
class FactorThere:
    """A factor on a service: in which of its incidents, and in which of those of the last twelve months."""

    factor: str
    records: tuple[Postmortem, ...]
    last_year: tuple[Postmortem, ...]


@dataclass(frozen=True, slots=True)
class ServiceUse:
    """A service and the records that name it, newest first.

    `last_year` are its incidents of the last twelve months, without near misses and exercises, and `waiting` the
    open actions of its records, the overdue ones first, by their due dates; both are kept for one's own only.
    """

    key: ServiceKey
    records: tuple[Postmortem, ...]
    last_year: tuple[Postmortem, ...]
    factors: tuple[FactorThere, ...]
    waiting: tuple[ActionOf, ...]
    overdue: tuple[ActionOf, ...]

    @property
    def recurring(self) -> tuple[FactorThere, ...]:
        """The factors in two or more of its incidents, over all years."""
        return tuple(factor_there for factor_there in self.factors if len(factor_there.records) > 1)


def service_uses(records: Iterable[Postmortem], policy: Policy, as_of: datetime) -> tuple[ServiceUse, ...]:
    """Every service that counted records name: one's own first, then others' by organisation; by name."""
    by_service: dict[ServiceKey, list[Postmortem]] = {}
    for record in counted(records):
        for key in keys_of(record, policy):
            by_service.setdefault(key, []).append(record)
    year = year_to(as_of.date())
    order = sorted(by_service, key=lambda key: (key.organisation.casefold(), key.organisation, key.name))
    return tuple(
        _use(
            key,
            tuple(by_service[key]),
            began_in(own_incidents(by_service[key], policy), year),
            as_of.date(),
        )
        for key in order
    )


def _use(
    key: ServiceKey, records: tuple[Postmortem, ...], last_year: tuple[Postmortem, ...], today: date
) -> ServiceUse:
    waiting = waiting_first(
        ActionOf(record, action)
        for record in records
        if _is_followed(record, key)
        for action in record.actions
        if action.is_open
    )
    recent = by_factor(last_year)
    factors = [
        FactorThere(factor, tuple(there), tuple(recent.get(factor, ())))
        for factor, there in by_factor(records).items()
    ]
    factors.sort(
        key=lambda factor_there: (-len(factor_there.records), -len(factor_there.last_year), factor_there.factor)
    )
    return ServiceUse(
        key,
        records,
        last_year,
        tuple(factors),
        waiting,
        tuple(waits for waits in waiting if waits.action.due and waits.action.due < today),
    )


def _is_followed(record: Postmortem, key: ServiceKey) -> bool:
    """Whether the actions of a record are one's own to follow."""
    return key.is_own and record.provenance == "first-hand"
