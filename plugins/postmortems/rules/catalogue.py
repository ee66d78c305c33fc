"""Every rule there is: those with a function, those of the reader and the schema, and the requirements."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

# Importing a family registers its rules.
from postmortems.rules import (  # noqa: F401 - as above
    actions,
    causes,
    content,
    deadlines,
    disclosure,
    factors,
    history,
    language,
    order,
    outcome,
    person_names,
    plausibility,
    publication,
    references,
    repetition,
    review,
    times,
)
from postmortems.rules.acceptance import NEEDED_ACCEPTANCE
from postmortems.rules.registry import CHECKS
from postmortems.rules.requirements import requirement_rules
from postmortems.rules.shape import SHAPE_RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.conventions import Conventions
    from postmortems.rules.rule import Rule

__all__ = ["CHECKS", "RULES", "all_rules"]


def _sorted(*rules: Rule) -> Mapping[str, Rule]:
    return MappingProxyType({rule.code: rule for rule in sorted(rules, key=lambda rule: rule.code)})


RULES: Mapping[str, Rule] = _sorted(*SHAPE_RULES, NEEDED_ACCEPTANCE, *(check.rule for check in CHECKS.values()))
"""The rules that hold whatever an organisation agreed on, by code."""


def all_rules(conventions: Conventions) -> Mapping[str, Rule]:
    """Every rule by code, the requirements of these conventions among them."""
    return _sorted(*RULES.values(), *requirement_rules(conventions))
