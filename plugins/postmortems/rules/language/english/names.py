"""Names of persons beside their roles, and what is written like one and is none."""

from __future__ import annotations

from postmortems.rules.engine.word_sets import words
from postmortems.rules.language.english.words import GROUPS, PERSONS, QUALIFIED
from postmortems.rules.language.language import NAME, NamePattern
from postmortems.runtime.patterns import Pattern

_ROLES = r"(?:engineer|colleague|technician|developer|administrator|operator|manager|analyst|SRE)"
_IN_PARENTHESES = rf"\((?:(?:the|our|an?)\s+)?(?:[a-z-]+\s+){{0,3}}{_ROLES}\)"
NAMES = (
    # engineer Jane Doe, an engineer named Jane
    *(
        NamePattern(
            noun,
            Pattern(rf"{noun},?\s+(?:named|called|[A-Z])"),
            Pattern(rf"\b{noun},?\s+(?:(?:named|called)\s+({NAME}(?:\s+{NAME})?)|({NAME}\s+{NAME}))"),
        )
        for noun in ("engineer", "colleague", "technician", "sysadmin", "programmer", "intern", "trainee")
    ),
    # Jane Doe (on-call engineer)
    NamePattern("(", Pattern(_IN_PARENTHESES), Pattern(rf"\b({NAME}\s+{NAME})\s+{_IN_PARENTHESES}")),
)
_NOT_NAMES = words(
    """
    access account application build change chief cloud communications compliance crisis customer data database
    deputy design director duty engineering group head incident information infrastructure level network officer on
    operations owner platform primary product project quality release risk secondary security senior service shift
    site software support system technical tier
    """
)


def is_role_or_product(name: str) -> bool:
    """Whether any word of a name is one for a role, a group or a product."""
    parts = [part.lower().removesuffix("s") for part in name.split()]
    return any(part in _NOT_NAMES or part in PERSONS or part in GROUPS or part in QUALIFIED for part in parts)
