"""Nobody is told to install `postmortems` from an index, where that name may be somebody else's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sites import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

_INSTALLERS = (
    r"pip3?\s+(?:install|download|wheel)|pipx\s+(?:install|inject|run)|uvx|uv\s+(?:add|pip\s+install|run|tool\s+\w+)"
    r"|(?:poetry|pdm|rye|hatch|pixi)\s+add|pipenv\s+install|(?:conda|mamba)\s+install"
)
_WORD = r"(?!-\s)[^\s`$:]+"
# A direct reference (`postmortems @ file:...`), a path and a longer name are fine.
_NAME = r"""["']?postmortems(?:\[[\w, -]+\])?(?:[=<>~!]=?[^\s"'`]*)?["']?(?![\w./\[-])(?!\s*@)"""
FROM_AN_INDEX = re.compile(rf"\b(?:{_INSTALLERS})(?:\s+\\?\s*{_WORD}){{0,6}}?\s+{_NAME}")
REQUIREMENT = re.compile(r"\bpostmortems(?:\[[\w, -]+\])?\s*(?:[=~!]=|[<>]=?)\s*\d")

PLACES = ["README.md", "CHANGELOG.md", "Makefile", "mkdocs.yml", "docs", ".github", "plugins", "schemas"]


def _told_to_install(text: str) -> list[str]:
    return [match.group() for pattern in (FROM_AN_INDEX, REQUIREMENT) for match in pattern.finditer(text)]


def _files(place: Path) -> list[Path]:
    inside = place.rglob("*") if place.is_dir() else [place]
    return [path for path in inside if path.is_file() and path.suffix not in {".png", ".pyc", ".mo"}]


@pytest.mark.parametrize("place", PLACES)
def test_no_install_from_an_index(place):
    files = _files(REPOSITORY / place)
    assert files
    told = {str(path.relative_to(REPOSITORY)): _told_to_install(path.read_text("utf-8")) for path in files}
    assert {name: lines for name, lines in told.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "$ pip install postmortems",
        "pip install 'postmortems[site]'",
        'python -m pip install --quiet --upgrade "postmortems[site,parquet]>=0.1"',
        "pip install \\\n    --user postmortems",
        "Run `pip install\npostmortems` first",
        "pipx install postmortems",
        "pipx run postmortems check",
        "uvx postmortems check",
        "uv tool install postmortems==0.1.0",
        "uv pip install postmortems",
        "poetry add --group docs postmortems",
        "conda install -c conda-forge postmortems",
        "additional_dependencies: ['postmortems==0.1.0']",
        "postmortems==0.1.0 \\\n    --hash=sha256:0",
    ],
)
def test_the_ways_of_writing_it_are_known(line):
    assert _told_to_install(line)


@pytest.mark.parametrize(
    "line",
    [
        '$ pip install "$(ls dist/*.whl)[site]"\n$ postmortems init ../our-incidents',
        "pip install 'postmortems[site] @ file:///tmp/postmortems-0.1.0-py3-none-any.whl'",
        "pip install dist/postmortems-0.1.0-py3-none-any.whl",
        "- run: pip install --require-hashes -r requirements.txt\n- run: postmortems check",
        "$ pip install datasette\n$ datasette postmortems.db",
        "plugins:\n  - search\n  - postmortems",
    ],
)
def test_other_lines_pass(line):
    assert _told_to_install(line) == []
