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
    summary="An action has no owner of the registry, no due date or no `done_when`",
    why="""An action that is everybody's is nobody's; one without a day is never late; and without `done_when`
    its owner and its readers mean different things by done.""",
    remedy="""Give `owner`, a team or role under `teams` in `schemas/policy.yaml`, never a person; `due`, a date;
    and `done_when`, what will be true then. Declined and superseded actions need none of these. In a draft
    this is a warning; while the policy lists no teams, X03 asks for them instead.""",
    bad="""
        actions:
          - id: A1
            title: Alarm three weeks before a certificate ends
            owner: platfrom
            due: soon
    """,
    good="""
        actions:
          - id: A1
            title: Alarm three weeks before a certificate ends
            owner: platform
            due: 2026-07-31
            done_when: every certificate of the gateway has an alarm
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
                f"the action {action.id} has {_none_of(lacks)}",
                "add the team or role that owns it, the day by which it is due, and what will be true then",
                severity,
                needs=("actions.status", *(f"actions.{name}" for name in lacks)),
            )
        if action.owner and teams and action.owner not in teams:
            near = did_you_mean(action.owner, teams)
            add = "add it under `teams` in schemas/policy.yaml; an owner is a team or role, never a person"
            yield Problem(
                ("actions", i, "owner"),
                f"the owner `{action.owner}` is not in the registry",
                f"{near} otherwise {add}" if near else add,
                severity,
                needs=("actions.status",),
            )
        if action.due_text and not action.due:
            yield Problem(
                ("actions", i, "due"),
                f"`due` is “{action.due_text}”, and not a date",
                "write the day, such as 2026-07-31: only then can it be late",
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
    summary="The title of an action does not start with a verb, or with a vague one: investigate, consider, "
    "improve, ensure, remind, be more careful",
    why="""“Monitoring” is a topic. “Improve monitoring” can be done every week and is never done. Asking people to
    be more careful has been tried.""",
    remedy="""Start with what is to be done to what: “alarm on”, “add”, “move”, “rehearse”, “remove”. What an
    investigation is to answer makes a title: “measure how long a restore takes”. Or list A02 under `accepted`
    with the reason.""",
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
            title: Alarm three weeks before a certificate ends
            owner: platform
            due: 2026-07-31
            done_when: every certificate of the gateway has an alarm
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
                "say what is to be done to what, or which question is to be answered",
                needs=("actions.status",),
            )
        elif language.starts_without_verb(title):
            yield Problem(
                ("actions", i, "title"),
                "the title does not start with a verb",
                "say what is to be done: “alarm on”, “add”, “move”, “remove”, “rehearse”",
                needs=("actions.status",),
            )


@rule(
    code="A03",
    name="consistent-action",
    severity=Severity.ERROR,
    family="actions",
    summary="An action is due before it was opened, or its status lacks what shows it: `closed` and `evidence`, "
    "`result`, `reason`",
    why="""Done is a claim until somebody can look at it, and the figures on follow-through count claims as
    facts. A declined action is a decision, and a decision has a reason.""",
    remedy="""For `done` and `verified` add `closed`, the day, and `evidence`, an address or the id of a piece of
    evidence; for `verified` also `result`; for `declined` a `reason`. `opened` is the record's date where it is
    not given. In a draft this is a warning.""",
    bad="""
        actions:
          - id: A1
            title: Alarm three weeks before a certificate ends
            owner: platform
            due: 2026-04-30
            done_when: every certificate of the gateway has an alarm
            status: done
    """,
    good="""
        actions:
          - id: A1
            title: Alarm three weeks before a certificate ends
            owner: platform
            due: 2026-04-30
            done_when: every certificate of the gateway has an alarm
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
                f"the action {action.id} is due on {action.due}, before it was opened ({action.opened})",
                "look at both days; `opened` is the record's date where it is not given",
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
                f"the action {action.id} is {action.status}, and has {_none_of(lacks)}",
                "add what shows it: `closed`, the day; `evidence`, an address or id; `result`, whether it helped"
                if action.is_done
                else "add `reason`: why it is not to be done",
                severity,
                needs=tuple(f"actions.{name}" for name in lacks),
            )


@rule(
    code="A04",
    name="some-strong-action",
    severity=Severity.WARNING,
    family="actions",
    summary="All actions are weaker ones, which ask people to know and remember",
    why="""A document, a training or a checklist helps those who think of it at the right moment. An alarm, a
    limit or a check in the pipeline acts whether somebody thinks of it or not.""",
    remedy="""Add an action that changes the system itself, or say `strength: intermediate` where an output is
    stronger than usual. What is weaker by default: training, irp, runbook, comms-template, contact-list and
    report-format. Or list A04 under `accepted` with the reason.""",
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
            title: Alarm three weeks before a certificate ends
            owner: platform
            due: 2026-07-31
            done_when: every certificate of the gateway has an alarm
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
            "every action is a weaker one: it asks people to know and remember",
            "add one that changes the system: an alarm, a limit, a check, a safer default",
            of_key=True,
            needs=("actions.status", "actions.output", "actions.strength"),
        )


@rule(
    code="A05",
    name="few-actions",
    severity=Severity.WARNING,
    family="actions",
    summary=f"There are more than {_MOST} actions",
    why="""Of a long list the easy ones are done, and the others wait until nobody remembers what they were for.
    A review decides what matters most.""",
    remedy="""Keep those that change most for their effort; decline the others, each with its reason, or list A05
    under `accepted` with the reason.""",
    bad="\n".join(
        [
            "actions:",
            *(
                f"  - id: A{n}\n    title: Alarm three weeks before certificate {n} ends\n    owner: platform\n"
                f"    due: 2026-07-31\n    done_when: certificate {n} has an alarm"
                for n in range(1, _MOST + 2)
            ),
        ]
    ),
    good="""
        actions:
          - id: A1
            title: Alarm three weeks before any certificate ends
            owner: platform
            due: 2026-07-31
            done_when: every certificate of the gateway has an alarm
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
            "keep those that change most, and decline the others with a reason",
            of_key=True,
            needs=("actions.status",),
        )


def _softened(record: Postmortem) -> Severity | None:
    """A draft is still being written: what is an error elsewhere is a warning there."""
    return Severity.WARNING if status_of(record) == "draft" else None


def _none_of(names: list[str]) -> str:
    """Such as “no `due` and no `done_when`”."""
    return joined([f"no `{name}`" for name in names])
