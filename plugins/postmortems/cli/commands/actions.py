"""`postmortems actions`: lists actions, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

import click

from postmortems.analysis.actions.open_actions import (
    PRIORITIES,
    actions_of,
    priority_level,
    priority_order,
    waiting,
)
from postmortems.cli.corpus_option import read_for
from postmortems.cli.options import audience_option, json_option, root_option
from postmortems.cli.tables import print_rows
from postmortems.cli.validate_choice import validate_choice
from postmortems.record import OUTPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from postmortems.analysis.statistics.measures import ActionOf


STATES = ("open", "overdue", "closed", "all")


@click.command(epilog="Exit status: 0 done, even if nothing matches; 2 wrong use.")
@click.option("--open", "state", flag_value="open", default="open", help="Open actions. The default.")
@click.option("--overdue", "state", flag_value="overdue", help="Open actions past their due date.")
@click.option("--closed", "state", flag_value="closed", help="Actions done, declined or superseded.")
@click.option("--all", "state", flag_value="all", help="All actions.")
@click.option(
    "--owner", "owners", multiple=True, metavar="TEAM", help="Only actions of this team or role. Repeatable."
)
@click.option(
    "--due-before",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only actions due before this day, such as 2026-07-01.",
)
@click.option(
    "--priority",
    "priorities",
    multiple=True,
    metavar="LEVEL",
    help="Only this priority: high, medium, low or none. Repeatable.",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="OUTPUT",
    help="Only actions that change this, such as runbook. Repeatable.",
)
@audience_option
@json_option
@root_option
def actions(  # noqa: PLR0913 - one parameter an option
    *,
    state: str,
    owners: tuple[str, ...],
    due_before: datetime | None,
    priorities: tuple[str, ...],
    outputs: tuple[str, ...],
    audience: str | None,
    root: Path | None,
    as_json: bool,
) -> None:
    """List actions of first-hand post-mortems, most urgent first.

    Overdue actions come first, then by priority, then by due date. Closed actions come last, newest first.
    """
    day = due_before.replace(tzinfo=UTC).date() if due_before else None
    list_actions(Wanted(state, owners, day, priorities, outputs), root=root, audience=audience, as_json=as_json)


_COLUMNS = {
    "state": "State",
    "owner": "Owner",
    "due": "Due",
    "days_late": "Days late",
    "priority": "Priority",
    "title": "Action",
    "incident": "Incident",
}
_NO_PRIORITY = "none"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which actions to list: a state (open, overdue, closed, all), and what narrows that down if not empty."""

    state: str = "open"
    owners: tuple[str, ...] = ()
    due_before: date | None = None
    priorities: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()

    def includes(self, of: ActionOf, today: date) -> bool:
        """Whether to list an action."""
        action = of.action
        late = bool(action.is_open and action.due and action.due < today)
        return (
            {"open": action.is_open, "overdue": late, "closed": not action.is_open}.get(self.state, True)
            and (not self.owners or action.owner in self.owners)
            and (self.due_before is None or bool(action.due and action.due < self.due_before))
            and (not self.priorities or (priority_level(action.priority) or _NO_PRIORITY) in self.priorities)
            and (not self.outputs or action.output in self.outputs)
        )


def list_actions(wanted: Wanted, *, root: Path | None, audience: str | None, as_json: bool) -> None:
    """Print the selected actions.

    Raises click.BadParameter for an owner that neither the registry nor any action names, and for other words that
    there are not.
    """
    reading = read_for(root, audience)
    actions = actions_of(reading.records, reading.policy)
    owners = {*reading.policy.teams, *(of.action.owner for of in actions if of.action.owner)}
    validate_choice("--owner", wanted.owners, sorted(owners), "team or role")
    validate_choice("--priority", wanted.priorities, [*filter(None, PRIORITIES), _NO_PRIORITY], "priority")
    validate_choice("--output", wanted.outputs, list(OUTPUTS), "output")
    today = reading.as_of.date()
    chosen = [of for of in _in_order(actions, today) if wanted.includes(of, today)]
    if not chosen:
        click.echo(_none(actions, wanted), err=True)
    if chosen or as_json:
        print_rows([row_of(of, today) for of in chosen], _COLUMNS, as_json=as_json)


def row_of(of: ActionOf, today: date) -> dict[str, object]:
    """What is told of an action; the keys are those of the JSON. Days are whole, dates as in records."""
    action, until = of.action, of.action.closed or today
    overdue = bool(action.is_open and action.due and action.due < today)
    days_late = max((until - action.due).days, 0) if action.due and (action.is_open or action.is_done) else 0
    return {
        "incident": of.record.id,
        "incident_title": of.record.title,
        "id": action.id,
        "title": action.title,
        "state": "overdue" if overdue else action.status,
        "status": action.status,
        "owner": action.owner,
        "opened": _day(action.opened),
        "due": _day(action.due) or action.due_text or None,
        "first_due": _day(action.first_due),
        "closed": _day(action.closed),
        "days_late": days_late or None,
        "days_open": (today - action.opened).days if action.is_open and action.opened else None,
        "priority": priority_level(action.priority) or None,
        "priority_order": priority_order(action.priority),
        "output": action.output or None,
        "kind": action.kind or None,
        "strength": action.strength or None,
        "artefact": action.artefact or None,
    }


def _in_order(actions: Sequence[ActionOf], today: date) -> Iterable[ActionOf]:
    yield from (row.of for row in waiting(actions, today))
    closed = [of for of in actions if not of.action.is_open]
    closed.sort(key=lambda of: (of.record.id, of.action.id))
    yield from sorted(closed, key=lambda of: str(of.action.closed or ""), reverse=True)


def _none(actions: Sequence[ActionOf], wanted: Wanted) -> str:
    if not actions:
        return "No first-hand post-mortem has actions. Actions of retold incidents are not listed."
    narrowed = wanted.owners or wanted.due_before or wanted.priorities or wanted.outputs
    matches = "matches" if narrowed or wanted.state == "all" else f"is {wanted.state}"
    return f"None of {len(actions)} actions {matches}."


def _day(day: date | None) -> str | None:
    return str(day) if day else None
