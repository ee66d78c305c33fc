"""F rules on how causes are told: more than one and more than technical, each with its effect."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.record import NO_FACTORS
from postmortems.rules.engine.places import first_written
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Applies, Problem, RuleContext
from postmortems.rules.language.languages import KNOWN_LANGUAGES, language_of
from postmortems.rules.text.prose import Passage, place_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.record import Postmortem
    from postmortems.source import Pointer, Span

_ARROW = "->"
_OTHER_ARROWS = ("→", "=>", "⇒")
# Imported records keep the factors that they have.
_ANALYSED = frozenset({"first-hand", "public-report"})
_FIRST_HAND = Applies(provenance=frozenset({"first-hand"}))
_FULL_REVIEW = Applies(provenance=_ANALYSED, review="full")


@rule(
    code="F02",
    name="not-only-technical",
    severity=Severity.WARNING,
    family="factors",
    summary="All factors of a full review are technical",
    why="""Software fails inside an organisation that writes, changes, monitors and repairs it. If only the
    technical side is examined, the same conditions cause the next incident in another component.""",
    remedy="""Ask what let the change reach users, what kept it from being noticed, and what delayed recovery. The
    categories change, detection, response, communication, org and external cover these. If there is no such
    factor, list F02 under `accepted` with the reason.""",
    bad="""
        factors:
          - "infrastructure.expiry: the renewal job had stopped -> the certificate ran out"
          - "architecture.single-point: one gateway carried all cards -> no payment could go round it"
    """,
    good="""
        factors:
          - "infrastructure.expiry: the renewal job had stopped -> the certificate ran out"
          - "detection.coverage: nothing watched the date of expiry -> customers noticed first"
    """,
    applies=_FULL_REVIEW,
)
def not_only_technical(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """At least one factor is of another dimension; of a single factor, F03 asks for more first."""
    vocabulary = context.conventions.vocabulary
    if len(record.factors) > 1 and all(vocabulary.dimension_of(f.factor) == "technical" for f in record.factors):
        yield Problem(
            ("factors",),
            "the factors are all technical",
            "consider communication and process: what let the change through, what kept it "
            "unnoticed, what delayed recovery?",
            of_key=True,
            needs=("factors.factor",),
        )


@rule(
    code="F03",
    name="several-factors",
    severity=Severity.WARNING,
    family="factors",
    summary="A full review names only one factor",
    why="""A severe incident got past everything meant to prevent, detect and stop it. Each of these is a factor,
    and each is a place to stop the next one.""",
    remedy="""Ask what started it (`initiating`), what made it spread (`contributing`) and what made it last
    (`prolonging`). If there was only one factor, list F03 under `accepted` with the reason.""",
    bad="""
        factors:
          - "infrastructure.expiry: the renewal job had stopped -> the certificate ran out"
    """,
    good="""
        factors:
          - "infrastructure.expiry: the renewal job had stopped -> the certificate ran out"
          - "detection.coverage: nothing watched the date of expiry -> customers noticed first"
    """,
    applies=_FULL_REVIEW,
)
def several_factors(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """A full review has more than one factor."""
    if len(record.factors) == 1 and record.factors[0].factor not in NO_FACTORS:
        yield Problem(
            ("factors",),
            "there is one factor only",
            "what started it, what made it spread, and what made it last?",
            of_key=True,
            needs=("factors.factor",),
        )


@rule(
    code="F04",
    name="cause-and-effect",
    severity=Severity.WARNING,
    family="factors",
    summary="A factor's statement is missing, or not of the form cause -> effect",
    why="""“Runbook” says where, not what. With a cause and an effect, readers can see how it happened and whether
    an action would have changed it.""",
    remedy="""Write `statement: what was there -> what followed from it`. In imported records, only existing
    statements are checked. If the form doesn't fit, list F04 under `accepted` with the reason.""",
    bad="""
        factors:
          - "response.runbook: the runbook for a failback"
    """,
    good="""
        factors:
          - "response.runbook: the runbook had no step for going back -> the way back took an hour"
    """,
)
def cause_and_effect(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Each statement has a cause and an effect."""
    for i, factor in enumerate(record.factors):
        if factor.factor in NO_FACTORS:
            continue
        if not factor.statement:
            if record.provenance in _ANALYSED:
                yield Problem(
                    _statement_place(record, i),
                    f"the factor `{factor.factor}` has no statement",
                    "add `statement: cause -> effect`",
                    needs=("factors.statement", "provenance"),
                )
        elif not _clauses(factor.statement):
            yield Problem(
                _statement_place(record, i),
                "the statement has no cause and effect",
                "write `cause -> effect`: what was there, and what followed from it",
            )


@rule(
    code="F05",
    name="beneath-the-person",
    severity=Severity.ERROR,
    family="factors",
    summary="A statement starts with what a person did and gives no cause for it",
    why="""What people do makes sense to them at the time. A statement with nothing behind the act explains
    nothing, and the resulting action is to ask people to be more careful.""",
    remedy="""Put the cause first: “the two hosts differed in one digit, and the prompt showed neither -> the
    engineer removed the wrong directory” instead of “the engineer removed the wrong directory -> data were lost”.
    What was done to people, or what they lacked, is a cause: “the on-call engineer was not paged -> …”.""",
    bad="""
        factors:
          - "response.runbook: the engineer removed the wrong directory -> data were lost"
    """,
    good="""
        factors:
          - "org.human-interface: both prompts looked the same -> the engineer removed the wrong directory"
    """,
    applies=replace(_FIRST_HAND, languages=KNOWN_LANGUAGES),
)
def beneath_the_person(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """The first cause of each statement is not just somebody's act."""
    language = language_of(context.conventions.policy)
    for i, factor in enumerate(record.factors):
        first = (_clauses(factor.statement) or [factor.statement])[0]
        if language.stops_at_a_person(first):
            yield Problem(
                _statement_place(record, i),
                "the statement stops at what a person did",
                "put the cause first: what made it look right at the time, or what let it through -> "
                "what the person did",
            )


@rule(
    code="F06",
    name="answered-factor",
    severity=Severity.WARNING,
    family="factors",
    summary="No action addresses an initiating factor",
    why="""Whatever started the incident is still there and can start another. An action elsewhere may be the
    better choice, but readers will want to know why.""",
    remedy="""Name the factor, or a lesson about it, under `addresses` of the action that answers it. If nothing is
    to be done about it, say why in `no_actions_reason`, or list F06 under `accepted` with the reason.""",
    bad="""
        factors:
          - id: F1
            factor: infrastructure.expiry
            role: initiating
            statement: the renewal job had no alert -> the certificate expired unnoticed
        actions:
          - id: A1
            title: Watch the gateway from outside
            owner: platform
            due: 2026-07-31
            done_when: an alarm rings within two minutes
    """,
    good="""
        factors:
          - id: F1
            factor: infrastructure.expiry
            role: initiating
            statement: the renewal job had no alert -> the certificate expired unnoticed
        actions:
          - id: A1
            title: Alert three weeks before a certificate expires
            owner: platform
            due: 2026-07-31
            done_when: every certificate of the gateway has an alert
            addresses:
              - F1
    """,
    applies=_FIRST_HAND,
)
def answered_factor(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """An action, or a reason for none, answers each initiating factor; without any action, a requirement asks."""
    if not record.actions or record.no_actions_reason:
        return
    addressed = {target for action in record.actions for target in action.addresses}
    addressed |= {factor for lesson in record.lessons if lesson.id in addressed for factor in lesson.about}
    for i, factor in enumerate(record.factors):
        if factor.role == "initiating" and factor.factor not in NO_FACTORS and factor.id not in addressed:
            yield Problem(
                first_written(record, ("factors", i, "factor"), ("factors", i)),
                f"no action addresses {factor.id} (`{factor.factor}`), which started the incident",
                f"add {factor.id} under `addresses` of the action that answers it, or say in `no_actions_reason` "
                "why there is none",
                needs=("actions.addresses", "no_actions_reason", "lessons.about"),
            )


def _clauses(statement: str) -> list[str]:
    """The parts between arrows; none where there is no arrow, or nothing on one side of it."""
    for arrow in _OTHER_ARROWS:
        statement = statement.replace(arrow, _ARROW)
    parts = [part.strip() for part in statement.split(_ARROW)]
    return parts if len(parts) > 1 and all(parts) else []


def _statement_place(record: Postmortem, i: int) -> Pointer | Span:
    """Where a statement begins, or its factor where it has none."""
    place = first_written(record, ("factors", i, "statement"), ("factors", i, "factor"), ("factors", i))
    statement = record.factors[i].statement
    return place_in(record, Passage(statement, place, statement), 0, len(statement)) if statement else place
