"""What waits for someone: overdue actions, reviews not held, and incidents that repeat an earlier one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from postmortems.conventions import Policy
    from postmortems.record import Action, Postmortem


@dataclass(frozen=True, slots=True)
class Overdue:
    """An open action past its due date, by how many days."""

    record: Postmortem
    action: Action
    days: int


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """An incident whose review should have been held, and how many days ago it recovered."""

    record: Postmortem
    days: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """An incident that shares a factor with an earlier one of the same organisation and service.

    `after_fix` is true where the earlier action on that factor was closed before this incident started, false
    where it was still open then.
    """

    record: Postmortem
    earlier: Postmortem
    action: Action
    factor: str
    after_fix: bool


@dataclass(frozen=True, slots=True)
class Attention:
    """What needs attention, most pressing first; `ongoing` incidents are not over yet."""

    ongoing: tuple[Postmortem, ...]
    overdue: tuple[Overdue, ...]
    unreviewed: tuple[Unreviewed, ...]
    repeats: tuple[Repeat, ...]
    first_hand: int

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.ongoing) + len(self.overdue) + len(self.unreviewed) + len(self.repeats)


def needs_attention(records: Sequence[Postmortem], policy: Policy, as_of: datetime) -> Attention:
    """Look through the first-hand records; other organisations' actions are not ours to chase."""
    own = [record for record in records if record.provenance == "first-hand" and record.counts]
    today = as_of.date()
    return Attention(
        ongoing=tuple(record for record in own if record.state == "ongoing" and record.has_durations),
        overdue=tuple(sorted(_overdue(own, today), key=lambda late: (-late.days, late.record.id, late.action.id))),
        unreviewed=tuple(sorted(_unreviewed(own, policy, as_of), key=lambda late: (-late.days, late.record.id))),
        repeats=tuple(_repeats(own, as_of)),
        first_hand=len(own),
    )


def _overdue(records: Iterable[Postmortem], today: date) -> Iterable[Overdue]:
    for record in records:
        for action in record.actions:
            if action.is_open and action.due and action.due < today:
                yield Overdue(record, action, (today - action.due).days)


def _unreviewed(records: Iterable[Postmortem], policy: Policy, as_of: datetime) -> Iterable[Unreviewed]:
    grace = timedelta(days=policy.review.grace_days)
    for record in records:
        recovered = record.times.get("recovered")
        held = record.review.held if record.review else None
        if record.full_review and recovered and not held and as_of - recovered.at > grace:
            yield Unreviewed(record, (as_of - recovered.at).days)


def _repeats(records: Sequence[Postmortem], as_of: datetime) -> Iterable[Repeat]:
    """The repeats of the last 12 months, newest first, each with the action that was to prevent it."""
    by_factor: dict[str, list[Postmortem]] = defaultdict(list)
    for record in records:
        for name in {factor.factor for factor in record.factors}:
            by_factor[name].append(record)
    for record in records:
        started = record.times.get("started")
        if started is None or as_of - started.at > timedelta(days=365):
            continue
        alike = {other.id: other for factor in record.factors for other in by_factor[factor.factor]}
        for earlier in alike.values():
            before = earlier.times.get("started")
            if earlier.id != record.id and before and before.at < started.at:
                yield from _repeat_of(record, earlier, started.at.date())


def _repeat_of(record: Postmortem, earlier: Postmortem, started: date) -> Iterable[Repeat]:
    declared = any(relation.id == earlier.id and relation.kind == "repeats" for relation in record.related)
    if earlier.id in record.not_related or record.organisation != earlier.organisation:
        return
    if not declared and not set(record.services) & set(earlier.services):
        return
    shared = {factor.factor for factor in record.factors} - {"unknown", "none"}
    for factor in earlier.factors:
        if factor.factor not in shared:
            continue
        for action in earlier.actions:
            if factor.id not in action.addresses:
                continue
            if action.is_done and action.closed and action.closed < started:
                yield Repeat(record, earlier, action, factor.factor, after_fix=True)
            elif action.is_open or (action.closed and action.closed >= started):
                yield Repeat(record, earlier, action, factor.factor, after_fix=False)
