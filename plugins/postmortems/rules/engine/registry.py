"""Where rules are registered: each by the decorator above its function."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from postmortems.rules.engine.rule import Applies, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from postmortems.findings import Severity
    from postmortems.record import Postmortem
    from postmortems.rules.engine.rule import Problem, RuleContext

CheckFunction: TypeAlias = "Callable[[Postmortem, RuleContext], Iterator[Problem]]"


@dataclass(frozen=True, slots=True)
class Check:
    """A rule and the function that looks for what it is about."""

    rule: Rule
    run: CheckFunction


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
    """Register a function as a rule; raises ValueError where its code is taken already."""
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
            raise ValueError(f"two rules have the code {code}")
        _registered[code] = Check(made, function)
        return function

    return register


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _example(text: str) -> str:
    """An example as it is shown, freed of the indentation that it has between lines of code."""
    lines = text.strip("\n")
    indentation = lines[: len(lines) - len(lines.lstrip(" "))]
    return lines.removeprefix(indentation).replace(f"\n{indentation}", "\n").rstrip()
