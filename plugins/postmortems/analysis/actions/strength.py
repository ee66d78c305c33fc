"""What actions change: how strongly they act, which kind of thing they touch, and whether they were effective."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.estimates import share_of
from postmortems.record import KINDS, OUTPUTS, STRENGTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from postmortems.analysis.statistics.measures import ActionOf, Basis, Share


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Actions that change the same kind of thing: `share` of all that were not given up, and where they stand.

    `kind` is that of an output's group; empty where the group is no output.
    """

    group: str
    share: Share
    done: Basis
    open: Basis
    overdue: Basis
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Effective:
    """Of the actions that are closed, those that their owner found effective; and how the others were judged."""

    share: Share
    partly: Basis
    ineffective: Basis
    not_judged: Basis


def by_strength(actions: Iterable[ActionOf], today: date) -> tuple[ChangeGroup, ...]:
    """Groups by strength, strongest first; those that state neither strength nor output stand last."""
    return _groups(actions, today, lambda of: of.action.strength, [*STRENGTHS, ""])


def by_kind(actions: Iterable[ActionOf], today: date) -> tuple[ChangeGroup, ...]:
    """Groups by the kind of their output; what changes something else or does not say what stands last."""
    return _groups(actions, today, lambda of: of.action.kind, [*KINDS, ""])


def by_output(actions: Iterable[ActionOf], today: date) -> tuple[ChangeGroup, ...]:
    """Groups by output, in the order of their kinds."""
    return _groups(actions, today, lambda of: of.action.output, [*OUTPUTS, ""])


def effective(actions: Iterable[ActionOf]) -> Effective:
    """How the owners judged the actions that were carried out."""
    closed = tuple(of for of in actions if of.action.is_done)

    def judged(verdict: str) -> Basis:
        return tuple(of for of in closed if (of.action.result.verdict if of.action.result else "") == verdict)

    return Effective(share_of(judged("effective"), closed), judged("partly"), judged("ineffective"), judged(""))


def _groups(
    actions: Iterable[ActionOf], today: date, group_of: Callable[[ActionOf], str], order: Sequence[str]
) -> tuple[ChangeGroup, ...]:
    kept = tuple(of for of in actions if not of.action.is_given_up)
    by_group = ((group, tuple(of for of in kept if group_of(of) == group)) for group in order)
    return tuple(
        ChangeGroup(
            group,
            share_of(members, kept),
            tuple(of for of in members if of.action.is_done),
            tuple(of for of in members if of.action.is_open),
            tuple(of for of in members if of.action.is_open and of.action.due and of.action.due < today),
            OUTPUTS[group].kind if group in OUTPUTS else "",
        )
        for group, members in by_group
        if members
    )
