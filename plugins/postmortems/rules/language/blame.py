"""L rules: blameless wording. Quotations don't count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Applies, Problem, RuleContext
from postmortems.rules.language.languages import KNOWN_LANGUAGES, language_of
from postmortems.rules.text.prose import lowered, passages, place_in, statement_passages

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence

    from postmortems.record import Postmortem
    from postmortems.rules.text.prose import Passage
    from postmortems.source import Span

    PassagesOf = Callable[[Postmortem, re.Pattern[str], Sequence[str]], Iterator[Passage]]

_IN_KNOWN_LANGUAGES = Applies(languages=KNOWN_LANGUAGES)


@rule(
    code="L01",
    name="no-human-error",
    severity=Severity.ERROR,
    family="language",
    summary="“Human error” is given as a cause",
    why="""People err every day, and mostly nothing comes of it. What let this error through, what made it look
    right at the time and what kept it from being noticed are the causes; a review that ends before them
    changes nothing.""",
    remedy="""Say what made the act sensible at the time: the prompt that showed no host name, the runbook
    without that step, the hour. Words of others go in quotation marks or in a block quote. Saying that
    something was not human error is no finding, nor is guarding against it.""",
    bad="summary: The outage was caused by human error during a failover.",
    good="summary: The failover asked for a host by number, and both consoles looked the same.",
    applies=_IN_KNOWN_LANGUAGES,
)
def no_human_error(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """An error of a person is not the end of an explanation."""
    for said, place in _phrases(record, context, "L01"):
        yield Problem(
            place,
            f"“{said}” is no cause: it ends where the explanation begins",
            "say what made the act look right at the time, and what let it through; put others' words in "
            "quotation marks",
        )


@rule(
    code="L02",
    name="no-hindsight",
    severity=Severity.WARNING,
    family="language",
    summary="A person should have, could have, failed to or forgot to",
    why="""Such sentences compare what people did with what is known now. They tell of a course of events that
    did not happen, and hide why the one that did made sense: what people saw, knew and had time for.""",
    remedy="""Say what they did and what they saw: “the alert named no service, and the engineer closed it”
    for “the engineer failed to react”. What ought to be different is a lesson or an action. Of systems, as in
    “the failover failed to start”, the words are no finding. Where it is right as it is, list L02 under
    `accepted` with the reason.""",
    bad="summary: The on-call engineer failed to notice the alert, and payments stopped.",
    good="summary: The alert arrived among forty others, the failover failed to start, and payments stopped.",
    applies=_IN_KNOWN_LANGUAGES,
)
def no_hindsight(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """No person is measured by what is known afterwards."""
    for said, place in _phrases(record, context, "L02"):
        yield Problem(
            place,
            f"“{said}” holds against a person what is known only now",
            "say what they did, and what they saw and knew at the time; what ought to be different is a lesson or "
            "an action",
        )


@rule(
    code="L03",
    name="no-blame",
    severity=Severity.WARNING,
    family="language",
    summary="A word that blames: careless, negligent, sloppy, to blame, culprit",
    why="""Who expects to be blamed tells less next time, and the next review knows less. The words fit no
    system either: a query has no guilt, it takes long.""",
    remedy="""Say what happened without judging it: “the change was not read by a second person”, “what took
    the time was one query”. That nobody is to blame is no finding. Where it is right as it is, list L03
    under `accepted` with the reason.""",
    bad="summary: A careless change to the gateway stopped card payments.",
    good="summary: A change to the gateway, which no test covered, stopped card payments.",
    applies=_IN_KNOWN_LANGUAGES,
)
def no_blame(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """No word that looks for guilt."""
    for said, place in _phrases(record, context, "L03"):
        yield Problem(
            place,
            f"“{said}” looks for guilt, not for causes",
            "say what happened, and leave the judgement out",
        )


@rule(
    code="L04",
    name="no-judgement",
    severity=Severity.WARNING,
    family="language",
    summary="The statement of a factor judges: poor, inadequate, lack of",
    why="""“Poor monitoring” can be said of anything afterwards and tells nobody what to change. A factor names
    a place in the system, and its statement says what was there and what followed from it.""",
    remedy="""Say what was there: “no check watched the gateway from outside” for “poor monitoring”, “the runbook
    ended before the failback” for “inadequate runbook”. Where it is right as it is, list L04 under `accepted`
    with the reason.""",
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
            f"“{said}” judges, and does not say what was there",
            "describe it: what was there, what it did, and what followed",
        )


@rule(
    code="L05",
    name="no-single-cause",
    severity=Severity.INFO,
    family="language",
    summary="“The root cause”, as if there were one",
    why="""An incident needs several conditions at once, and the one that is called the root is mostly where
    the search ended. Factors carry a role each and are counted each.""",
    remedy="""Write “a cause”, “what set it off” or the factor itself. Where the words are right, list L05 under
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
            "“the root cause” says that there was one",
            "name the factor, or say what set it off and what let it grow",
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
