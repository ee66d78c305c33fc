"""F rules: causes are named in the words of the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.engine.places import first_written, word_place
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Problem, RuleContext
from postmortems.source import did_you_mean, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from postmortems.conventions import Term, Vocabulary
    from postmortems.record import Postmortem
    from postmortems.source import Pointer

_NONE, _UNKNOWN = "none", "unknown"
_WITHOUT_FACTORS = frozenset({"near-miss", "exercise"})


@rule(
    code="F01",
    name="known-factor",
    severity=Severity.ERROR,
    family="factors",
    summary=(
        "A factor or trigger is not in the vocabulary, is retired, or is a special term used in the wrong place"
    ),
    why="""Recurrence is counted by these terms, and lessons are found by them. A factor that only one record uses
    never recurs. `none` is for incidents that didn't happen, and `unknown` must say what was ruled out.""",
    remedy="""Choose a term from `schemas/vocabulary.yaml`. If one is missing, add your own under `extensions`
    there, with the factor it belongs to as `parent`. Replace a retired term with its successor, give `unknown` a
    statement, and name a factor instead of `none`.""",
    bad="""
        factors:
          - factor: software.rollout
            statement: the new version went everywhere at once -> every customer met the fault
    """,
    good="""
        factors:
          - factor: change.rollout
            statement: the new version went everywhere at once -> every customer met the fault
    """,
)
def known_factor(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """Triggers and factors are words of the vocabulary, and used for what they mean."""
    vocabulary = context.conventions.vocabulary
    if record.trigger.kind:
        place = first_written(record, ("trigger", "kind"), ("trigger",))
        yield from _unknown_trigger(record, record.trigger.kind, place, vocabulary)
    for i, factor in enumerate(record.factors):
        place = first_written(record, ("factors", i, "factor"), ("factors", i))
        yield from _unknown_factor(record, factor.factor, place, vocabulary)
        yield from _out_of_place(record, factor.factor, factor.statement, place)
    for i, action in enumerate(record.actions):
        if action.verify and action.verify.factor:
            place = ("actions", i, "verify", "factor")
            yield from _unknown_factor(record, action.verify.factor, place, vocabulary)


def _unknown_trigger(record: Postmortem, kind: str, place: Pointer, vocabulary: Vocabulary) -> Iterator[Problem]:
    term = vocabulary.triggers.get(kind)
    if term is None:
        known = _in_use(vocabulary.triggers)
        yield Problem(
            word_place(record, place, kind),
            f"`{kind}` is not a trigger in the vocabulary",
            did_you_mean(kind, known) or one_of(known, limit=len(known)),
        )
    elif term.replaced_by:
        yield _retired(record, term, place, vocabulary.triggers)


def _unknown_factor(record: Postmortem, factor: str, place: Pointer, vocabulary: Vocabulary) -> Iterator[Problem]:
    term = vocabulary.factors.get(factor)
    if term is None:
        yield Problem(
            word_place(record, place, factor),
            f"`{factor}` is not a factor in the vocabulary",
            _nearest_factors(factor, vocabulary),
        )
    elif term.replaced_by:
        yield _retired(record, term, place, vocabulary.factors)


def _retired(record: Postmortem, term: Term, place: Pointer, terms: Mapping[str, Term]) -> Problem:
    return Problem(
        word_place(record, place, term.id),
        f"`{term.id}` was retired from the vocabulary",
        f"write `{_successor(term, terms).id}`",
    )


def _successor(term: Term, terms: Mapping[str, Term]) -> Term:
    """The word in use that a retired one leads to, over others that retired in their turn."""
    seen = {term.id}
    while term.replaced_by in terms and term.replaced_by not in seen:
        term = terms[term.replaced_by]
        seen.add(term.id)
    return term


def _nearest_factors(factor: str, vocabulary: Vocabulary) -> str:
    """What the author may have meant: a similar name in the category, the same name elsewhere, a similar word."""
    if factor.startswith("x-"):
        return (
            "add it under `extensions` in schemas/vocabulary.yaml, with the factor it belongs to as its `parent`"
        )
    from difflib import get_close_matches

    known = _in_use(vocabulary.factors)
    category, _, name = factor.rpartition(".")
    siblings = [word for word in known if category and vocabulary.factors[word].category == category]
    near = get_close_matches(factor, siblings, n=1, cutoff=0.85)
    near = near or [word for word in known if word.rpartition(".")[2] == name][:3]
    if near:
        return f"did you mean {' or '.join(f'`{word}`' for word in near)}?"
    return did_you_mean(factor, known) or one_of(siblings or [f"{other}.…" for other in vocabulary.categories])


def _in_use(terms: Mapping[str, Term]) -> list[str]:
    return [term.id for term in terms.values() if not term.replaced_by]


def _out_of_place(record: Postmortem, factor: str, statement: str, place: Pointer) -> Iterator[Problem]:
    if factor == _NONE and record.incident_class not in _WITHOUT_FACTORS:
        yield Problem(
            word_place(record, place, factor),
            f"`none` means that no factor applies, which is not possible for class {record.incident_class}",
            "name a factor, or `unknown` with a statement of what was examined; `none` is for "
            "near-misses and exercises",
            needs=("class",),
        )
    if factor == _UNKNOWN and not statement:
        yield Problem(
            word_place(record, place, factor),
            "`unknown` has no statement",
            "add `statement`: what was examined, and what was ruled out",
            needs=("factors.statement",),
        )
