"""The core of the package: what `pip install` brings without an extra, as pyproject.toml declares it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def name_of(requirement: str) -> str:
    """The normal name of what a requirement asks for."""
    return re.sub(r"[-_.]+", "-", Requirement(requirement).name).lower()


def distributions(requirements: list[str]) -> set[str]:
    """The names of what these requirements install here, with all that it needs."""
    found: set[str] = set()
    asked = list(requirements)
    while asked:
        requirement = Requirement(asked.pop())
        name = name_of(str(requirement))
        extras = {"", *requirement.extras}
        if name not in found:
            found.add(name)
            asked += [
                needed
                for needed in distribution(name).requires or []
                if not (marker := Requirement(needed).marker) or any(marker.evaluate({"extra": e}) for e in extras)
            ]
    return found


@cache
def _owners() -> Mapping[str, list[str]]:
    return packages_distributions()


def modules(names: set[str]) -> set[str]:
    """The top-level modules that these distributions hold."""
    return {
        module
        for module, owners in _owners().items()
        if names & {re.sub(r"[-_.]+", "-", owner).lower() for owner in owners}
    }


CORE = distributions(PROJECT["dependencies"])
CORE_MODULES = modules(CORE)
