"""`postmortems check`: which files it reports on, where it says things are, and how it ends."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from records import summed_up

FAULTY = """\
---
schema: 1
titel: Checkout refused cards for an hour
summary: A new version of checkout refused all cards, and going back took an hour.
status: publishd
tlp: CLEAR
published: 2026-03-04
severity: sev4
services:
  - example-shop
trigger: deploy
times:
  started: 2026-03-03T14:32
  detected: 2026-03-03T14:40Z
detection: monitoring
impact:
  technical: low
  technical: high
---
"""


def places(output: str) -> list[str]:
    return re.findall(r"^(\S+:\d+:\d+: \w+ \w+)", output, re.MULTILINE)


def test_a_new_knowledge_base_is_clean(run, base):
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout == summed_up(1)


@pytest.mark.parametrize("asked", [[], ["incidents"], ["."], ["incidents/2026", "incidents"]])
def test_all_can_be_asked_for_in_several_ways(run, write, asked):
    write("incidents/2026/2026-03-03-checkout.md")
    result = run("check", *asked)
    assert result.exit_code == 0
    assert result.stdout == summed_up(2)


def test_faults_are_shown_where_they_are(run, write):
    text = FAULTY.replace("  technical: high\n", "")
    write("incidents/2026/2026-03-03-checkout.md", text)
    result = run("check", "incidents")
    name = "incidents/2026/2026-03-03-checkout.md"
    assert result.exit_code == 1
    assert places(result.stdout) == [
        f"{name}:1:1: warning Q13",
        f"{name}:1:1: warning Q14",
        f"{name}:1:1: warning Q15",
        f"{name}:3:1: error S110",
        f"{name}:5:9: error S112",
        f"{name}:13:12: error T01",
    ]
    assert (
        "  3 | titel: Checkout refused cards for an hour\n    | ^^^^^\n  help: did you mean `title`?"
        in result.stdout
    )
    assert result.stdout.endswith("\n\n2 post-mortems checked: 3 errors, 3 warnings.\n")


def test_a_fault_of_the_yaml_is_shown_where_it_is(run, write):
    write("incidents/2026/2026-03-03-checkout.md", FAULTY)
    result = run("check")
    assert places(result.stdout) == ["incidents/2026/2026-03-03-checkout.md:18:3: error S105"]
    assert result.exit_code == 1


def test_five_faults_of_five_kinds_in_one_run(run, write, sound):
    name = "incidents/2026/2026-03-0{}-checkout.md"
    write(name.format(1), sound.replace("severity: sev4", "severity: sev9"))
    write(name.format(2), sound.replace("14:40Z", "14:40"))
    write(name.format(3), sound.replace("- example-shop", "- Example Shop"))
    write(name.format(4), sound.replace("change.rollout:", "change.rolout:"))
    write(name.format(5), sound.replace("detection:", "detected:"))
    result = run("check", "incidents")
    assert result.exit_code == 1
    assert [place.partition(": ")[0] for place in places(result.stdout)] == [
        f"{name.format(1)}:8:11",
        f"{name.format(2)}:14:13",
        f"{name.format(3)}:10:5",
        f"{name.format(4)}:21:6",
        f"{name.format(5)}:17:1",
    ]


def test_only_what_was_asked_for_is_reported(run, write, sound):
    write("incidents/2026/2026-03-03-checkout.md", sound.replace("sev4", "sev9"))
    fine = write("incidents/2025/2025-03-03-checkout.md")
    assert run("check", "incidents/2025").exit_code == 0
    assert run("check", fine).stdout == summed_up(1)
    assert run("check", "incidents/2026").exit_code == 1
    # A folder's name is not the beginning of another's.
    write("incidents/20/2020-03-03-checkout.md")
    assert run("check", "incidents/20").stdout == summed_up(1)


def test_warnings_do_not_fail(run, write, sound):
    draft = sound.replace("status: published", "status: draft").replace("detection: monitoring\n", "")
    write("incidents/2026/2026-03-03-checkout.md", draft)
    result = run("check")
    assert result.exit_code == 0
    assert "warning Q09" in result.stdout
    assert "0 errors, 1 warning." in result.stdout


def test_two_files_of_one_id(run, write):
    write("incidents/2025/2026-03-03-checkout.md")
    write("incidents/2026/2026-03-03-checkout/index.md")
    result = run("check")
    assert result.exit_code == 1
    assert places(result.stdout) == ["incidents/2026/2026-03-03-checkout/index.md:1:1: error S121"]


def test_places_are_shown_from_the_current_folder(run, write, sound, base, monkeypatch, tmp_path):
    path = write("incidents/2026/2026-03-03-checkout.md", sound.replace("sev4", "sev9"))
    monkeypatch.chdir(base / "incidents")
    assert places(run("check").stdout) == ["2026/2026-03-03-checkout.md:8:11: error S112"]
    monkeypatch.chdir(base / "docs")
    assert places(run("check").stdout) == ["../incidents/2026/2026-03-03-checkout.md:8:11: error S112"]
    monkeypatch.chdir(tmp_path)
    expected = ["acme/incidents/2026/2026-03-03-checkout.md:8:11: error S112"]
    assert places(run("check", path).stdout) == expected
    assert places(run("check", "--root", "acme").stdout) == expected
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert places(run("check", path).stdout) == [f"{path}:8:11: error S112"]


def test_a_file_outside_is_checked_by_the_rules_of_this_knowledge_base(run, base, tmp_path, sound):
    outside = tmp_path / "2026-03-03-checkout.md"
    outside.write_text(sound, encoding="utf-8")
    assert run("check", outside).stdout == summed_up(1)
    outside.write_text(sound.replace("sev4", "sev9"), encoding="utf-8")
    result = run("check", outside)
    assert result.exit_code == 1
    assert places(result.stdout) == [f"{outside}:8:11: error S112"]


def test_a_file_outside_of_everything_is_checked_by_the_shipped_rules(run, tmp_path, monkeypatch, sound):
    monkeypatch.chdir(tmp_path)
    outside = tmp_path / "2026-01-01-a.md"
    outside.write_text(sound.replace("sev4", "sev9"), encoding="utf-8")
    result = run("check", "2026-01-01-a.md")
    assert result.exit_code == 1
    assert places(result.stdout) == [
        "2026-01-01-a.md:8:11: error S112",
        "2026-01-01-a.md:10:5: warning X03",
    ]


def test_a_copy_outside_is_not_compared_with_its_original(run, write, base, tmp_path):
    path = write("incidents/2026/2026-03-03-checkout.md")
    copy = tmp_path / path.name
    shutil.copy(path, copy)
    assert run("check", copy).stdout == summed_up(1)


def test_a_folder_outside_is_checked(run, base, tmp_path, sound):
    folder = tmp_path / "drafts"
    (folder / ".hidden").mkdir(parents=True)
    (folder / "2026-03-03-checkout.md").write_text(sound, encoding="utf-8")
    (folder / "notes.md").write_text("Notes\n", encoding="utf-8")
    (folder / ".hidden" / "other.md").write_text("Notes\n", encoding="utf-8")
    result = run("check", folder)
    assert result.exit_code == 1
    assert {place.rsplit("/", 1)[1].split(":")[0] for place in places(result.stdout)} == {"notes.md"}
    assert "2 post-mortems checked" in result.stdout


def test_each_knowledge_base_is_judged_by_its_own_conventions(run, write, base, tmp_path, sound):
    assert run("init", tmp_path / "other").exit_code == 0
    policy = tmp_path / "other/schemas/policy.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("organisation: other", "organisation: ''"), "utf-8"
    )
    write("incidents/2026/2026-03-03-checkout.md")
    assert run("check", "incidents").exit_code == 0
    result = run("check", "incidents", tmp_path / "other/incidents")
    assert result.exit_code == 1
    assert "policy.yaml:3:15: error S114" in result.stdout


def test_faulty_conventions_are_shown_and_nothing_else_is_checked(run, base):
    policy = base / "schemas/policy.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("team: example-team", "team: exampel-team"), "utf-8"
    )
    result = run("check")
    assert result.exit_code == 1
    assert len(places(result.stdout)) == 1
    assert places(result.stdout)[0].startswith("schemas/policy.yaml:")
    assert "Nothing was checked" in result.stderr


def test_a_hidden_file_that_is_named_is_checked(run, write, sound):
    path = write("incidents/.drafts/2026-03-03-checkout.md", sound.replace("sev4", "sev9"))
    assert run("check").exit_code == 0
    assert run("check", path).exit_code == 1


def test_a_readme_among_others_is_noted(run, write):
    readme = write("incidents/README.md", "About this folder\n")
    path = write("incidents/2026/2026-03-03-checkout.md")
    result = run("check", readme, path)
    assert result.exit_code == 0
    assert result.stdout == summed_up(1)
    assert "README.md is not checked" in result.stderr
    assert run("check", readme).exit_code == 2


def test_a_path_that_does_not_exist_is_wrong_use(run, base):
    result = run("check", "incidents/2019")
    assert result.exit_code == 2
    assert "incidents/2019" in result.stderr


@pytest.mark.parametrize("asked", [["empty"], ["empty", "incidents"], ["incidents/2020"]])
def test_nothing_to_check_is_never_a_success(run, base, asked):
    (base / "empty").mkdir()
    (base / "incidents/2020").mkdir()
    result = run("check", *asked)
    assert result.exit_code == 2
    assert f"no post-mortem found in {asked[0]}" in result.stderr


def test_an_empty_knowledge_base_is_never_a_success(run, base):
    shutil.rmtree(base / "incidents/2026")
    for asked in ([], ["incidents"], ["--root", "."]):
        result = run("check", *asked)
        assert result.exit_code == 2
        assert "no post-mortem found in" in result.stderr
    (base / "incidents").rmdir()
    assert "no post-mortem found in" in run("check", "--root", ".").stderr


def test_no_knowledge_base_is_told_with_what_to_do(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("check")
    assert result.exit_code == 2
    assert "postmortems init" in result.stderr


WEIRD = {
    "empty": b"",
    "nulls": b"\0" * 4096,
    "latin-1": b"---\ntitle: caf\xe9\n---\n",
    "utf-16": "---\ntitle: x\n---\n".encode("utf-16"),
    "bom": b"\xef\xbb\xbf---\nschema: 1\n---\n",
    "escape": b"---\ntitle: \x1b[31mred\n---\n",
    "deep": b"---\nx: " + b"[" * 5000 + b"\n---\n",
    "number": b"---\nschema: " + b"9" * 10000 + b"\n---\n",
    "list": b"---\n- a\n- b\n---\n",
    "scalar": b"---\nhello\n---\n",
    "anchor": b"---\na: &a [*a]\n---\n",
    "open": b"---\ntitle: x\n",
    "surrogate": b'---\ntitle: "\\ud800"\n---\n',
    "wrong kinds": b"---\nschema: [1]\ntitle: {}\ntimes: 5\nfactors: {a: b}\nseverity: [x]\nservices: yes\n---\n",
}


@pytest.mark.parametrize("name", WEIRD)
def test_weird_bytes_are_findings(run, base, name):
    (base / "incidents/2026/2026-03-03-weird.md").write_bytes(WEIRD[name])
    result = run("check")
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    assert all(place.startswith("incidents/2026/2026-03-03-weird.md:") for place in places(result.stdout))


@pytest.mark.skipif(os.name == "nt", reason="such names need a file system of bytes")
def test_a_name_that_is_not_utf_8_is_a_finding(run, base):
    name = os.fsencode(base / "incidents/2026/2026-03-03-") + b"\xff.md"
    Path(os.fsdecode(name)).write_bytes(b"hello\n")
    result = run("check")
    assert result.exit_code == 1
    assert "\\udcff" in result.stdout


def test_a_link_that_leads_out_is_a_finding(run, base, tmp_path, sound):
    outside = tmp_path / "2026-03-03-checkout.md"
    outside.write_text(sound, encoding="utf-8")
    link = base / "incidents/2026/2026-03-03-checkout.md"
    link.symlink_to(outside)
    for asked in ([], [link]):
        result = run("check", *asked)
        assert result.exit_code == 1
        assert places(result.stdout) == ["incidents/2026/2026-03-03-checkout.md:1:1: error S122"]


def test_what_is_neither_file_nor_folder_is_told(run, base):
    os.mkfifo(base / "pipe.md")
    result = run("check", "pipe.md")
    assert result.exit_code == 2
    assert "neither a file nor a folder" in result.stderr
