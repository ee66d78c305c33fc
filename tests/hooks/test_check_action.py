"""The steps of the composite action, run as a runner runs them: on a clone of a pull request's merge."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from ci_files import ACTION, WORKFLOWS, bash, parse, step, stub

from records import CHECKOUT

ACTION_YML = parse((ACTION / "action.yml").read_text(encoding="utf-8"))
NOW = "1774958400"  # 2026-03-31T12:00:00Z
SOUND = "incidents/2026/2026-03-03-checkout.md"
NEW = "incidents/2026/2026-03-10-search.md"
OVERDUE = CHECKOUT.replace(
    "no_actions_reason: The rollout has had a first stage since the week after.",
    """actions:
  - id: A1
    title: Give the rollout a first stage
    owner: platform
    opened: 2026-03-04
    due: 2026-03-20
    done_when: a fault reaches one host only""",
)
BROKEN = CHECKOUT.replace("  detected: 2026-03-03T14:40Z", "  detected: 2026-03-03T14:10Z")


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=test", "-c", "user.email=test@example.org", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


class Repository:
    """A knowledge base on a forge, and pull requests to it."""

    def __init__(self, folder: Path, below: str = "") -> None:
        self.folder, self.below = folder, below
        folder.mkdir()
        git(folder, "init", "--quiet", "--initial-branch=main")
        self.commit({SOUND: CHECKOUT})

    def commit(self, files: dict[str, str | None]) -> str:
        for name, text in files.items():
            path = self.folder / self.below / name
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--message=a change")
        return git(self.folder, "rev-parse", "HEAD")

    def pull_request(self, files: dict[str, str | None], meanwhile: dict[str, str | None] | None = None) -> str:
        """Open a pull request, as one whose base moved on meanwhile where so asked; returns the old base."""
        base = git(self.folder, "rev-parse", "HEAD")
        git(self.folder, "checkout", "--quiet", "-b", "topic")
        head = self.commit(files)
        git(self.folder, "update-ref", "refs/pull/7/head", head)
        git(self.folder, "checkout", "--quiet", "main")
        if meanwhile:
            self.commit(meanwhile)
        git(self.folder, "checkout", "--quiet", "--detach")
        git(self.folder, "merge", "--quiet", "--no-ff", "--message=the merge", "topic")
        git(self.folder, "update-ref", "refs/pull/7/merge", "HEAD")
        git(self.folder, "checkout", "--quiet", "main")
        return base

    def checkout(self, ref: str, depth: int, to: Path) -> str:
        """Do what actions/checkout does; returns the commit that is checked out."""
        git(self.folder.parent, "init", "--quiet", str(to))
        git(to, "remote", "add", "origin", f"file://{self.folder}")
        shallow = [f"--depth={depth}"] if depth else []
        git(to, "fetch", "--quiet", "--no-tags", *shallow, "origin", f"+{ref}:refs/remotes/checked-out")
        git(to, "checkout", "--quiet", "--detach", "refs/remotes/checked-out")
        return git(to, "rev-parse", "HEAD")


@dataclass(frozen=True)
class Outcome:
    status: int
    log: str
    summary: str
    outputs: dict[str, str]

    @property
    def annotations(self) -> list[tuple[str, str, str]]:
        """Kind, file and code of each."""
        return re.findall(r"^::(error|warning|notice) file=([^,]+),.*?title=([A-Z]\d+)", self.log, re.MULTILINE)


class Runner:
    """A runner with the tool installed, as the step before leaves it."""

    def __init__(self, folder: Path) -> None:
        self.temp, self.workspace = folder / "temp", folder / "workspace"
        tool = self.temp / "postmortems-check" / "bin"
        tool.mkdir(parents=True)
        for name in ("postmortems", "python"):
            (tool / name).symlink_to(Path(sys.executable).with_name(name))

    def check(self, sha: str, *, event_base: str = "", **inputs: str) -> Outcome:
        check = step(ACTION_YML, "check")
        defaults = {name: about["default"] for name, about in ACTION_YML["inputs"].items()}
        given = defaults | {name.replace("_", "-"): value for name, value in inputs.items()}
        expressions = {f"${{{{ inputs.{name} }}}}": value for name, value in given.items()}
        expressions["${{ github.event.pull_request.base.sha }}"] = event_base
        summary, output = self.temp / "step-summary.md", self.temp / "output"
        summary.write_text("Before.\n", encoding="utf-8")
        env = {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_SHA": sha,
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_OUTPUT": str(output),
            "RUNNER_TEMP": str(self.temp),
            "SOURCE_DATE_EPOCH": NOW,
        }
        done = bash(
            check["run"], self.workspace, env | {key: expressions[value] for key, value in check["env"].items()}
        )
        lines = output.read_text(encoding="utf-8").splitlines() if output.exists() else []
        return Outcome(
            done.returncode,
            done.stdout + done.stderr,
            summary.read_text(encoding="utf-8").removeprefix("Before.\n"),
            dict(line.split("=", 1) for line in lines),
        )


@pytest.fixture
def forge(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "forge")


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path / "runner")


def test_a_broken_record_is_annotated_on_its_line_and_fails(forge, runner):
    base = forge.pull_request({NEW: BROKEN})
    sha = forge.checkout("refs/pull/7/merge", 2, runner.workspace)
    outcome = runner.check(sha, event_base=base)
    assert outcome.status == 1
    assert ("error", NEW, "T05") in outcome.annotations
    assert f"file={NEW},line=14," in outcome.log
    assert "T05" in outcome.summary
    assert int(outcome.outputs["findings"]) >= 1
    assert Path(outcome.outputs["summary"]).read_text(encoding="utf-8") == outcome.summary


def test_a_sound_one_passes_and_says_so(forge, runner):
    base = forge.pull_request({NEW: CHECKOUT})
    sha = forge.checkout("refs/pull/7/merge", 2, runner.workspace)
    outcome = runner.check(sha, event_base=base, args="--select T05")
    assert (outcome.status, outcome.annotations, outcome.outputs["findings"]) == (0, [], "0")
    assert "2 post-mortems checked" in outcome.summary


@pytest.mark.parametrize("depth", [2, 0, 1], ids=["as in the guide", "all history", "fetched afterwards"])
def test_a_pull_request_is_compared_with_what_it_is_merged_into(forge, runner, depth):
    base = forge.pull_request({SOUND: None, NEW: CHECKOUT})
    sha = forge.checkout("refs/pull/7/merge", depth, runner.workspace)
    outcome = runner.check(sha, event_base=base)
    assert ("error", SOUND, "H01") in outcome.annotations
    assert outcome.status == 1


def test_what_others_merged_meanwhile_is_not_held_against_it(forge, runner):
    other = "incidents/2026/2026-03-20-mail.md"
    forge.commit({other: CHECKOUT})
    base = forge.pull_request({NEW: CHECKOUT}, meanwhile={other: None})
    sha = forge.checkout("refs/pull/7/merge", 0, runner.workspace)
    assert "H01" not in runner.check(sha, event_base=base).log


def test_without_a_way_to_the_base_it_fails_and_says_what_to_do(forge, runner):
    base = forge.pull_request({NEW: CHECKOUT})
    sha = forge.checkout("refs/pull/7/merge", 1, runner.workspace)
    git(runner.workspace, "remote", "set-url", "origin", f"file://{forge.folder}-private")
    outcome = runner.check(sha, event_base=base)
    assert outcome.status == 2
    assert "::error title=postmortems::" in outcome.log
    assert "`fetch-depth: 2`" in outcome.log


def test_a_checkout_of_the_branch_itself_is_compared_with_the_base_of_the_event(forge, runner):
    base = forge.pull_request({SOUND: None, NEW: CHECKOUT})
    forge.checkout("refs/pull/7/head", 0, runner.workspace)
    merge = git(forge.folder, "rev-parse", "refs/pull/7/merge")
    assert ("error", SOUND, "H01") in runner.check(merge, event_base=base).annotations


def test_a_push_is_compared_with_nothing_unless_told(forge, runner):
    base = git(forge.folder, "rev-parse", "HEAD")
    forge.commit({SOUND: None, NEW: CHECKOUT})
    sha = forge.checkout("refs/heads/main", 0, runner.workspace)
    assert "H01" not in runner.check(sha).log
    assert ("error", SOUND, "H01") in runner.check(sha, base=base).annotations


def test_only_what_changed(forge, runner):
    forge.commit({SOUND: BROKEN})
    base = forge.pull_request({NEW: BROKEN})
    sha = forge.checkout("refs/pull/7/merge", 2, runner.workspace)
    assert {file for _, file, _ in runner.check(sha, event_base=base).annotations} == {SOUND, NEW}
    assert {file for _, file, _ in runner.check(sha, event_base=base, changed="true").annotations} == {NEW}


def test_changed_without_a_base_means_everything(forge, runner):
    sha = forge.checkout("refs/heads/main", 1, runner.workspace)
    assert "1 post-mortem checked" in runner.check(sha, changed="true").summary


def test_sarif(forge, runner):
    base = forge.pull_request({NEW: BROKEN})
    sha = forge.checkout("refs/pull/7/merge", 2, runner.workspace)
    assert runner.check(sha, event_base=base, sarif="postmortems.sarif").status == 1
    results = json.loads((runner.workspace / "postmortems.sarif").read_text(encoding="utf-8"))["runs"][0][
        "results"
    ]
    assert "T05" in {result["ruleId"] for result in results}


def test_warnings_fail_where_so_asked(forge, runner):
    sha = forge.checkout("refs/heads/main", 1, runner.workspace)
    unknown_service = "--select X03"
    assert runner.check(sha, args=unknown_service).status == 0
    assert runner.check(sha, args=unknown_service, fail_level="warning").status == 1


def test_paths_and_options_are_taken_apart(forge, runner):
    sha = forge.checkout("refs/heads/main", 1, runner.workspace)
    (runner.workspace / NEW).write_text(BROKEN, encoding="utf-8")
    aside = runner.workspace / "put aside"
    aside.mkdir()
    (aside / "2026-03-11-mail.md").write_text(BROKEN, encoding="utf-8")
    outcome = runner.check(sha, paths=f"{SOUND}\nput aside\n", args=" --ignore\n  T06,Q01 --select T ")
    assert {file for _, file, _ in outcome.annotations} == {"put aside/2026-03-11-mail.md"}


def test_no_input_is_run(forge, runner):
    sha = forge.checkout("refs/heads/main", 1, runner.workspace)
    attack = """$(touch pwned)`touch pwned`"; touch pwned; ' touch pwned; #"""
    for name in ACTION_YML["inputs"]:
        assert runner.check(sha, **{name: attack}).status in {0, 2}
    assert not list(runner.workspace.glob("pwned*"))


