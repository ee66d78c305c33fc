"""Every rule there is: those with a function, those of the reader and the schema, and the requirements."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from postmortems.rules.engine.registry import CHECKS, load_plugin_rules
from postmortems.rules.engine.requirements import requirement_rules
from postmortems.rules.engine.suppressions import NEEDED_ACCEPTANCE
from postmortems.rules.structure.shape import SHAPE_RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.conventions import Conventions
    from postmortems.rules.engine.rule import Rule

__all__ = ["CHECKS", "RULES", "all_rules", "known_rules"]


FAMILIES = ("actions", "audience", "causes", "language", "review", "structure", "text", "times")
"""The folders of rules. Each module in them is imported, which registers its rules: a rule needs only its file."""

for _family in FAMILIES:
    _package = import_module(f"postmortems.rules.{_family}")
    for _file in sorted(Path(_package.__path__[0]).iterdir()):  # pkgutil takes as long as the modules themselves
        if _file.suffix == ".py" and _file.stem != "__init__":
            import_module(f"{_package.__name__}.{_file.stem}")


def _sorted(*rules: Rule) -> Mapping[str, Rule]:
    return MappingProxyType({rule.code: rule for rule in sorted(rules, key=lambda rule: rule.code)})


RULES: Mapping[str, Rule] = _sorted(*SHAPE_RULES, NEEDED_ACCEPTANCE, *(check.rule for check in CHECKS.values()))
"""The shipped rules that hold whatever an organisation agreed on, by code."""


@cache
def known_rules() -> Mapping[str, Rule]:
    """The shipped rules and those of plug-ins, by code. Raises BrokenPluginError."""
    return _sorted(*RULES.values(), *(check.rule for check in load_plugin_rules().values()))


def all_rules(conventions: Conventions) -> Mapping[str, Rule]:
    """Every rule by code, the requirements of these conventions among them. Raises BrokenPluginError."""
    return _sorted(*known_rules().values(), *requirement_rules(conventions))
