"""R rules on the outcome of a review: considered answers, actions for them, and follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.engine.places import first_written
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import BEYOND_DRAFTS, Applies, Problem, RuleContext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.record import Postmortem

_BEYOND_DRAFTS = Applies(frozenset({"first-hand"}), BEYOND_DRAFTS, "full")
_OPEN_ANSWERS = frozenset({"partly", "no"})


@rule(
    code="R05",
    name="no-formality",
    severity=Severity.WARNING,
    family="review",
    summary="The review looks like a formality: all answers a bare yes, nothing to improve, nothing that worked",
    why="""A severe incident in which all went well would not have been one, and one in which nothing worked would
    still go on. Such a review was filled in, not held.""",
    remedy="""Add a note to the answers, saying what each rests on; add a lesson of kind `improve`, and one of kind
    `worked`: what should be kept. Or list R05 under `accepted` with the reason.""",
    bad="""
        questions:
          detected-quickly: yes
          severity-accurate: yes
          right-people-early: yes
          runbook-adequate: yes
          communication-cadence: yes
          evidence-sufficient: yes
          what-should-change:
            alerting: Nothing.
    """,
    good="""
        questions:
          detected-quickly:
            answer: yes
            note: Two minutes, and two were the aim.
          severity-accurate: yes
          right-people-early: yes
          runbook-adequate: yes
          communication-cadence: yes
          evidence-sufficient: yes
          what-should-change:
            alerting: Nothing.
    """,
    applies=_BEYOND_DRAFTS,
)
def no_formality(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """The answers and the lessons show that somebody thought about them."""
    if record.has_bare_answers:
        yield Problem(
            ("questions",),
            "no answer is other than yes, and none has a note",
            "say under `note` what an answer rests on; what could have been better is partly",
            of_key=True,
            needs=("questions",),
        )
    if record.lessons:
        kinds = {lesson.kind for lesson in record.lessons}
        missing = [kind for kind in ("improve", "worked") if kind not in kinds]
        if missing:
            yield Problem(
                ("lessons",),
                f"there is no lesson of kind {' and none of kind '.join(missing)}",
                "add one: `improve` is what to change, `worked` what to keep",
                of_key=True,
                needs=("lessons.kind",),
            )


@rule(
    code="R06",
    name="answered-question",
    severity=Severity.WARNING,
    family="review",
    summary="A question is answered with partly or no, and no action addresses it",
    why="""The seven questions are there to find what to change. An answer of no that changes nothing is asked
    again after the next incident.""",
    remedy="""Name the question under `addresses` of the action that answers it, such as `runbook-adequate`. Where
    nothing is to be done, say why in `no_actions_reason`, or list R06 under `accepted` with the reason.""",
    bad="""
        questions:
          detected-quickly: no
          severity-accurate: yes
          right-people-early: yes
          runbook-adequate: no
          communication-cadence: yes
          evidence-sufficient: yes
          what-should-change:
            alerting: Alarm on the date of expiry.
    """,
    good="""
        questions:
          detected-quickly: no
          severity-accurate: yes
          right-people-early: yes
          runbook-adequate: yes
          communication-cadence: yes
          evidence-sufficient: yes
          what-should-change:
            alerting: Alarm on the date of expiry.
    """,
    applies=_BEYOND_DRAFTS,
)
def answered_question(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Each answer that is not yes leads to an action, or to a reason for none."""
    if record.no_actions_reason:
        return
    addressed = {target for action in record.actions for target in action.addresses}
    for name, answer in record.questions.items():
        if answer.verdict in _OPEN_ANSWERS and name not in addressed:
            yield Problem(
                first_written(record, ("questions", name, "answer"), ("questions", name)),
                f"`{name}` is answered with {answer.verdict}, and no action addresses it",
                f"add `{name}` under `addresses` of the action that answers it",
                needs=("actions.addresses", "no_actions_reason"),
            )


@rule(
    code="R07",
    name="told-and-followed",
    severity=Severity.WARNING,
    family="review",
    summary="Leadership was not briefed, or there is no date for a follow-up",
    why="""Those who decide on priorities can only weigh what they know of, and actions without a date on which
    someone asks for them are forgotten.""",
    remedy="""Add `briefed_on`, the day, and `follow_ups`, a list of days, under `review`. Or list R07 under
    `accepted` with the reason.""",
    bad="""
        review:
          held: 2026-04-03
          facilitator:
            role: incident-manager
    """,
    good="""
        review:
          held: 2026-04-03
          facilitator:
            role: incident-manager
          briefed_on: 2026-04-07
          follow_ups:
            - 2026-07-03
    """,
    applies=_BEYOND_DRAFTS,
)
def told_and_followed(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """After a review, leadership knows of it, and its actions are asked for."""
    review = record.review
    if not review or not review.held:
        return
    missing = {
        "briefed_on": "" if review.briefed_on else "leadership was not briefed",
        "follow_ups": "" if review.follow_ups or not record.actions else "there is no date for a follow-up",
    }
    faults = {name: fault for name, fault in missing.items() if fault}
    if faults:
        yield Problem(
            ("review",),
            " and ".join(faults.values()),
            f"add {' and '.join(f'`{name}`' for name in faults)} under `review`",
            of_key=True,
            needs=tuple(f"review.{name}" for name in faults),
        )
