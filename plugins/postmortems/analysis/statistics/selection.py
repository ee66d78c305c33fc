"""By what incidents are picked out, in the same words wherever that is done: in facets, addresses and commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.periods import happened
from postmortems.analysis.statistics.service_keys import keys_of
from postmortems.record import own_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from postmortems.conventions import Policy
    from postmortems.record import Postmortem


def _stated(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


# What a record has of each trait. A service of others carries its organisation: two may call theirs the same.
TRAITS: Mapping[str, Callable[[Postmortem, Policy], Iterable[str]]] = {
    "severity": lambda record, _: _stated(record.severity.id),
    "class": lambda record, _: (record.incident_class,),
    "trigger": lambda record, _: _stated(record.trigger.kind),
    "factor": lambda record, _: (factor.factor for factor in record.factors),
    "service": lambda record, policy: (key.text for key in keys_of(record, policy)),
    "organisation": lambda record, _: (record.organisation,),
    "year": lambda record, _: (str(record.year),),
    "provenance": lambda record, _: (record.provenance,),
    "status": lambda record, _: (record.status,),
}


def values(trait: str, record: Postmortem, policy: Policy) -> tuple[str, ...]:
    """What a record has of a trait, each value once; a trait may be an own field."""
    if trait in TRAITS:
        return tuple(dict.fromkeys(TRAITS[trait](record, policy)))
    return tuple(dict.fromkeys(own_texts(record.own[trait]))) if trait in record.own else ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records to select: for each trait, the values that match; empty means all.

    `since` and `until` are the first and the last day on which an incident may have begun. A service is named as
    `checkout`, at whatever organisation, or as `Example Bank/checkout`.
    """

    since: date | None = None
    severities: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    until: date | None = None
    factors: frozenset[str] = frozenset()
    triggers: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    provenances: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()

    def holds(self, record: Postmortem) -> bool:
        """Whether it selects a record; not one whose start may lie outside the days."""
        began = happened(record)
        if (self.since and began.first < self.since) or (self.until and began.last > self.until):
            return False
        services = (*record.services, *(f"{record.organisation}/{service}" for service in record.services))
        return all(
            not wanted or not wanted.isdisjoint(values)
            for wanted, values in (
                (self.severities, (record.severity.id,)),
                (self.services, services),
                (self.factors, (factor.factor for factor in record.factors)),
                (self.triggers, (record.trigger.kind,)),
                (self.classes, (record.incident_class,)),
                (self.provenances, (record.provenance,)),
                (self.organisations, (record.organisation,)),
                (self.statuses, (record.status,)),
            )
        )


EVERYTHING = Selection()
