"""The guide's examples can be copied as they stand: every command that they call is one that there is."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ci_files import GUIDE, bash, block, blocks, parse, path_with, steps_of, stub

from postmortems.cli.main import command

if TYPE_CHECKING:
    import click

GITLAB = parse(block(".gitlab-ci.yml"))
# Stands in for a command: writes down its arguments, one call a line.
RECORD = r"""python3 -c 'import json, sys; print(json.dumps(sys.argv[1:]))' "${0##*/}" "$@" >>"$CALLS" """


@pytest.fixture
def knowledge_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "incidents").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read_by_the_command(arguments: list[str]) -> click.Context:
    """The command line as `postmortems` reads it, without running it; fails on any wrong word."""
    name, *rest = arguments
    return command(name).make_context(name, rest)


def console_lines() -> list[str]:
    """What follows `$ postmortems`, but for the summaries of how a command is used and what a shell redirects."""
    pages = sorted(GUIDE.parent.glob("*.md"))
    texts = [one.text for page in pages for one in blocks(page) if one.language == "console"]
    text = "\n".join(texts).replace("\\\n", " ")
    lines = re.findall(r"^\$ postmortems (.+)$", text, re.MULTILINE)
    return [line.partition(" > ")[0] for line in lines if "[OPTIONS]" not in line]


@pytest.mark.parametrize("line", console_lines())
def test_command_lines_of_the_guide_are_understood(knowledge_base, line):
    arguments = shlex.split(line, comments=True)
    for name in arguments:
        if name.endswith(".md"):
            (knowledge_base / name).parent.mkdir(parents=True, exist_ok=True)
            (knowledge_base / name).touch()
        elif name.startswith("incidents/"):
            (knowledge_base / name).mkdir(exist_ok=True)
    assert read_by_the_command(arguments).info_name == arguments[0]


def test_the_guide_has_command_lines():
    assert len(console_lines()) >= 6


def test_options_that_the_guide_names_exist():
    prose = re.sub(r"^```.*?^```$", "", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    known = {option for parameter in command("check").params for option in parameter.opts}
    others = {"--generate-hashes", "--title"}  # of pip-compile and gh
    assert set(re.findall(r"`(?:[a-z ]+ )?(--[a-z-]+)", prose)) <= known | others


@pytest.mark.parametrize("base", ["", "3d3c42e5aac5ba805825da76410c181273ba90b1"], ids=["branch", "merge request"])
def test_the_script_for_gitlab(knowledge_base, base):
    for name in ("python", "postmortems"):
        stub(knowledge_base / "bin", name, RECORD)
    env = {
        "PATH": path_with(knowledge_base / "bin"),
        "CALLS": str(knowledge_base / "calls"),
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
    }
    done = bash("\n".join(GITLAB["check"]["script"]), knowledge_base, env)
    assert done.returncode == 0
    calls = [json.loads(line) for line in Path("calls").read_text(encoding="utf-8").splitlines()]
    (arguments,) = [call[1:] for call in calls if call[0] == "postmortems"]
    read = read_by_the_command(arguments).params
    assert (read["base"] or "") == base
    files = {str(output.file) for output in read["outputs"] if output.file}
    assert files == set(GITLAB["check"]["artifacts"]["reports"].values())


def test_the_site_of_gitlab_is_built_where_pages_looks():
    assert any("--site-dir public" in line for line in GITLAB["pages"]["script"])
    assert GITLAB["pages"]["artifacts"]["paths"] == ["public"]


def test_what_is_uploaded_to_code_scanning_is_the_sarif(tmp_path):
    stub(tmp_path / "bin", "gh", RECORD)
    sarif = json.dumps({"runs": ["ä" * 1000]})
    (tmp_path / "postmortems.sarif").write_text(sarif, encoding="utf-8")
    (script,) = [step for step in steps_of(parse(block(".github/workflows/scan.yml"))) if "run" in step]
    env = {
        "PATH": path_with(tmp_path / "bin"),
        "CALLS": str(tmp_path / "calls"),
        "GITHUB_REPOSITORY": "acme/incidents",
        "GITHUB_SHA": "abc",
        "GITHUB_REF": "refs/heads/main",
    }
    assert bash(script["run"], tmp_path, env).returncode == 0
    call = json.loads((tmp_path / "calls").read_text(encoding="utf-8"))
    assert "repos/acme/incidents/code-scanning/sarifs" in call
    assert {"commit_sha=abc", "ref=refs/heads/main", "sarif=@upload.txt"} <= set(call)
    uploaded = (tmp_path / "upload.txt").read_text(encoding="ascii")
    assert gzip.decompress(base64.b64decode(uploaded, validate=True)).decode() == sarif


def test_every_example_is_yaml_and_named():
    for one in blocks(GUIDE):
        assert one.language in {"yaml", "console"}
        if one.language == "yaml":
            assert one.title
            assert isinstance(parse(one.text), dict)
