"""P03: a person named. Few patterns that are nearly always right, since names look like those of products."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Problem, RuleContext
from postmortems.rules.language.words import words
from postmortems.rules.language.words.persons import GROUPS, PERSONS, QUALIFIED
from postmortems.rules.text.prose import lowered, passages, place_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.record import Postmortem

_NAME = r"[A-Z][a-zà-öø-ÿ'’-]{1,24}"
_ROLES = r"(?:engineer|colleague|technician|developer|administrator|operator|manager|analyst|SRE)"
_IN_PARENTHESES = rf"\((?:(?:the|our|an?)\s+)?(?:[a-z-]+\s+){{0,3}}{_ROLES}\)"
# Each pattern, whose group is the name, with a text in lower case that is in every passage which holds such a
# name, and a cheap pattern that is found in every file which does: those that start with fixed letters are fast.
_PATTERNS = (
    # Ms Doe, Dr. Jane Doe
    *(
        (stem, re.compile(rf"{title}\.?\s"), re.compile(rf"\b({title}\.?\s+{_NAME}(?:\s+{_NAME})?)"))
        for stem, title in (
            ("m", "M(?:rs?|s|x|me)"),
            *((title.lower(), title) for title in ("Dr", "Prof", "Herr", "Frau")),
        )
    ),
    # engineer Jane Doe, an engineer named Jane
    *(
        (
            noun,
            re.compile(rf"{noun},?\s+(?:named|called|[A-Z])"),
            re.compile(rf"\b{noun},?\s+(?:(?:named|called)\s+({_NAME}(?:\s+{_NAME})?)|({_NAME}\s+{_NAME}))"),
        )
        for noun in ("engineer", "colleague", "technician", "sysadmin", "programmer", "intern", "trainee")
    ),
    # Jane Doe (she/her)
    (
        "(",
        re.compile(r"\((?:she|he|they/)"),
        re.compile(rf"\b({_NAME}(?:\s+{_NAME})?)\s+\((?:(?:she|he)\b[^()]{{0,40}}|they/them)\)"),
    ),
    # Jane Doe (on-call engineer)
    ("(", re.compile(_IN_PARENTHESES), re.compile(rf"\b({_NAME}\s+{_NAME})\s+{_IN_PARENTHESES}")),
    # @jdoe
    ("@", re.compile("@[A-Za-z]"), re.compile(r"(?<![\w./@+-])(@[A-Za-z][\w-]{1,38})(?![\w-]*[/@(:]|\.\w)")),
)
# What stands after an @ and is nobody: everyone, and words of programs.
_NOT_HANDLES = words(
    """
    all before-each channel charset click component deprecated everyone font-face group here import include
    injectable latest layer media mixin next override param property return returns supports test throws todo types
    """
)
_ROLE = re.compile(r"team|on-?call|sre|ops|support|bot\b|security|admin|platform|infra|eng\b|engineer|staff|ci\b")
_NOT_NAMES = words(
    """
    access account application build change chief cloud communications compliance crisis customer data database
    deputy design director duty engineering group head incident information infrastructure level network officer on
    operations owner platform primary product project quality release risk secondary security senior service shift
    site software support system technical tier
    """
)


@rule(
    code="P03",
    name="no-names",
    severity=Severity.WARNING,
    family="publication",
    summary="A person seems to be named",
    why="""A name turns a report about a system into one about a person, stays with it for good, and may be
    personal data that one day has to be deleted. The role says what readers need: what the person could see
    and do.""",
    remedy="""Name the role: “the on-call engineer”, “the incident manager”. Found are names with a title (Ms Doe),
    after or before a role (engineer Jane Doe; Jane Doe (on-call engineer)), with pronouns (Jane (she/her)),
    and handles (@jdoe); quoted words and code are left alone. For what only looks like a name, or one that the
    public knows, list P03 under `accepted` with the reason.""",
    bad="summary: Ms Doe restarted the gateway, and payments went through again.",
    good="summary: The on-call engineer restarted the gateway, and payments went through again.",
)
def no_names(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """People are named by their roles."""
    text = record.source.text
    for stem, hint, pattern in _PATTERNS:
        if stem not in lowered(text) or not hint.search(text):
            continue
        for passage in passages(record, pattern, (stem,)):
            for match in pattern.finditer(passage.text):
                group = match.lastindex or 0
                name = " ".join(match[group].split())
                if not _is_nobody(name):
                    yield Problem(
                        place_in(record, passage, match.start(group), match.end(group)),
                        f"“{name}” seems to be a person",
                        "name the role in place of the person",
                    )


def _is_nobody(name: str) -> bool:
    """Whether it is a role, a product or a word of a program after all."""
    if name.startswith("@"):
        handle = name[1:].lower()
        return handle in _NOT_HANDLES or bool(_ROLE.search(handle))
    parts = [part.lower().removesuffix("s") for part in name.split()]
    return any(part in _NOT_NAMES or part in PERSONS or part in GROUPS or part in QUALIFIED for part in parts)
