"""The pages that are read on a forge: their links lead somewhere, and what they show is so."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from postmortems.cli import main
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


def test_its_finding_is_what_the_check_prints(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")
    for variable in ("CI", "GITHUB_ACTIONS", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(REPOSITORY / "tests/corpora/demo")
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    [(line, shown)] = re.findall(
        r"^\$ postmortems (check [^\n]+\.md)\n(.+?)```$", readme, re.MULTILINE | re.DOTALL
    )
    assert CliRunner().invoke(main, line.split()).output == shown
