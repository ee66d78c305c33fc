"""Q rules: required fields, made from the table of requirements."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.engine.examples import field_example
from postmortems.rules.engine.places import status_of
from postmortems.rules.engine.rule import Applies, Problem, Rule
from postmortems.source import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.conventions import Conventions, Requirement
    from postmortems.record import Postmortem
    from postmortems.rules.engine.rule import RecordKind, RuleContext
    from postmortems.source import Pointer, Value

_FROM_ELSEWHERE = frozenset({"public-report", "imported"})
# The fields that a source may not state; for others the author can at least write `unknown`.
_STATED_BY_SOURCES = frozenset({"times", "detection", "impact", "actions"})


def requirement_rules(conventions: Conventions) -> tuple[Rule, ...]:
    """One rule for each row of the table of requirements."""
    return tuple(_rule(requirement, conventions) for requirement in conventions.requirements)


def missing_fields(
    record: Postmortem, context: RuleContext, kinds: tuple[RecordKind, ...]
) -> Iterator[tuple[str, Problem]]:
    """The fields that a record lacks whichever of these kinds it is of, each with the code of its requirement.

    What lies within a missing field is not reported beside it.
    """
    missing: set[str] = set()
    for requirement in context.requirements(kinds):
        if is_met(requirement, record):
            continue
        missing.add(requirement.field)
        if not any(requirement.field.startswith(f"{field}.") for field in missing):
            yield requirement.code, _problem(requirement, record, context.conventions)


def is_met(requirement: Requirement, record: Postmortem) -> bool:
    """Whether a record gives the field, or what stands in for it, or says that its sources don't state it."""
    if _is_given(record, requirement.field) or any(_is_given(record, field) for field in requirement.unless):
        return True
    return not requirement.always and record.says_not_stated(requirement.field)


def _is_given(record: Postmortem, field: str) -> bool:
    value = _value(record, field)
    return value is not None and value not in ("", [], {})


def _value(record: Postmortem, field: str) -> Value:
    """The value of a field as written: the record has filled in defaults, which are no answer here."""
    value: Value = record.source.meta
    for step in _pointer(field):
        value = value.get(str(step)) if isinstance(value, dict) else None
    return value


@cache
def _pointer(field: str) -> Pointer:
    return tuple(field.split("."))


def _problem(requirement: Requirement, record: Postmortem, conventions: Conventions) -> Problem:
    fault = "is missing" if _value(record, requirement.field) is None else "is empty"
    # “is what most readers will read” goes on after `it`, “are the causes” after `they`.
    subject = "it" if requirement.why.split(" ", 1)[0].endswith("s") else "they"
    help_text = _advice(requirement, conventions)
    if record.provenance in _FROM_ELSEWHERE and _may_be_unstated(requirement):
        help_text += f"; if the source does not give it, list `{requirement.field}` under `not_stated`"
    softened = status_of(record) == "draft" and not requirement.always
    return Problem(
        _pointer(requirement.field),
        f"`{requirement.field}` {fault}: {subject} {requirement.why}",
        help_text,
        Severity.WARNING if softened else Severity.ERROR,
        needs=(requirement.field, *requirement.unless, "not_stated"),
    )


def _advice(requirement: Requirement, conventions: Conventions) -> str:
    """What to write: the schema's own words about the field, and the words that may stand there."""
    shape = conventions.schema.shape.at(_pointer(requirement.field))
    is_question = shape.title.endswith("?")
    words = shape.title if is_question else shape.description.partition(" Default:")[0].rstrip(".")
    advice = f"add `{requirement.field}`" + (f": {words}" if words else "")
    if shape.known_values:
        advice += f"{'' if is_question else ';'} {one_of(shape.known_values)}"
    return advice


def _may_be_unstated(requirement: Requirement) -> bool:
    return not requirement.always and requirement.field.partition(".")[0] in _STATED_BY_SOURCES


def _rule(requirement: Requirement, conventions: Conventions) -> Rule:
    advice = _advice(requirement, conventions)
    remedy = f"{advice[0].upper()}{advice[1:]}{'' if advice.endswith('?') else '.'}"
    if _may_be_unstated(requirement):
        remedy += f" If the sources do not give it, list `{requirement.field}` under `not_stated`."
    if not requirement.always:
        remedy += " In a draft this is a warning."
    return Rule(
        code=requirement.code,
        name=f"needs-{requirement.field.replace('.', '-').replace('_', '-')}",
        severity=Severity.ERROR,
        family="requirements",
        summary=f"The field `{requirement.field}` is missing",
        why=f"`{requirement.field}` {requirement.why}.",
        remedy=remedy,
        bad=f"# `{requirement.field}` is not given",
        good=field_example(requirement.field, conventions.schema.shape),
        applies=Applies(requirement.provenance, requirement.status, requirement.review),
    )
