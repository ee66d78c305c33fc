"""`postmortems check --base` and `--changed`: in real Git repositories, compared without a checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from records import summed_up
from repositories import commit, git, own_git

ACTIONS = """\
actions:
  - id: A1
    title: Roll out to one host before all others
    owner: example-team
    due: 2026-04-10
    done_when: a release has stopped at the first host
    output: patch-config
  - id: A2
    title: Alarm on refused cards for each version
    owner: example-team
    due: 2026-04-20
    done_when: the alarm fired for a test version
    output: alert
"""
FIRST, SECOND = ACTIONS.removeprefix("actions:\n").split("  - id: A2")
SLIP = """\
    slips:
      - from: 2026-04-10
        to: 2026-05-10
        reason: The hosts are moved first.
"""
AMENDED = """\
amended:
  - date: 2026-03-20
    what: The start moved from 14:32 to 14:20.
    why: The log of the payment service shows refused cards from then on.
"""
TOMBSTONE = """\
---
schema: 1
title: Checkout refused cards for an hour
status: withdrawn
tlp: CLEAR
published: 2026-03-04
amended:
  - date: 2026-03-20
    what: Withdrawn.
    why: It was a test.
---
"""
NAME = "incidents/2026/2026-03-03-checkout.md"
CLEAN = summed_up(1).partition(": ")[2]


@pytest.fixture(autouse=True)
def _own_git(monkeypatch, tmp_path):
    own_git(monkeypatch, tmp_path.parent)


def places(output: str) -> list[str]:
    return re.findall(r"^(\S.*:\d+:\d+: \w+ \w+)", output, re.MULTILINE)


@pytest.fixture
def published(sound) -> str:
    """A published post-mortem with two actions."""
    return sound.replace("no_actions_reason: The rollout has had a first stage since the week after.\n", ACTIONS)


@pytest.fixture
def repository(base, write, published):
    """A knowledge base with that post-mortem on its branch `main`; the branch `change` is checked out."""
    write(NAME, published)
    git("init", "--quiet", "--initial-branch", "main")
    commit()
    git("switch", "--quiet", "--create", "change")
    return base


@pytest.fixture
def amend(repository, write, published):
    """Change the text of that post-mortem in the working tree."""

    def _amend(*changes: tuple[str, str]) -> None:
        text = published
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        write(NAME, text)

    return _amend


LOST = ("  - id: A2" + SECOND, "")
MOVED = ("2026-04-10", "2026-05-10")


def test_nothing_changed(run, repository):
    result = run("check", "--base", "main")
    assert result.exit_code == 0
    assert result.stdout == summed_up(2)


def test_a_deleted_action_is_an_error_where_the_actions_are(run, amend):
    amend(LOST)
    assert run("check").exit_code == 0
    result = run("check", "--base", "main")
    assert result.exit_code == 1
    assert places(result.stdout) == [f"{NAME}:24:1: error H01"]
    assert "action A2 was removed: “Alarm on refused cards for each version”" in result.stdout


def test_a_reused_id_is_an_error_at_the_id(run, amend):
    amend(("  - id: A1" + FIRST.removeprefix("  - id: A1"), ""), ("id: A2", "id: A1"))
    result = run("check", "--base", "main")
    assert result.exit_code == 1
    assert places(result.stdout) == [f"{NAME}:24:1: error H01", f"{NAME}:25:9: error H01"]


def test_a_moved_due_date_is_a_warning_at_the_date(run, amend):
    amend(MOVED)
    result = run("check", "--base", "main")
    assert result.exit_code == 0
    assert places(result.stdout) == [f"{NAME}:28:10: warning H02"]
    amend(MOVED, ("    output: patch-config\n", f"    output: patch-config\n{SLIP}"))
    assert run("check", "--base", "main").stdout.endswith(CLEAN)


def test_changed_times_need_an_amendment(run, amend):
    start = ("14:32Z", "14:20Z")
    amend(start)
    result = run("check", "--base", "main")
    assert result.exit_code == 1
    assert places(result.stdout) == [f"{NAME}:13:12: error H01"]
    amend(start, ("actions:\n", AMENDED + "actions:\n"))
    assert run("check", "--base", "main").stdout.endswith(CLEAN)


@pytest.mark.parametrize("how", ["unstaged", "staged", "committed"])
def test_a_deleted_post_mortem_is_an_error_at_the_file_that_is_gone(run, repository, how):
    if how == "unstaged":
        Path(NAME).unlink()
    else:
        git("rm", "--quiet", NAME)
    if how == "committed":
        commit()
    for asked in ([], ["--changed"], ["incidents"], ["incidents/2026", "--changed"]):
        result = run("check", "--base", "main", *asked)
        assert result.exit_code == 1
        assert places(result.stdout) == [f"{NAME}:1:1: error H01"]
    assert run("check").exit_code == 0


def test_what_is_gone_elsewhere_was_not_asked_for(run, repository, write, sound):
    git("rm", "--quiet", NAME)
    write("incidents/2025/2025-03-03-checkout.md", sound)
    assert run("check", "incidents/2025", "--base", "main").stdout == summed_up(1)


def test_a_withdrawn_post_mortem_stays_as_a_tombstone(run, write, repository):
    write(NAME, TOMBSTONE)
    assert run("check", "--base", "main").exit_code == 0
    git("commit", "--quiet", "--all", "--message", "Withdrawn")
    Path(NAME).unlink()
    result = run("check", "--base", "HEAD")
    assert places(result.stdout) == [f"{NAME}:1:1: error H01"]


def test_a_draft_is_changed_and_deleted_freely(run, write, repository, published):
    draft = published.replace("status: published", "status: draft")
    name = "incidents/2026/2026-02-02-draft.md"
    path = write(name, draft)
    commit()
    write(name, draft.replace(*LOST).replace(*MOVED).replace("14:32Z", "14:20Z"))
    assert run("check", "--base", "HEAD").stdout.endswith(CLEAN)
    path.unlink()
    assert run("check", "--base", "HEAD").stdout.endswith(CLEAN)


def test_a_file_that_moves_keeps_its_id(run, repository):
    for place in ("incidents/2025/2026-03-03-checkout.md", "incidents/2025/2026-03-03-checkout/index.md"):
        Path(place).parent.mkdir(parents=True)
        git("mv", NAME, place)
        result = run("check", "--base", "main", "--changed")
        assert result.exit_code == 0
        assert result.stdout == summed_up(1)
        git("mv", place, NAME)


@pytest.mark.parametrize("tracked", [True, False])
def test_another_slug_is_another_id(run, repository, tracked):
    place = "incidents/2026/2026-03-03-cards.md"
    git("mv", NAME, place) if tracked else Path(NAME).rename(place)
    result = run("check", "--base", "main")
    assert result.exit_code == 1
    assert places(result.stdout) == [f"{NAME}:1:1: error H01"]
    assert "`2026-03-03-checkout` is now `2026-03-03-cards`" in result.stdout


def test_a_file_put_aside_is_a_deleted_one(run, repository):
    Path("incidents/.attic").mkdir()
    git("mv", NAME, "incidents/.attic/")
    assert places(run("check", "--base", "main").stdout) == [f"{NAME}:1:1: error H01"]


def test_the_base_is_where_the_branches_parted(run, repository, write, published, sound):
    git("switch", "--quiet", "main")
    write(NAME, published.replace("14:32Z", "14:20Z").replace(*MOVED))
    write("incidents/2026/2026-03-05-later.md", sound)
    commit()
    git("switch", "--quiet", "change")
    result = run("check", "--base", "main", "--changed")
    assert result.exit_code == 0
    assert result.stdout == summed_up(0)


def test_the_head_is_the_working_tree(run, repository, amend):
    amend(LOST)
    commit()
    assert run("check", "--base", "main").exit_code == 1
    amend()
    assert run("check", "--base", "main").exit_code == 0
    amend(LOST)
    git("add", NAME)
    assert run("check", "--base", "HEAD").exit_code == 0, "that commit has lost it already"


def test_any_name_of_a_commit_is_a_base(run, repository, amend):
    git("tag", "--annotate", "--message", "One", "v1")
    amend(LOST)
    commit()
    for name in ("HEAD~1", "v1", git("rev-parse", "main").strip(), git("rev-parse", "--short", "main").strip()):
        assert run("check", "--base", name).exit_code == 1
    assert run("check", "--base", "HEAD").exit_code == 0


def test_changed_leaves_out_what_is_the_same(run, repository, write, sound):
    write("incidents/2026/2026-03-01-old.md", sound.replace("sev4", "sev9"))
    commit()
    assert run("check").exit_code == 1
    write("incidents/2026/2026-03-04-new.md", sound.replace("sev4", "sev9"))
    result = run("check", "--base", "HEAD", "--changed")
    assert result.exit_code == 1
    assert places(result.stdout) == ["incidents/2026/2026-03-04-new.md:8:11: error S112"]
    assert "1 post-mortem checked: 1 error" in result.stdout
    result = run("check", "--base", "HEAD", "--changed", "incidents/2026/2026-03-01-old.md")
    assert (result.exit_code, result.stdout) == (0, summed_up(0))


def test_changed_leaves_out_what_git_is_to_ignore_or_only_the_time_of_which_changed(run, repository, write, sound):
    Path(".git/info/exclude").write_text("*-private.md\n", encoding="utf-8")
    write("incidents/2026/2026-03-04-private.md", sound)
    os.utime(NAME, (0, 0))
    assert run("check", "--base", "main", "--changed").stdout == summed_up(0)


def test_changed_compares_with_all_others(run, repository, write, published):
    links = "related:\n  - 2026-03-03-checkout\n  - 2026-03-03-checkot\n"
    write("incidents/2026/2026-03-04-new.md", published.replace("actions:\n", links + "actions:\n"))
    result = run("check", "--base", "main", "--changed")
    assert places(result.stdout) == ["incidents/2026/2026-03-04-new.md:26:5: error X01"]


def test_changed_reports_a_file_whose_id_a_new_one_took(run, repository, write, published):
    # The file that is the same stands later, and so the finding is about it; other findings about it are not.
    write(NAME, published.replace("- example-shop", "- unheard-of"))
    commit()
    write("incidents/2025/2026-03-03-checkout.md", published)
    result = run("check", "--base", "HEAD", "--changed")
    assert places(result.stdout) == [f"{NAME}:1:1: error S121"]
    assert result.exit_code == 1


def test_changed_reports_a_link_that_a_deletion_broke(run, repository, write, published, sound):
    draft = write("incidents/2026/2026-02-02-draft.md", sound.replace("status: published", "status: draft"))
    write(NAME, published.replace("actions:\n", "related:\n  - 2026-02-02-draft\nactions:\n"))
    commit()
    draft.unlink()
    result = run("check", "--base", "HEAD", "--changed")
    assert places(result.stdout) == [f"{NAME}:25:5: error X01"]


def test_changed_alone_compares_with_the_default_branch_of_origin(run, repository, amend, tmp_path, monkeypatch):
    result = run("check", "--changed")
    assert result.exit_code == 2
    assert "--base origin/main" in result.stderr
    git("switch", "--quiet", "main")
    git("clone", "--quiet", repository, tmp_path / "clone")
    monkeypatch.chdir(tmp_path / "clone")
    Path(NAME).unlink()
    result = run("check", "--changed")
    assert result.exit_code == 1
    assert places(result.stdout) == [f"{NAME}:1:1: error H01"]


def test_a_knowledge_base_in_a_subfolder(run, base, write, published, tmp_path, monkeypatch, sound):
    write(NAME, published)
    git("init", "--quiet", "--initial-branch", "main", at=tmp_path)
    shutil.copytree(base, tmp_path / "acme2")
    commit(tmp_path)
    shutil.rmtree(tmp_path / "acme2")
    write(NAME, published.replace(*LOST))
    write("incidents/2026/2026-03-04-new.md", sound)
    expected = f"{NAME}:24:1: error H01"
    result = run("check", "--base", "HEAD", "--changed")
    assert places(result.stdout) == [expected]
    assert "2 post-mortems checked" in result.stdout
    monkeypatch.chdir(tmp_path)
    assert places(run("check", "--base", "HEAD", "--root", "acme").stdout) == [f"acme/{expected}"]
    assert places(run("check", "--base", "HEAD", f"acme/{NAME}").stdout) == [f"acme/{expected}"]
    monkeypatch.chdir(base / "docs")
    assert places(run("check", "--base", "HEAD").stdout) == [f"../{expected}"]


@pytest.mark.skipif(os.name == "nt", reason="such names need a file system of bytes")
def test_any_name_of_a_file(run, base, tmp_path, monkeypatch, published):
    root = tmp_path / "ü [x]* \n:(top)"
    base.rename(root)
    monkeypatch.chdir(root)
    names = ["a b.md", "ünï.md", "line\nbreak.md", 'quote".md', "tab\t.md", "-dash.md", os.fsdecode(b"\xff.md")]
    for name in names:
        (root / "incidents/2026" / name).write_text(published, encoding="utf-8")
    git("init", "--quiet", "--initial-branch", "main")
    commit()
    for name in names:
        (root / "incidents/2026" / name).unlink()
    (root / "incidents/2026/new\nline.md").write_text(published, encoding="utf-8")
    result = run("check", "--base", "HEAD", "--changed")
    assert result.exit_code == 1
    assert result.stdout.count("error H01") == len(names)
    assert result.stdout.count("error S120") == 1
    assert "1 post-mortem checked" in result.stdout


def test_links_and_submodules_are_passed_over(run, repository, write, tmp_path, published):
    git("init", "--quiet", tmp_path / "other")
    (tmp_path / "other/2026-01-01-other.md").write_text(published, encoding="utf-8")
    commit(tmp_path / "other")
    add = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    git(*add, tmp_path / "other", "incidents/2026-01-01-module.md")
    link = Path("incidents/2026/2026-03-07-link.md")
    link.symlink_to("2026-03-03-checkout.md")
    commit()
    assert run("check", "--base", "HEAD").exit_code == 0
    link.unlink()
    shutil.rmtree("incidents/2026-01-01-module.md")
    assert run("check", "--base", "HEAD").exit_code == 0
    link.write_text(published.replace(*LOST), encoding="utf-8")
    assert run("check", "--base", "HEAD").exit_code == 0
    Path(NAME).unlink()
    Path(NAME).symlink_to("2026-03-07-link.md")
    assert places(run("check", "--base", "HEAD").stdout) == [f"{NAME}:24:1: error H01"]


def test_what_could_not_be_read_at_the_base_is_noted(run, repository, write, published):
    write(NAME, "<<<<<<< ours\n")
    write("incidents/2026/2026-03-04-large.md", published + "x" * 2**21)
    commit()
    write(NAME, published)
    write("incidents/2026/2026-03-04-large.md", published)
    result = run("check", "--base", "HEAD")
    assert result.exit_code == 0
    assert places(result.stdout) == [f"{NAME}:1:1: info H01", "incidents/2026/2026-03-04-large.md:1:1: info H01"]


def test_conflicts_of_a_merge_are_no_deletions(run, repository, write, published):
    write(NAME, published.replace("sev4", "sev3"))
    commit()
    git("switch", "--quiet", "main")
    write(NAME, published.replace("sev4", "sev5"))
    commit()
    merge = subprocess.run(["git", "merge", "--quiet", "change"], check=False, capture_output=True)
    assert merge.returncode == 1
    result = run("check", "--base", "change", "--changed")
    assert result.exit_code == 1
    assert "H01" not in result.stdout


@pytest.mark.parametrize(
    "setting",
    [
        ("diff.relative", "true"),
        ("diff.renames", "copies"),
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.external", "false"),
        ("diff.autoRefreshIndex", "false"),
        ("core.quotePath", "false"),
        ("color.ui", "always"),
        ("core.pager", "false"),
        ("status.showUntrackedFiles", "no"),
    ],
    ids=lambda setting: setting[0],
)
def test_how_one_likes_ones_git_changes_nothing(run, repository, amend, write, sound, setting):
    git("config", *setting)
    write("incidents/2026/2026-03-04-new.md", sound)
    os.utime("incidents/2026/2026-03-04-new.md", (0, 0))
    amend(LOST)
    result = run("check", "--base", "main", "--changed")
    assert places(result.stdout) == [f"{NAME}:24:1: error H01"]
    assert "2 post-mortems checked" in result.stdout


def test_in_a_hook_the_folder_decides(run, repository, amend, monkeypatch, tmp_path):
    amend(LOST)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    result = run("check", "--base", "main", "--changed")
    assert places(result.stdout) == [f"{NAME}:24:1: error H01"]
    assert "1 post-mortem checked" in result.stdout


def test_nothing_is_written(run, repository, amend):
    amend(LOST)
    os.utime("mkdocs.yml", (0, 0))
    before = {path: path.stat().st_mtime_ns for path in Path(".git").rglob("*")}
    assert run("check", "--base", "main", "--changed").exit_code == 1
    assert {path: path.stat().st_mtime_ns for path in Path(".git").rglob("*")} == before


def fails(run, *arguments: str) -> str:
    """Run the command, which is to end as wrong use, and return what it says."""
    result = run("check", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr


def test_an_unknown_base_is_wrong_use_with_what_to_do(run, repository):
    said = fails(run, "--base", "origin/main")
    assert "Git knows no commit `origin/main`" in said
    assert "git fetch origin main:refs/remotes/origin/main" in said
    assert "fetch-depth: 0" in said


@pytest.mark.parametrize(
    "name", ["", "--output=stolen", "-h", "main..change", "HEAD:incidents", "no such thing", "main\nHEAD"]
)
def test_what_names_no_commit_is_wrong_use(run, repository, name):
    assert "knows no commit" in fails(run, "--base", name)
    assert not Path("stolen").exists()


def test_a_shallow_clone_is_told_how_to_get_deeper(run, repository, amend, tmp_path, monkeypatch):
    amend(("sev4", "sev3"))
    commit()
    git("switch", "--quiet", "main")
    Path("docs/more.md").write_text("More\n", encoding="utf-8")
    commit()
    git("clone", "--quiet", "--depth", "1", "--branch", "change", f"file://{repository}", tmp_path / "clone")
    monkeypatch.chdir(tmp_path / "clone")
    said = fails(run, "--base", "origin/main")
    assert "knows no commit" in said
    # What the message says to do helps: the base is known then, and after that the history.
    git("fetch", "--quiet", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    said = fails(run, "--base", "origin/main")
    assert "shallow" in said
    assert "git fetch --unshallow" in said
    assert "fetch-depth: 0" in said
    git("fetch", "--quiet", "--unshallow")
    Path(NAME).unlink()
    assert places(run("check", "--base", "origin/main").stdout) == [f"{NAME}:1:1: error H01"]


def test_a_shallow_clone_that_holds_the_base_is_enough(run, repository, amend, tmp_path, monkeypatch):
    amend(LOST)
    commit()
    git("clone", "--quiet", "--depth", "2", "--branch", "change", f"file://{repository}", tmp_path / "clone")
    monkeypatch.chdir(tmp_path / "clone")
    git("fetch", "--quiet", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    assert places(run("check", "--base", "origin/main").stdout) == [f"{NAME}:24:1: error H01"]


def test_two_histories_have_no_base(run, repository):
    git("switch", "--quiet", "--orphan", "alone")
    git("commit", "--quiet", "--allow-empty", "--message", "Nothing")
    git("restore", "--source", "change", "--worktree", ".")
    assert "no commit in common" in fails(run, "--base", "main")


def test_a_branch_without_a_commit(run, repository):
    git("switch", "--quiet", "--orphan", "alone")
    git("restore", "--source", "change", "--worktree", ".")
    assert "no commits yet" in fails(run, "--base", "main")


def test_outside_of_git_there_is_no_base(run, base):
    assert "not in the working tree of a Git repository" in fails(run, "--base", "main")
    assert "not in the working tree of a Git repository" in fails(run, "--changed")


def test_without_git_there_is_no_base(run, repository, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert "Install Git" in fails(run, "--base", "main")


def test_a_broken_repository_speaks_for_itself(run, repository):
    Path(".git/index").write_bytes(b"junk")
    assert "index file" in fails(run, "--base", "main")


def test_missing_contents_are_as_good_as_unreadable(run, repository):
    blob = git("rev-parse", f"main:{NAME}").strip()
    Path(f".git/objects/{blob[:2]}/{blob[2:]}").unlink()
    Path(NAME).unlink()
    assert places(run("check", "--base", "main").stdout) == [f"{NAME}:1:1: info H01"]


def test_h_rules_can_be_selected_only_with_a_base(run, repository, amend):
    amend(LOST, MOVED)
    assert places(run("check", "--base", "main", "--select", "H02").stdout) == [f"{NAME}:28:10: warning H02"]
    assert run("check", "--base", "main", "--ignore", "H").stdout.endswith(CLEAN)
    assert "--base" in fails(run, "--select", "H")


def test_many_changes_are_read_in_one_go(run, repository, write, published):
    # More than a pipe holds: whoever writes them all before reading waits forever.
    names = [f"incidents/2024/2024-01-01-n{i}.md" for i in range(400)]
    for i, name in enumerate(names):
        write(name, published.replace("sev4", "sev5") + f"Number {i}.\n" * 100)
    commit()
    shutil.rmtree("incidents/2024")
    result = run("check", "--base", "HEAD", "--output-format", "concise")
    assert result.stdout.count("H01") == len(names)
