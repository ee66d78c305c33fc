"""What incidents changed, or should change, in the means of response: by kind, and by the thing itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.measures import ActionOf
from postmortems.analysis.statistics.scope import counted, own

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from postmortems.conventions import Policy
    from postmortems.record import Action, Postmortem

OUTPUTS = (
    *("irp", "runbook", "escalation-path", "contact-list", "comms-template", "report-format"),
    *("alert", "dashboard", "access-rule", "break-glass", "training", "exercise"),
)
"""The kinds of output that people respond with; patches, backups and staffing are none of them."""

STATES = ("overdue", "planned", "changed", "declined", "superseded", "not-stated")
_BY_STATUS = {
    "open": "planned",
    "in-progress": "planned",
    "done": "changed",
    "verified": "changed",
}


@dataclass(frozen=True, slots=True)
class RecommendedChange:
    """An action that changes a means of response, and where it stands, as a word of STATES."""

    of: ActionOf
    state: str

    @property
    def record(self) -> Postmortem:
        """The incident that it came of."""
        return self.of.record

    @property
    def action(self) -> Action:
        """The action itself."""
        return self.of.action


@dataclass(frozen=True, slots=True)
class Artefact:
    """A thing that incidents changed, under the name that was written first; empty for those without one."""

    name: str
    changes: tuple[RecommendedChange, ...]

    @property
    def incidents(self) -> int:
        """Of how many incidents it was changed, or is to be."""
        return len({change.record.id for change in self.changes})


@dataclass(frozen=True, slots=True)
class LearningKind:
    """A kind of output and its artefacts, those of most incidents first and what has no name last."""

    output: str
    artefacts: tuple[Artefact, ...]
    by_state: Mapping[str, tuple[ActionOf, ...]]

    @property
    def changes(self) -> tuple[ActionOf, ...]:
        """All changes of the kind."""
        return tuple(change.of for artefact in self.artefacts for change in artefact.changes)


@dataclass(frozen=True, slots=True)
class Readiness:
    """One's own changes by kind, those of other organisations by their name, and exercises that were held."""

    kinds: tuple[LearningKind, ...]
    by_state: Mapping[str, tuple[ActionOf, ...]]
    others: tuple[tuple[str, tuple[RecommendedChange, ...]], ...]
    exercises: tuple[Postmortem, ...]

    @property
    def changes(self) -> tuple[ActionOf, ...]:
        """All of one's own changes."""
        return tuple(change for kind in self.kinds for change in kind.changes)


def readiness(records: Iterable[Postmortem], policy: Policy, as_of: datetime) -> Readiness:
    """Look through the actions of all records; only one's own count as overdue."""
    everything = counted(records)
    ours = own(everything, policy)
    our_ids = {record.id for record in ours}
    changes = [change for record in ours for change in _changes(record, as_of.date())]
    others: dict[str, list[RecommendedChange]] = defaultdict(list)
    for record in everything:
        if record.id not in our_ids:
            others[record.organisation] += _changes(record, None)
    return Readiness(
        kinds=tuple(
            _kind(output, changes_of_output)
            for output, changes_of_output in _by_output(changes).items()
            if changes_of_output
        ),
        by_state=_by_state(changes),
        others=tuple(
            (
                organisation,
                tuple(sorted(changes_of_output, key=lambda change: OUTPUTS.index(change.action.output))),
            )
            for organisation, changes_of_output in sorted(others.items(), key=lambda item: item[0].casefold())
            if changes_of_output
        ),
        exercises=tuple(record for record in ours if record.incident_class == "exercise"),
    )


def _changes(record: Postmortem, today: date | None) -> list[RecommendedChange]:
    return [
        RecommendedChange(ActionOf(record, action), _state(action, today))
        for action in record.actions
        if action.output in OUTPUTS
    ]


def _state(action: Action, today: date | None) -> str:
    """Where a change stands; without a day, nothing is overdue."""
    if today and action.is_open and action.due and action.due < today:
        return "overdue"
    return _BY_STATUS.get(action.status, action.status)


def _by_output(changes: Iterable[RecommendedChange]) -> dict[str, list[RecommendedChange]]:
    by_output: dict[str, list[RecommendedChange]] = {output: [] for output in OUTPUTS}
    for change in changes:
        by_output[change.action.output].append(change)
    return by_output


def _by_state(changes: Iterable[RecommendedChange]) -> dict[str, tuple[ActionOf, ...]]:
    by_state: dict[str, list[ActionOf]] = {state: [] for state in STATES}
    for change in changes:
        by_state[change.state].append(change.of)
    return {state: tuple(actions) for state, actions in by_state.items()}


def _kind(output: str, changes: list[RecommendedChange]) -> LearningKind:
    """The changes of one kind by their artefact; names that differ in case and spaces only are one."""
    names: dict[str, str] = {}
    by_name: dict[str, list[RecommendedChange]] = defaultdict(list)
    for change in changes:
        key = " ".join(change.action.artefact.casefold().split())
        names[key] = change.action.artefact  # the oldest record comes last, and its name stays
        by_name[key].append(change)
    artefacts = (Artefact(names[key], tuple(of_one)) for key, of_one in by_name.items())
    order = sorted(artefacts, key=lambda one: (not one.name, -one.incidents, one.name.casefold()))
    return LearningKind(output, tuple(order), _by_state(changes))
