"""The pages that are read on a forge lead nowhere that does not exist."""

from __future__ import annotations

import re

import pytest

from sites import REPOSITORY

PAGES = ["README.md", ".github/CONTRIBUTING.md", ".github/actions/check/README.md", "tests/corpora/README.md"]


@pytest.mark.parametrize("name", PAGES)
def test_what_it_leads_to_exists(name):
    page = REPOSITORY / name
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    beside = [target.partition("#")[0] for target in targets if "://" not in target and not target.startswith("#")]
    assert [target for target in beside if not (page.parent / target).exists()] == []


def test_its_pictures_are_those_that_are_taken():
    shown = re.findall(r"!\[[^]]+\]\((\.github/screenshots/[^)]+)\)", (REPOSITORY / "README.md").read_text())
    taken = [str(path.relative_to(REPOSITORY)) for path in (REPOSITORY / ".github/screenshots").iterdir()]
    assert sorted(shown) == sorted(taken) != []
