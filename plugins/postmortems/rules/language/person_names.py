"""P03: a person named. Few patterns that are nearly always right, since names look like those of products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Problem, RuleContext
from postmortems.rules.engine.word_sets import words
from postmortems.rules.language.language import NAME, NamePattern
from postmortems.rules.language.languages import language_of
from postmortems.rules.text.prose import lowered, passages, place_in
from postmortems.runtime.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.record import Postmortem

# Those that need no words of a language.
_PATTERNS = (
    # Ms Doe, Dr. Jane Doe
    *(
        NamePattern(stem, Pattern(rf"{title}\.?\s"), Pattern(rf"\b({title}\.?\s+{NAME}(?:\s+{NAME})?)"))
        for stem, title in (
            ("m", "M(?:rs?|s|x|me)"),
            *((title.lower(), title) for title in ("Dr", "Prof", "Herr", "Frau")),
        )
    ),
    # Jane Doe (she/her)
    NamePattern(
        "(",
        Pattern(r"\((?:she|he|they/)"),
        Pattern(rf"\b({NAME}(?:\s+{NAME})?)\s+\((?:(?:she|he)\b[^()]{{0,40}}|they/them)\)"),
    ),
    # @jdoe
    NamePattern("@", Pattern("@[A-Za-z]"), Pattern(r"(?<![\w./@+-])(@[A-Za-z][\w-]{1,38})(?![\w-]*[/@(:]|\.\w)")),
)
# What stands after an @ and is nobody: everyone, and words of programs.
_NOT_HANDLES = words(
    """
    all before-each channel charset click component deprecated everyone font-face group here import include
    injectable latest layer media mixin next override param property return returns supports test throws todo types
    """
)
_ROLE = Pattern(r"team|on-?call|sre|ops|support|bot\b|security|admin|platform|infra|eng\b|engineer|staff|ci\b")


@rule(
    code="P03",
    name="no-names",
    severity=Severity.WARNING,
    family="publication",
    summary="A person appears to be named",
    why="""A name turns a report about a system into one about a person, stays forever, and may be personal data
    that must be deleted some day. The role tells readers what they need: what the person could see and do.""",
    remedy="""Name the role: “the on-call engineer”, “the incident manager”. The rule finds names with a title (Ms
    Doe), next to a role in English (engineer Jane Doe; Jane Doe (on-call engineer)), with pronouns (Jane
    (she/her)), and handles (@jdoe). Quotations and code are ignored. If it only looks like a name, or is publicly
    known, list P03 under `accepted` with the reason.""",
    bad="summary: Ms Doe restarted the gateway, and payments went through again.",
    good="summary: The on-call engineer restarted the gateway, and payments went through again.",
)
def no_names(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """People are named by their roles."""
    text = record.source.text
    language = language_of(context.conventions.policy)
    for each in (*_PATTERNS, *language.names):
        if each.stem not in lowered(text) or not each.hint.search(text):
            continue
        for passage in passages(record, each.pattern, (each.stem,)):
            for match in each.pattern.finditer(passage.text):
                group = match.lastindex or 0
                name = " ".join(match[group].split())
                if not (_is_nobodys_handle(name) if name.startswith("@") else language.is_role_or_product(name)):
                    yield Problem(
                        place_in(record, passage, match.start(group), match.end(group)),
                        f"“{name}” appears to be a person",
                        "name the role instead of the person",
                    )


def _is_nobodys_handle(name: str) -> bool:
    """Whether a handle is a role or a word of a program."""
    handle = name[1:].lower()
    return handle in _NOT_HANDLES or bool(_ROLE.search(handle))
