"""A rules: each action has an owner, a due date and a test, and some change the system."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postmortems.findings import Severity, joined
from postmortems.rules.engine.places import status_of
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Applies, Problem, RuleContext
from postmortems.rules.language.languages import KNOWN_LANGUAGES, language_of
from postmortems.source import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.record import Action, Postmortem

_FIRST_HAND = Applies(provenance=frozenset({"first-hand"}))
_GIVEN_UP = frozenset({"declined", "superseded"})
_MOST = 10


@rule(
    code="A01",
    name="owned-and-dated",
    severity=Severity.ERROR,
    family="actions",
    summary="An action lacks an owner from the policy, a due date or `done_when`",
    why="""An action that belongs to everyone belongs to no one. Without a date it is never late, and without
    `done_when` people disagree on what done means.""",
    remedy="""Add `owner` (a team or role under `teams` in `schemas/policy.yaml`, never a person), `due` (a date)
    and `done_when` (what will be true then). Declined and superseded actions need none of these. In a draft this
    is a warning. If the policy lists no teams, X03 covers owners instead.""",
    bad="""
        actions:
          - id: A1
            title: Alert three weeks before a certificate expires
            owner: platfrom
            due: soon
    """,
    good="""
        actions:
          - id: A1
            title: Alert three weeks before a certificate expires
            owner: platform
            due: 2026-07-31
            done_when: every certificate of the gateway has an alert
    """,
    applies=_FIRST_HAND,
)
def owned_and_dated(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """Every action that is not given up has an owner, a day and a test."""
    teams = context.conventions.policy.teams
    severity = _softened(record)
    for i, action in enumerate(record.actions):
        if action.status in _GIVEN_UP:
            continue
        lacks = [name for name in ("owner", "due", "done_when") if not _given(action, name)]
        if lacks:
            yield Problem(
                ("actions", i, "id"),
                f"action {action.id} has {_none_of(lacks)}",
                "add the owning team or role, the due date, and what will be true when it is done",
                severity,
                needs=("actions.status", *(f"actions.{name}" for name in lacks)),
            )
        if action.owner and teams and action.owner not in teams:
            near = did_you_mean(action.owner, teams)
            add = "add it under `teams` in schemas/policy.yaml; an owner is a team or role, never a person"
            yield Problem(
                ("actions", i, "owner"),
                f"the owner `{action.owner}` is not a team or role in the policy",
                f"{near} otherwise {add}" if near else add,
                severity,
                needs=("actions.status",),
            )
        if action.due_text and not action.due:
            yield Problem(
                ("actions", i, "due"),
                f"`due` is “{action.due_text}”, not a date",
                "write a date, such as 2026-07-31, so that it can become overdue",
                severity,
                needs=("actions.status",),
            )


def _given(action: Action, name: str) -> bool:
    return bool({"owner": action.owner, "due": action.due_text, "done_when": action.done_when}[name])


@rule(
    code="A02",
    name="verb-first",
    severity=Severity.WARNING,
    family="actions",
    summary=(
        "An action's title doesn't start with a verb, or starts with a vague one: investigate, "
        "consider, improve, ensure, remind, be more careful"
    ),
    why="""“Monitoring” is a topic. “Improve monitoring” can be done every week and is never finished. Asking
    people to be more careful doesn't work.""",
    remedy="""Start with a verb and its object: “alert on”, “add”, “move”, “rehearse”, “remove”. Turn an
    investigation into its question: “measure how long a restore takes”. Otherwise list A02 under `accepted` with
    the reason.""",
    bad="""
        actions:
          - id: A1
            title: Improve monitoring of certificates
            owner: platform
            due: 2026-07-31
            done_when: monitoring is better
    """,
    good="""
        actions:
          - id: A1
            title: Alert three weeks before a certificate expires
            owner: platform
            due: 2026-07-31
            done_when: every certificate of the gateway has an alert
    """,
    applies=replace(_FIRST_HAND, languages=KNOWN_LANGUAGES),
)
def verb_first(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """Titles say what to do; only what is surely no verb is found."""
    language = language_of(context.conventions.policy)
    for i, action in enumerate(record.actions):
        title = " ".join(action.title.lower().split())
        if action.status in _GIVEN_UP or not title:
            continue
        vague = language.vague_words(title)
        if vague:
            yield Problem(
                ("actions", i, "title"),
                f"“{vague}” is vague: nobody can tell when it is done",
                "say what to do and to what, or which question to answer",
                needs=("actions.status",),
            )
        elif language.starts_without_verb(title):
            yield Problem(
                ("actions", i, "title"),
                "the title does not start with a verb",
                "start with what to do: “alert on”, “add”, “move”, “remove”, “rehearse”",
                needs=("actions.status",),
            )


@rule(
    code="A03",
    name="consistent-action",
    severity=Severity.ERROR,
    family="actions",
    summary=(
        "An action is due before it was opened, or its status lacks proof: `closed` and `evidence`,"
        " `result` or `reason`"
    ),
    why="""Until someone can check it, “done” is only a claim, but the follow-through figures count it as fact. A
    declined action is a decision, and a decision needs a reason.""",
    remedy="""For `done` and `verified`, add `closed` (the date) and `evidence` (a link or the id of a piece of
    evidence); for `verified`, also `result`; for `declined`, a `reason`. `opened` defaults to the record's date.
    In a draft this is a warning.""",
    bad="""
        actions:
          - id: A1
            title: Alert three weeks before a certificate expires
            owner: platform
            due: 2026-04-30
            done_when: every certificate of the gateway has an alert
            status: done
    """,
    good="""
        actions:
          - id: A1
            title: Alert three weeks before a certificate expires
            owner: platform
            due: 2026-04-30
            done_when: every certificate of the gateway has an alert
            status: done
            closed: 2026-04-20
            evidence:
              - https://tickets.example.org/4711
    """,
    applies=_FIRST_HAND,
)
def consistent_action(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """The days of an action follow each other, and its status rests on something."""
    severity = _softened(record)
    for i, action in enumerate(record.actions):
        if action.due and action.opened and action.due < action.opened:
            yield Problem(
                ("actions", i, "due"),
                f"action {action.id} is due on {action.due}, before it was opened ({action.opened})",
                "check both dates; `opened` defaults to the record's date",
                severity,
                needs=("actions.opened",),
            )
        lacks = []
        if action.is_done:
            lacks = [
                name for name, value in (("closed", action.closed), ("evidence", action.evidence)) if not value
            ]
        if action.status == "verified" and not action.result:
            lacks.append("result")
        if action.status == "declined" and not action.reason:
            lacks.append("reason")
        if lacks:
            yield Problem(
                ("actions", i, "status"),
                f"action {action.id} is {action.status}, but has {_none_of(lacks)}",
                "add the proof: `closed` (date), `evidence` (link or id), `result` (whether it helped)"
                if action.is_done
                else "add `reason`: why it won't be done",
                severity,
                needs=tuple(f"actions.{name}" for name in lacks),
            )


@rule(
    code="A04",
    name="some-strong-action",
    severity=Severity.WARNING,
    family="actions",
    summary="Every action is weak: it relies on people to know and remember",
    why="""Documents, training and checklists help only people who think of them at the right moment. An alert, a
    limit or a pipeline check works either way.""",
    remedy="""Add an action that changes the system itself, or set `strength: intermediate` if an output is
    stronger than usual. Weak by default: training, irp, runbook, comms-template, contact-list and report-format.
    Otherwise list A04 under `accepted` with the reason.""",
    bad="""
        actions:
          - id: A1
            title: Train everyone on call in renewing certificates
            owner: platform
            due: 2026-07-31
            done_when: everyone on call has renewed one
            output: training
    """,
    good="""
        actions:
          - id: A1
            title: Train everyone on call in renewing certificates
            owner: platform
            due: 2026-07-31
            done_when: everyone on call has renewed one
            output: training
          - id: A2
            title: Alert three weeks before a certificate expires
            owner: platform
            due: 2026-07-31
            done_when: every certificate of the gateway has an alert
            output: alert
    """,
    applies=_FIRST_HAND,
)
def some_strong_action(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Not every action that is to be carried out is a weaker one."""
    strengths = [action.strength for action in record.actions if action.status not in _GIVEN_UP]
    if strengths and set(strengths) == {"weaker"}:
        yield Problem(
            ("actions",),
            "every action is weak: it relies on people to know and remember",
            "add one that changes the system: an alert, a limit, a check, a safer default",
            of_key=True,
            needs=("actions.status", "actions.output", "actions.strength"),
        )


@rule(
    code="A05",
    name="few-actions",
    severity=Severity.WARNING,
    family="actions",
    summary=f"There are more than {_MOST} actions",
    why="""In a long list, the easy actions get done and the rest wait until nobody remembers why they were there.
    A review should decide what matters most.""",
    remedy="""Keep the actions with the most effect for their effort. Decline the others, each with a reason, or
    list A05 under `accepted` with the reason.""",
    bad="\n".join(
        [
            "actions:",
            *(
                f"  - id: A{n}\n    title: Alert three weeks before certificate {n} expires\n    owner: platform\n"
                f"    due: 2026-07-31\n    done_when: certificate {n} has an alert"
                for n in range(1, _MOST + 2)
            ),
        ]
    ),
    good="""
        actions:
          - id: A1
            title: Alert three weeks before any certificate expires
            owner: platform
            due: 2026-07-31
            done_when: every certificate of the gateway has an alert
    """,
    applies=_FIRST_HAND,
)
def few_actions(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Not more actions than can be followed."""
    number = sum(action.status not in _GIVEN_UP for action in record.actions)
    if number > _MOST:
        yield Problem(
            ("actions",),
            f"there are {number} actions; more than {_MOST} are rarely carried out",
            "keep the most effective ones, and decline the others with a reason",
            of_key=True,
            needs=("actions.status",),
        )


def _softened(record: Postmortem) -> Severity | None:
    """A draft is still being written: what is an error elsewhere is a warning there."""
    return Severity.WARNING if status_of(record) == "draft" else None


def _none_of(names: list[str]) -> str:
    """Such as “no `due` and no `done_when`”."""
    return joined([f"no `{name}`" for name in names])
