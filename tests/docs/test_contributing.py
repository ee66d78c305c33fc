"""What contributors are told to run and to open exists."""

from __future__ import annotations

import re

import pytest

from sites import REPOSITORY

GUIDES = ("CONTRIBUTING.md", "RELEASING.md")
PACKAGE = REPOSITORY / "plugins/postmortems"
TARGETS = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def code(guide: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", (REPOSITORY / ".github" / guide).read_text(encoding="utf-8"))


@pytest.mark.parametrize("guide", GUIDES)
def test_every_target_exists(guide: str) -> None:
    told = {text.split()[1] for text in code(guide) if text.startswith("make ")}
    assert told
    assert told - TARGETS == set()


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_exists(guide: str) -> None:
    """A path is named from the top or from the package; some are made by a build or by a recipe."""
    paths = [text for text in code(guide) if re.fullmatch(r"[\w./-]+/[\w./-]*|[\w-]+\.(md|toml|txt)", text)]
    made = re.compile(r"^(\.venv|dist|site|site-demo|pypa)/|YYYY|F31")
    missing = [
        path
        for path in paths
        if not made.search(path) and not (REPOSITORY / path).exists() and not (PACKAGE / path).exists()
    ]
    assert paths
    assert missing == []


def test_every_target_says_what_it_does() -> None:
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    described = set(re.findall(r"^([a-z-]+):.*## \S", text, re.MULTILINE))
    assert described == TARGETS
