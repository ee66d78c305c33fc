"""Which incident repeats an earlier one, and the action that was to prevent it. Shared by rules and analysis.

A repeat needs the same organisation, a shared factor, and a shared service or an explicit `related: repeats`. It
comes after the fix where the earlier action on that factor was closed before the later incident started, and
before the fix where that action was still open then.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from heapq import merge
from typing import TYPE_CHECKING, NamedTuple

from postmortems.record import NO_FACTORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from postmortems.record import Action, Postmortem


class Repeat(NamedTuple):
    """An incident that shares a factor with an earlier one of the same organisation and service.

    `after_fix` is true where the earlier action on that factor was closed before this incident started, false
    where it was still open then.
    """

    record: Postmortem
    earlier: Postmortem
    action: Action
    factor: str
    after_fix: bool


class _Fix(NamedTuple):
    """An action on a factor of an incident."""

    started: datetime
    earlier: Postmortem
    factor: str
    action: Action

    @property
    def rank(self) -> tuple[datetime, str]:
        return self.started, self.earlier.id


class RepeatIndex:
    """Every action on a factor, by organisation, factor and service, to find those that an incident repeats.

    Only first-hand records that count take part: other organisations' actions are not ours to follow.
    """

    def __init__(self, records: Iterable[Postmortem]) -> None:
        """Index the records; their order does not matter."""
        self._by_service: dict[tuple[str, str, str], list[_Fix]] = defaultdict(list)
        self._by_record: dict[str, list[_Fix]] = {}
        for record in records:
            fixes = list(_fixes(record))
            if fixes:
                self._by_record[record.id] = fixes
            for fix in fixes:
                for service in record.services:
                    self._by_service[record.organisation, fix.factor, service].append(fix)
        for entries in self._by_service.values():
            entries.sort(key=lambda fix: fix.rank)

    def repeats_of(self, record: Postmortem) -> Iterator[Repeat]:
        """The incidents that a record repeats: first those it names, then others, newest first.

        An exercise repeats nothing: it plays an earlier incident again on purpose.
        """
        started = _start_of_what_may_repeat(record)
        if started:
            yield from _repeats(record, started, self._candidates(record, started))

    def between(self, record: Postmortem, earlier: Postmortem) -> Iterator[Repeat]:
        """What a record repeats of one earlier incident."""
        started = _start_of_what_may_repeat(record)
        if started is None:
            return
        stated = any(relation.id == earlier.id and relation.kind == "repeats" for relation in record.related)
        if stated or not set(record.services).isdisjoint(earlier.services):
            yield from _repeats(record, started, self._shared(record, earlier.id, started))

    def _shared(self, record: Postmortem, earlier: str, started: datetime) -> Iterator[_Fix]:
        """The actions of an earlier incident on factors that a record of the same organisation has too."""
        factors = {factor.factor for factor in record.factors}
        for fix in self._by_record.get(earlier, ()):
            alike = fix.factor in factors and fix.earlier.organisation == record.organisation
            if alike and fix.started < started:
                yield fix

    def _candidates(self, record: Postmortem, started: datetime) -> Iterator[_Fix]:
        factors = list(dict.fromkeys(factor.factor for factor in record.factors))
        for relation in record.related:
            if relation.kind == "repeats":
                yield from self._shared(record, relation.id, started)
        keys = ((record.organisation, factor, service) for factor in factors for service in record.services)
        fixes = (_newest_first(self._by_service[key], started) for key in keys if key in self._by_service)
        yield from merge(*fixes, key=lambda fix: fix.rank, reverse=True)


def _start_of_what_may_repeat(record: Postmortem) -> datetime | None:
    """When a record started, if it can repeat others: an exercise plays an earlier incident again on purpose."""
    started = record.times.get("started")
    return started.at if started and _takes_part(record) and record.incident_class != "exercise" else None


def _repeats(record: Postmortem, started: datetime, fixes: Iterable[_Fix]) -> Iterator[Repeat]:
    """Those of the actions on factors of earlier incidents that were to prevent a record, each once."""
    seen: set[tuple[str, str, str]] = set()
    excluded, day = {record.id, *record.not_related}, started.date()
    for fix in fixes:
        key = (fix.earlier.id, fix.factor, fix.action.id)
        if key in seen or fix.earlier.id in excluded:
            continue
        seen.add(key)
        action = fix.action
        if action.is_done and action.closed and action.closed < day:
            yield Repeat(record, fix.earlier, action, fix.factor, after_fix=True)
        elif action.is_open or (action.closed and action.closed >= day):
            yield Repeat(record, fix.earlier, action, fix.factor, after_fix=False)


def _newest_first(fixes: Sequence[_Fix], before: datetime) -> Iterator[_Fix]:
    """Those of incidents that started before a time, without a look at the later ones."""
    end = bisect_left(fixes, before, key=lambda fix: fix.started)
    return (fixes[i] for i in range(end - 1, -1, -1))


def _takes_part(record: Postmortem) -> bool:
    return record.provenance == "first-hand" and record.counts


def _fixes(record: Postmortem) -> Iterator[_Fix]:
    """The actions of a record on each of its factors, where one can tell until when they were open."""
    started = record.times.get("started")
    if started is None or not record.actions or not _takes_part(record):
        return
    for name in dict.fromkeys(factor.factor for factor in record.factors):
        if name in NO_FACTORS:
            continue
        targets = {factor.id for factor in record.factors if factor.factor == name}
        for action in record.actions:
            if not targets.isdisjoint(action.addresses) and (action.is_open or action.closed):
                yield _Fix(started.at, record, name, action)
