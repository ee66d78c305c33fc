"""The hook for pre-commit: its file has the shape that pre-commit wants, and it picks the post-mortems."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from ci_files import REPOSITORY, block, parse

from postmortems.cli.main import COMMANDS
from postmortems.corpus import is_record_file

(HOOK,) = parse((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def picked(path: str) -> bool:
    """Whether pre-commit hands over a file: it searches both patterns, and tells Markdown by the ending."""
    return bool(re.search(HOOK["files"], path)) and not re.search(HOOK["exclude"], path) and path.endswith(".md")


def test_the_shape():
    assert HOOK.keys() >= {"id", "name", "description", "entry", "language"}
    assert HOOK["language"] == "python"
    assert HOOK["types"] == ["markdown"]
    assert HOOK["require_serial"] == "true"


def test_the_command_is_installed_by_the_package():
    command, *arguments = shlex.split(HOOK["entry"])
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert command in project["scripts"]
    assert arguments == ["check"]
    assert "check" in COMMANDS


@pytest.mark.parametrize(
    "path",
    [
        "incidents/2026/2026-03-31-checkout.md",
        "incidents/2026/2026-03-31-checkout/index.md",
        "incidents/README.md",
        "incidents/2026/readme.md",
        "incidents/2026/.2026-03-31-checkout.md",
        "incidents/2026/_2026-03-31-checkout.md",
        "incidents/2026/#2026-03-31-checkout.md",
        "incidents/2026/~2026-03-31-checkout.md",
        "incidents/2026/2026-03-31-readme.md",
        "incidents/2026/2026-03-31-checkout.MD",
        "incidents/2026/2026-03-31-checkout.md.bak",
    ],
)
def test_it_picks_what_is_a_post_mortem(path):
    assert picked(path) == is_record_file(Path(path))


@pytest.mark.parametrize("path", ["docs/incidents/a.md", "README.md", "incidents/.trash/2026-03-31-checkout.md"])
def test_it_leaves_other_files_alone(path):
    assert not picked(path)


def test_every_post_mortem_of_this_repository_is_picked():
    paths = [path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "incidents").rglob("*.md")]
    records = [path for path in paths if not path.lower().endswith("readme.md")]
    assert len(records) > 5
    assert all(map(picked, records))


def test_the_guide_names_the_hook():
    (source,) = parse(block(".pre-commit-config.yaml"))["repos"]
    assert source["hooks"] == [{"id": HOOK["id"]}]


def test_our_own_hooks_call_targets_that_exist():
    """They are local, so that a tool has one version: the one of requirements.txt."""
    config = parse((REPOSITORY / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (repository,) = config["repos"]
    assert repository["repo"] == "local"
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    for hook in repository["hooks"]:
        command, option, target = shlex.split(hook["entry"])
        assert (command, option, hook["name"]) == ("make", "--no-print-directory", f"make {target}")
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
