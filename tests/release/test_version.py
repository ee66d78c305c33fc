"""The version is written in one place, and the changelog begins with it."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

from packaging.version import Version

import postmortems

REPOSITORY = Path(__file__).resolve().parents[2]
HEADING = re.compile(r"^## \[(.+?)\](?: - (\S+))?$", re.MULTILINE)


def test_the_package_alone_holds_the_version():
    pyproject = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    assert pyproject["project"]["dynamic"] == ["version"]
    source = REPOSITORY / pyproject["tool"]["hatch"]["version"]["path"]
    package = source.parent
    spelt = [path for path in package.rglob("*.py") if f'"{postmortems.__version__}"' in path.read_text("utf-8")]
    assert spelt == [source]


def test_the_changelog_begins_with_what_is_unreleased_and_this_version():
    headings = HEADING.findall((REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert headings[0] == ("Unreleased", "")
    released = [(Version(version), date.fromisoformat(day)) for version, day in headings[1:]]
    assert str(released[0][0]) == postmortems.__version__
    assert all(newer[0] > older[0] and newer[1] >= older[1] for newer, older in pairwise(released))
