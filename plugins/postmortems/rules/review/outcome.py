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
    summary="Possible box-ticking: only bare yes answers, nothing to improve, or nothing that worked",
    why="""A severe incident in which everything went well would not have been severe, and one in which nothing
    worked would still be going on. Such a review was filled in, not held.""",
    remedy="""Add a note to the answers that says what each is based on. Add a lesson of kind `improve`, and one of
    kind `worked` for what to keep. Otherwise list R05 under `accepted` with the reason.""",
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
            "every answer is yes, and none has a note",
            "add a `note` that says what an answer is based on; if something could have been better, "
            "answer partly",
            of_key=True,
            needs=("questions",),
        )
    if record.lessons:
        kinds = {lesson.kind for lesson in record.lessons}
        missing = [kind for kind in ("improve", "worked") if kind not in kinds]
        if missing:
            yield Problem(
                ("lessons",),
                f"no lesson is of kind {' or '.join(missing)}",
                "add one: `improve` for what to change, `worked` for what to keep",
                of_key=True,
                needs=("lessons.kind",),
            )


@rule(
    code="R06",
    name="answered-question",
    severity=Severity.WARNING,
    family="review",
    summary="A question is answered partly or no, but no action addresses it",
    why="""The seven questions exist to find what to change. A “no” that changes nothing will come up again after
    the next incident.""",
    remedy="""Name the question, such as `runbook-adequate`, under `addresses` of the action that answers it. If
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
                f"`{name}` is answered {answer.verdict}, but no action addresses it",
                f"add `{name}` under `addresses` of the action that answers it",
                needs=("actions.addresses", "no_actions_reason"),
            )


@rule(
    code="R07",
    name="told-and-followed",
    severity=Severity.WARNING,
    family="review",
    summary="Leadership was not briefed, or no follow-up is scheduled",
    why="""Decision makers can only weigh what they know about, and actions without a follow-up date are
    forgotten.""",
    remedy="""Under `review`, add `briefed_on` (a date) and `follow_ups` (a list of dates). Otherwise list R07
    under `accepted` with the reason.""",
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
        "follow_ups": "" if review.follow_ups or not record.actions else "no follow-up is scheduled",
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
