"""Where rules are registered: each by the decorator above its function."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from postmortems.findings import Severity
from postmortems.plugins import Plugin, owner, plugins, require
from postmortems.rules.engine.rule import Applies, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from postmortems.record import Postmortem
    from postmortems.rules.engine.rule import Problem, RuleContext

CheckFunction: TypeAlias = "Callable[[Postmortem, RuleContext], Iterator[Problem]]"


class Check(NamedTuple):
    """A rule and the function that looks for what it is about; `plugin` is where it comes from, None for ours."""

    rule: Rule
    run: CheckFunction
    plugin: Plugin | None = None


# Shipped rules have one letter, so that no plug-in's code can ever meet one of them.
_OF_PLUGINS = re.compile(r"[A-Z]{2,8}\d{2,3}")
_loading: list[Plugin] = []
_registered: dict[str, Check] = {}
CHECKS: Mapping[str, Check] = MappingProxyType(_registered)


def rule(  # noqa: PLR0913 - the parts of a rule, all named
    *,
    code: str,
    name: str,
    severity: Severity,
    family: str,
    summary: str,
    why: str,
    remedy: str,
    bad: str,
    good: str,
    applies: Applies | None = None,
    blocking: bool = True,
) -> Callable[[CheckFunction], CheckFunction]:
    """Register a function as a rule, before anything is checked.

    Raises ValueError where its code is taken or has another form, and TypeError for a part of another type.
    """
    require(str, code=code, name=name, family=family, summary=summary, why=why, remedy=remedy, bad=bad, good=good)
    require(Severity, severity=severity)
    made = Rule(
        code=code,
        name=name,
        severity=severity,
        family=family,
        summary=summary,
        why=_one_line(why),
        remedy=_one_line(remedy),
        bad=_example(bad),
        good=_example(good),
        applies=applies or Applies(),
        blocking=blocking,
    )

    def register(function: CheckFunction) -> CheckFunction:
        if code in _registered:
            raise ValueError(f"the code {code} is taken by {owner(_registered[code].plugin)}")
        plugin = _origin(function.__module__)
        if plugin and not _OF_PLUGINS.fullmatch(code):
            raise ValueError(
                f"the code {code} is not of the form ABC01: at least two letters of your own and digits"
            )
        _registered[code] = Check(made, function, plugin)
        return function

    return register


def _origin(module: str) -> Plugin | None:
    """The plug-in that a module belongs to; some other module may have imported it before its entry point does."""
    if module.startswith("postmortems."):
        return None
    return _loading[-1] if _loading else Plugin("rules", module, module, module.partition(".")[0])


@cache
def load_plugin_rules() -> Mapping[str, Check]:
    """Import the modules of plug-ins that register rules, once, and return those. Raises BrokenPluginError."""
    for plugin in plugins("rules"):
        _loading.append(plugin)
        try:
            plugin.load()
        finally:
            _loading.pop()
    return MappingProxyType({code: check for code, check in _registered.items() if check.plugin})


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _example(text: str) -> str:
    """An example as it is shown, freed of the indentation that it has between lines of code."""
    lines = text.strip("\n")
    indentation = lines[: len(lines) - len(lines.lstrip(" "))]
    return lines.removeprefix(indentation).replace(f"\n{indentation}", "\n").rstrip()