def test_nothing_is_imported_from_the_pull_request(forge, runner):
    sha = forge.checkout("refs/heads/main", 1, runner.workspace)
    for name in ("json", "click", "postmortems", "sitecustomize"):
        (runner.workspace / f"{name}.py").write_text("open('pwned', 'w')\n", encoding="utf-8")
    assert runner.check(sha).status == 0
    assert not (runner.workspace / "pwned").exists()


def test_what_is_due_is_told_and_fails_nothing(forge, runner):
    forge.commit({NEW: OVERDUE})
    sha = forge.checkout("refs/heads/main", 1, runner.workspace)
    due = step(parse((WORKFLOWS / "due.yml").read_text(encoding="utf-8")), "due")
    outcome = runner.check(sha, **due["with"])
    assert (outcome.status, outcome.outputs["findings"]) == (0, "1")
    assert outcome.annotations == [("warning", NEW, "D01")]
    assert "D01" in Path(outcome.outputs["summary"]).read_text(encoding="utf-8")
    assert "D01" not in runner.check(sha).log


def test_a_wrong_option_fails_as_wrong_use(forge, runner):
    sha = forge.checkout("refs/heads/main", 1, runner.workspace)
    outcome = runner.check(sha, args="--no-such-option")
    assert outcome.status == 2
    assert outcome.outputs == {}


