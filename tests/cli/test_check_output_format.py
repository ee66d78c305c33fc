"""`postmortems check --output-format`: what is printed, what is written to files, and what CI is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from postmortems.findings.formats.github_summary import STEP_LIMIT
from postmortems.findings.formats.registry import FORMATS

NAME = "incidents/2026/2026-03-03-checkout.md"


def names() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


@pytest.fixture
def faulty(write, sound):
    return write(NAME, sound.replace("sev4", "sev9"))


def test_full_is_the_default(run, faulty):
    assert run("check").stdout == run("check", "--output-format", "full").stdout


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_printed_and_written(run, faulty, base, name):
    printed = run("check", "--output-format", name)
    written = run("check", "--output-format", f"{name}=report")
    assert printed.exit_code == written.exit_code == 1
    assert "S112" in printed.stdout
    assert Path("report").read_text(encoding="utf-8") == printed.stdout
    assert written.stdout == run("check").stdout
    assert name in run("check", "--help").output


def test_concise_is_one_line_a_finding(run, faulty):
    lines = run("check", "--output-format", "concise").stdout.splitlines()
    assert lines[0].startswith(f"{NAME}:8:11: error S112 ")
    assert lines[1:] == ["2 post-mortems checked: 1 error, 0 warnings."]


def test_machines_get_nothing_but_their_format(run, faulty):
    assert json.loads(run("check", "--output-format", "json").stdout)["findings"][0]["path"] == NAME
    json.loads(run("check", "-q", "--output-format", "sarif").stdout)
    etree.fromstring(run("check", "--output-format", "junit").stdout.encode())


def test_annotations_and_a_file_in_one_run(run, faulty):
    result = run("check", "--output-format", "github", "--output-format", "sarif=findings.sarif")
    assert result.stdout.startswith("::error ")
    log = json.loads(Path("findings.sarif").read_text(encoding="utf-8"))
    assert [found["ruleId"] for found in log["runs"][0]["results"]] == ["S112"]
    rules = [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
    assert {"Q01", "S112", "T01", "X01"} <= set(rules)
    assert rules == sorted(rules)


def test_a_file_holds_no_colours(run, faulty, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("check", "--output-format", "full=report").stdout
    assert "\x1b" not in Path("report").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("outputs", "told"),
    [
        (["json", "sarif"], "json and sarif can't both go to standard output"),
        (["json=a", "sarif=a"], "a is given twice"),
        (["jsn"], "unknown format `jsn`; did you mean `json`?"),
        (["html"], "unknown format `html`; there are full, concise, json, github"),
        (["json="], "has no file name: write `json=FILE`"),
        (["json=incidents"], "has no file name"),
        (["json=nowhere/a.json"], "there is no folder `nowhere`"),
    ],
)
def test_what_can_not_be_written_is_wrong_use(run, faulty, outputs, told):
    before = names()
    result = run("check", *(f"--output-format={output}" for output in outputs))
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert names() == before


def test_statistics_are_for_people(run, faulty):
    assert run("check", "--statistics", "--output-format", "json").exit_code == 2
    assert run("check", "--statistics", "--output-format", "concise").exit_code == 1
    result = run("check", "--statistics", "--output-format", "json=report.json")
    assert result.stdout.startswith("1  S112")
    assert json.loads(Path("report.json").read_text(encoding="utf-8"))["summary"]["errors"] == 1


def test_an_earlier_file_is_replaced_and_nothing_else_is_left(run, faulty):
    Path("report.json").write_text("old" * 10000, encoding="utf-8")
    before = names()
    run("check", "--output-format", "json=report.json")
    json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert names() == before


def test_a_link_is_written_through(run, faulty):
    Path("real.json").write_text("old", encoding="utf-8")
    Path("link.json").symlink_to("real.json")
    run("check", "--output-format", "json=link.json")
    assert Path("link.json").is_symlink()
    json.loads(Path("real.json").read_text(encoding="utf-8"))


def test_a_device_is_written_to(run, faulty):
    assert run("check", "--output-format", "json=/dev/null").exit_code == 1
    assert not Path("/dev/null").is_file()


def test_a_disk_that_refuses_leaves_nothing_behind(run, faulty, monkeypatch):
    def refuse(self: Path, *_: object) -> None:
        raise OSError(28, "No space left on device", str(self))

    Path("report.json").write_text("old", encoding="utf-8")
    before = names()
    monkeypatch.setattr(Path, "replace", refuse)
    result = run("check", "--output-format", "json=report.json")
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert result.stdout == ""
    assert names() == before
    assert Path("report.json").read_text(encoding="utf-8") == "old"


def test_faulty_conventions_come_in_the_format_asked_for(run, base):
    policy = base / "schemas/policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("team: example-team", "team: none"), "utf-8")
    result = run("check", "--output-format", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert [finding["code"] for finding in found["findings"]] == ["S118"]
    assert found["findings"][0]["name"] == "sound-conventions"
    assert found["summary"] == {"files": 0, "errors": 1, "warnings": 0, "infos": 0, "failed": True}
    assert "Nothing was checked" in result.stderr


def paths_in(text: str) -> set[str]:
    log = json.loads(text)
    return {
        found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for found in log["runs"][0]["results"]
    }


def test_forges_name_files_from_the_top_of_the_repository(run, faulty, base, monkeypatch, tmp_path):
    from_the_top = f"acme/{NAME}"
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(base / "docs")
    assert paths_in(run("check", "--output-format", "sarif").stdout) == {from_the_top}
    assert f"file={from_the_top}," in run("check", "--output-format", "github").stdout
    issue = json.loads(run("check", "--output-format", "gitlab").stdout)[0]
    assert issue["location"]["path"] == from_the_top
    found = json.loads(run("check", "--output-format", "json").stdout)["findings"][0]
    assert found["path"] == f"../{NAME}"
    (base / ".git").write_text("gitdir: elsewhere", encoding="utf-8")  # as in a worktree or a submodule
    assert paths_in(run("check", "--output-format", "sarif").stdout) == {NAME}


def test_without_a_repository_files_are_named_from_the_knowledge_base(run, faulty, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert paths_in(run("check", faulty, "--output-format", "sarif").stdout) == {NAME}


@pytest.fixture
def step(tmp_path, monkeypatch):
    """A step of GitHub Actions; the file of its summary."""
    summary = tmp_path / "summary.md"
    summary.touch()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    return summary


def test_under_github_actions_there_are_annotations_and_a_summary(run, faulty, step):
    step.write_text("Before.\n\n", encoding="utf-8")
    result = run("check")
    assert result.stdout.startswith(
        f"::error file={NAME},line=8,endLine=8,col=11,endColumn=15,title=S112 known-word::"
    )
    text = step.read_text(encoding="utf-8")
    assert text.startswith("Before.\n\n## Post-mortems: 1 error, 0 warnings\n")
    run("check")
    assert step.read_text(encoding="utf-8").count("## Post-mortems") == 2


def test_another_format_leaves_the_summary_alone(run, faulty, step):
    run("check", "--output-format", "full", "--output-format", "github=annotations")
    run("check", "--statistics")
    assert step.read_text(encoding="utf-8") == ""
    assert Path("annotations").read_text(encoding="utf-8").startswith("::error ")


def test_without_a_summary_there_are_annotations_all_the_same(run, faulty, step, monkeypatch):
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert run("check").stdout.startswith("::error ")


@pytest.mark.parametrize("taken", [STEP_LIMIT - 100, STEP_LIMIT, STEP_LIMIT + 1])
def test_a_full_summary_is_not_overrun(run, faulty, step, taken):
    step.write_text("x" * taken, encoding="utf-8")
    assert run("check").exit_code == 1
    assert step.stat().st_size == taken
