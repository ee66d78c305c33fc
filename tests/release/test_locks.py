"""Both lock files are those of `pyproject.toml`: run `make lock` where this fails."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

REPOSITORY = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
DIRECT = [
    Requirement(text)
    for text in (
        *PROJECT["dependencies"],
        *(text for extra in PROJECT["optional-dependencies"].values() for text in extra),
        *(each for group in PYPROJECT["dependency-groups"].values() for each in group if isinstance(each, str)),
    )
    if not text.startswith(f"{PROJECT['name']}[")  # an extra made of others
]


def locked(name: str) -> dict[str, Version]:
    """The versions of a lock file; where they differ by Python, the oldest."""
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
    versions = [(package, Version(version)) for package, version in found]
    return dict(sorted(versions, key=lambda each: each[1], reverse=True))


@pytest.mark.parametrize("requirement", DIRECT, ids=str)
def test_what_is_asked_for_is_locked(requirement: Requirement) -> None:
    assert requirement.specifier.contains(locked("requirements.txt")[canonicalize_name(requirement.name)])


@pytest.mark.parametrize("requirement", DIRECT, ids=str)
def test_the_lowest_versions_are_the_bounds(requirement: Requirement) -> None:
    """A bound of two parts, such as 4.23, stands for its first release, which may have a third."""
    (bound,) = (Version(each.version).release for each in requirement.specifier if each.operator == ">=")
    lowest = locked("tests/requirements-lowest.txt")[canonicalize_name(requirement.name)]
    assert (*lowest.release, 0, 0)[: len(bound)] == bound
