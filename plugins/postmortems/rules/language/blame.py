"""L rules: blameless wording. Quotations don't count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Applies, Problem, RuleContext
from postmortems.rules.language.languages import KNOWN_LANGUAGES, language_of
from postmortems.rules.text.prose import lowered, passages, place_in, statement_passages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from postmortems.record import Postmortem
    from postmortems.rules.text.prose import Passage
    from postmortems.runtime.patterns import Pattern
    from postmortems.source import Span

    PassagesOf = Callable[[Postmortem, Pattern, Sequence[str]], Iterator[Passage]]

_IN_KNOWN_LANGUAGES = Applies(languages=KNOWN_LANGUAGES)


@rule(
    code="L01",
    name="no-human-error",
    severity=Severity.ERROR,
    family="language",
    summary="“Human error” is given as a cause",
    why="""People make mistakes every day, mostly without consequences. The causes are what let this one through,
    what made it look right at the time, and what kept it from being noticed. A review that stops before them
    changes nothing.""",
    remedy="""Say what made the action sensible at the time: the prompt that showed no host name, the runbook with
    a missing step, the late hour. Put other people's words in quotation marks or a block quote. Denying human
    error, or guarding against it, is fine.""",
    bad="summary: The outage was caused by human error during a failover.",
    good="summary: The failover asked for a host by number, and both consoles looked the same.",
    applies=_IN_KNOWN_LANGUAGES,
)
def no_human_error(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """An error of a person is not the end of an explanation."""
    for said, place in _phrases(record, context, "L01"):
        yield Problem(
            place,
            f"“{said}” is not a cause: it stops where the explanation begins",
            "say what made the action look right at the time, and what let it through; put other "
            "people's words in quotation marks",
        )


@rule(
    code="L02",
    name="no-hindsight",
    severity=Severity.WARNING,
    family="language",
    summary="A person should have, could have, failed to or forgot to do something",
    why="""Such sentences judge people by what is known now. They describe events that didn't happen and hide why
    the actual ones made sense: what people saw, knew and had time for.""",
    remedy="""Say what they did and saw: “the alert named no service, and the engineer closed it” instead of “the
    engineer failed to react”. What should change is a lesson or an action. Sentences about systems, such as “the
    failover failed to start”, are fine. If this is intended, list L02 under `accepted` with the reason.""",
    bad="summary: The on-call engineer failed to notice the alert, and payments stopped.",
    good="summary: The alert arrived among forty others, the failover failed to start, and payments stopped.",
    applies=_IN_KNOWN_LANGUAGES,
)
def no_hindsight(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """No person is measured by what is known afterwards."""
    for said, place in _phrases(record, context, "L02"):
        yield Problem(
            place,
            f"“{said}” judges a person by what is known only now",
            "say what they did, saw and knew at the time; what should change is a lesson or an action",
        )


@rule(
    code="L03",
    name="no-blame",
    severity=Severity.WARNING,
    family="language",
    summary="A word that blames: careless, negligent, sloppy, to blame, culprit",
    why="""People who expect blame say less next time, so the next review knows less. The words don't fit systems
    either: a query isn't guilty, it is slow.""",
    remedy="""Describe what happened without judging: “no second person read the change”, “one query took most of
    the time”. Saying that nobody is to blame is fine. If this is intended, list L03 under `accepted` with the
    reason.""",
    bad="summary: A careless change to the gateway stopped card payments.",
    good="summary: A change to the gateway, which no test covered, stopped card payments.",
    applies=_IN_KNOWN_LANGUAGES,
)
def no_blame(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """No word that looks for guilt."""
    for said, place in _phrases(record, context, "L03"):
        yield Problem(
            place,
            f"“{said}” blames instead of explaining",
            "say what happened, without the judgement",
        )


@rule(
    code="L04",
    name="no-judgement",
    severity=Severity.WARNING,
    family="language",
    summary="A factor's statement judges: poor, inadequate, lack of",
    why="""“Poor monitoring” can be said of anything in hindsight and tells nobody what to change. A factor names a
    part of the system; its statement says what was there and what followed.""",
    remedy="""Describe what was there: “no check watched the gateway from outside” instead of “poor monitoring”,
    “the runbook ended before the failback” instead of “inadequate runbook”. If this is intended, list L04 under
    `accepted` with the reason.""",
    bad="""
        factors:
          - "detection.coverage: poor monitoring -> customers noticed first"
    """,
    good="""
        factors:
          - "detection.coverage: no check watched the gateway from outside -> customers noticed first"
    """,
    applies=_IN_KNOWN_LANGUAGES,
)
def no_judgement(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """A statement describes."""
    for said, place in _phrases(record, context, "L04", statement_passages):
        yield Problem(
            place,
            f"“{said}” judges instead of describing what was there",
            "describe it: what was there, what it did, and what followed",
        )


@rule(
    code="L05",
    name="no-single-cause",
    severity=Severity.INFO,
    family="language",
    summary="“The root cause”, as if there were only one",
    why="""An incident needs several conditions at once, and “the root cause” is usually where the search stopped.
    Each factor has its own role and is counted separately.""",
    remedy="""Write “a cause”, “what started it”, or name the factor. If this is intended, list L05 under
    `accepted` with the reason.""",
    bad="summary: The root cause was a certificate that ran out.",
    good="summary: A certificate ran out, and no alarm looked at its date.",
    applies=_IN_KNOWN_LANGUAGES,
)
def no_single_cause(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """Causes are several."""
    for _, place in _phrases(record, context, "L05"):
        yield Problem(
            place,
            "“the root cause” implies that there was only one",
            "name the factor, or say what started it and what let it grow",
        )


def _phrases(
    record: Postmortem, context: RuleContext, code: str, passages_of: PassagesOf = passages
) -> Iterator[tuple[str, Span]]:
    """The phrases of a record that a rule looks for, each with its place."""
    phrases = language_of(context.conventions.policy).phrases.get(code)
    if phrases is None or not phrases.may_hold(lowered(record.source.text)):
        return
    for passage in passages_of(record, phrases.pattern, phrases.stems):
        for match in phrases.pattern.finditer(passage.text):
            if phrases.is_meant(match):
                yield " ".join(match[0].split()), place_in(record, passage, match.start(), match.end())
