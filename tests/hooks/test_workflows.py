"""Workflows, the action and the guide's examples: pinned, with the least rights, and open to no injection."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest
from ci_files import ACTION, GUIDE, REPOSITORY, block, blocks, parse, steps_of, workflow_texts

# Commits that were read from the actions' own repositories. A new one is verified there before it is written here.
PINS = {
    "actions/checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "actions/deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
    "actions/download-artifact": ("3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1"),
    "actions/setup-python": ("5fda3b95a4ea91299a34e894583c3862153e4b97", "v7.0.0"),
    "actions/upload-artifact": ("bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0"),
    "pypa/gh-action-pypi-publish": ("ed0c53931b1dc9bd32cbe73a98c7f6766f8a527e", "v1.13.0"),
    "actions/upload-pages-artifact": ("fc324d3547104276b827a68afc52ff2a11cc49c9", "v5.0.0"),
}
OURS = {"./.github/actions/check", "OWNER/postmortems/.github/actions/check@COMMIT"}
# All that may write, by workflow and job.
WRITES = {
    ("publish.yml", "deploy"): {"pages", "id-token"},
    ("due.yml", "report"): {"issues"},
    ("release.yml", "publish"): {"id-token"},
    ("scan.yml", "upload"): {"security-events"},
}
# Actions that run nothing of the checkout and nothing that was installed.
RUN_NOTHING = {"actions/download-artifact", "actions/deploy-pages", "pypa/gh-action-pypi-publish"}
SAFE_TRIGGERS = {"pull_request", "push", "schedule", "workflow_dispatch"}

WORKFLOW_TEXTS = workflow_texts()
ACTION_TEXT = (ACTION / "action.yml").read_text(encoding="utf-8")
TEXTS = WORKFLOW_TEXTS | {
    "action.yml": ACTION_TEXT,
    **{f"README.md {i}": one.text for i, one in enumerate(blocks(ACTION / "README.md"))},
}

every_workflow = pytest.mark.parametrize("name", WORKFLOW_TEXTS)
every_text = pytest.mark.parametrize("name", TEXTS)


@every_text
def test_every_action_is_pinned_to_a_verified_commit(name):
    lines = [line.strip().removeprefix("- ") for line in TEXTS[name].splitlines()]
    used = [line.removeprefix("uses: ") for line in lines if line.startswith("uses:")]
    assert used
    for reference in used:
        action, _, comment = reference.partition(" # ")
        if action not in OURS:
            path, _, commit = action.partition("@")
            assert (commit, comment) == PINS[path], reference


def test_every_pin_is_used():
    used = " ".join(TEXTS.values())
    assert [action for action in PINS if f"{action}@" not in used] == []


@every_workflow
def test_no_trigger_hands_rights_to_strangers(name):
    assert set(parse(WORKFLOW_TEXTS[name])["on"]) <= SAFE_TRIGGERS


@every_workflow
def test_jobs_have_the_least_rights(name):
    document = parse(WORKFLOW_TEXTS[name])
    assert document["permissions"] == {}
    for job, content in document["jobs"].items():
        writes = {right for right, level in content["permissions"].items() if level != "read"}
        assert writes == WRITES.get((name.rpartition("/")[2], job), set())


@every_workflow
def test_a_job_that_writes_runs_nothing_that_was_checked_out_or_installed(name):
    for job, content in parse(WORKFLOW_TEXTS[name])["jobs"].items():
        if "write" in content["permissions"].values():
            used = [step["uses"].partition("@")[0] for step in content["steps"] if "uses" in step]
            assert set(used) <= RUN_NOTHING, job


@every_workflow
def test_runs_end_and_do_not_pile_up(name):
    document = parse(WORKFLOW_TEXTS[name])
    assert {"group", "cancel-in-progress"} <= document["concurrency"].keys()
    assert all(0 < int(job["timeout-minutes"]) <= 60 for job in document["jobs"].values())


@every_text
def test_checkouts_leave_no_credentials_behind(name):
    document = parse(TEXTS[name])
    steps = document["steps"] if "steps" in document else steps_of(document)
    for step in steps:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@every_text
def test_scripts_take_values_by_their_environment_only(name):
    document = parse(TEXTS[name])
    for step in document["steps"] if "steps" in document else steps_of(document):
        assert "${{" not in step.get("run", "")


@every_text
def test_no_secret_is_asked_for(name):
    assert "secrets." not in TEXTS[name]
    assert "secrets:" not in TEXTS[name]


@every_text
def test_scripts_are_sound_bash(name):
    document = parse(TEXTS[name])
    for step in document["steps"] if "steps" in document else steps_of(document):
        if "run" in step:
            read = subprocess.run(["bash", "-n"], input=step["run"], capture_output=True, text=True, check=False)
            assert (read.returncode, read.stderr) == (0, "")


def test_every_step_of_the_action_names_its_shell():
    assert all(step["shell"] == "bash" for step in steps_of(parse(ACTION_TEXT)) if "run" in step)


def test_every_input_of_the_action_is_used():
    for name in parse(ACTION_TEXT)["inputs"]:
        assert f"${{{{ inputs.{name} }}}}" in ACTION_TEXT


def test_callers_name_inputs_that_exist():
    inputs = parse(ACTION_TEXT)["inputs"].keys()
    for text in WORKFLOW_TEXTS.values():
        for step in steps_of(parse(text)):
            if "/actions/check" in step.get("uses", ""):
                assert step.get("with", {}).keys() <= inputs


@pytest.mark.parametrize("page", [GUIDE, ACTION / "README.md"], ids=lambda page: page.name)
def test_pages_tell_every_input_and_its_default(page):
    rows = re.findall(r"^\| `([\w-]+)` \| (.+?) \| (.+) \|$", page.read_text(encoding="utf-8"), re.MULTILINE)
    told = {name: default for name, default, _ in rows}
    inputs = parse(ACTION_TEXT)["inputs"]
    assert told.keys() == inputs.keys()
    for name, about in inputs.items():
        assert f"`{about['default']}`" == told[name] or (not about["default"] and "none" in told[name])


def test_the_readme_tells_every_output():
    text = (ACTION / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([\w-]+)` \| [^|]+ \|$", text, re.MULTILINE) == [*parse(ACTION_TEXT)["outputs"]]


def test_the_guide_shows_the_workflow_that_runs_here():
    ours = re.sub(r"uses: \./(\S+).*", r"uses: OWNER/postmortems/\1@COMMIT", WORKFLOW_TEXTS["due.yml"])
    assert block(".github/workflows/due.yml") == ours


def test_a_site_is_built_with_the_history_that_it_looks_into():
    """Follow-through tells of due dates that moved without a slip, as the history of the files has them."""
    jobs = [job for text in WORKFLOW_TEXTS.values() for job in parse(text)["jobs"].values()]
    builds = [job for job in jobs if "upload-pages-artifact" in str(job)]
    assert len(builds) == 2
    for build in builds:
        assert build["steps"][0]["uses"].startswith("actions/checkout@")
        assert build["steps"][0]["with"]["fetch-depth"] == "0"


def test_gitlab_builds_the_site_with_the_history_too():
    assert parse(block(".gitlab-ci.yml"))["pages"]["variables"]["GIT_DEPTH"] == "0"


def test_the_tests_run_on_every_python_that_is_promised():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = [text.rpartition(" ")[2] for text in project["classifiers"] if "Python :: 3." in text]
    matrix = parse(WORKFLOW_TEXTS["check.yml"])["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["python"] == promised
    assert project["requires-python"] == f">={promised[0]}"
    assert matrix["include"] == [{"python": promised[0], "requirements": "tests/requirements-lowest.txt"}]


def test_a_release_is_a_tag_built_once_tested_and_published_last():
    release = parse(WORKFLOW_TEXTS["release.yml"])
    assert release["on"] == {"push": {"tags": ["v*"]}}
    jobs = release["jobs"]
    assert [name for name, job in jobs.items() if "make dist" in str(job)] == ["build"]
    assert 'PACKAGE="$(ls dist/*.whl)"' in str(jobs["test"])
    assert jobs["publish"]["needs"] == ["build", "test"]
    assert jobs["publish"]["environment"] == "pypi"


def test_dependabot_watches_every_folder_with_actions():
    config = parse((REPOSITORY / ".github" / "dependabot.yml").read_text(encoding="utf-8"))
    (watched,) = [one for one in config["updates"] if one["package-ecosystem"] == "github-actions"]
    folders = {
        f"/{path.parent.relative_to(REPOSITORY).as_posix()}"
        for path in REPOSITORY.glob(".github/actions/*/action.yml")
    }
    assert set(watched["directories"]) == {"/", *folders}
