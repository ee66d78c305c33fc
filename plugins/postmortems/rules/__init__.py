"""The rules for a good post-mortem: pure functions that say what is wrong and where."""

from postmortems.rules.catalogue import RULES, all_rules, known_rules
from postmortems.rules.engine.requirements import requirement_rules
from postmortems.rules.engine.rule import Applies, Problem, Rule, RuleContext
from postmortems.rules.judging import judge

__all__ = [
    "RULES",
    "Applies",
    "Problem",
    "Rule",
    "RuleContext",
    "all_rules",
    "judge",
    "known_rules",
    "requirement_rules",
]