def test_a_knowledge_base_in_a_subfolder_is_annotated_by_paths_of_the_repository(tmp_path, runner):
    forge = Repository(tmp_path / "forge", below="knowledge")
    base = forge.pull_request({NEW: BROKEN})
    sha = forge.checkout("refs/pull/7/merge", 2, runner.workspace)
    outcome = runner.check(sha, event_base=base, paths="knowledge/incidents")
    assert ("error", f"knowledge/{NEW}", "T05") in outcome.annotations


def test_what_is_installed_is_this_commit_in_the_versions_of_the_lock(tmp_path):
    install = step(ACTION_YML, "install")
    stub(
        tmp_path,
        "python",
        'printf "%s\\n" "$*" >>"$RUNNER_TEMP/calls"\n'
        'if [ "$3" = venv ]; then mkdir -p "$5/bin"; cp "$0" "$5/bin/python"; fi',
    )
    env = {
        "PYTHON": str(tmp_path / "python"),
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_ACTION_PATH": str(ACTION),
    }
    assert bash(install["run"], tmp_path, env).returncode == 0
    created, needed, tool = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert created == f"-I -m venv --clear {tmp_path / 'postmortems-check'}"
    assert needed.endswith(f" install --require-hashes -r {ACTION}/requirements.txt")
    assert tool.endswith(f" install --no-deps --no-build-isolation {ACTION}/../../..")
