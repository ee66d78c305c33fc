"""Sites that are built in a Git repository: what its history adds, and what it must not give away."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from repositories import commit, git, own_git
from sites import KnowledgeBaseOnDisk, incident

if TYPE_CHECKING:
    from pathlib import Path

NAME = "incidents/2026/2026-03-31-checkout.md"
HIDDEN = "incidents/2026/2026-04-02-zyzzyva.md"
PAGE = "follow-through/"
NO_DATA = "whose due date was moved later without a recorded slip"


def record(due: str, title: str = "Roll out to one host first", **changes: object) -> str:
    action = {"id": "A1", "title": title, "owner": "platform", "due": due, "done_when": "It stops there."}
    return incident({"actions": [action], "no_actions_reason": None} | changes)


@pytest.fixture
def repository(kb: KnowledgeBaseOnDisk, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBaseOnDisk:
    """A knowledge base in which two due dates moved in silence, one of them in a record not for everyone."""
    own_git(monkeypatch, kb.root.parent)
    git("init", "--quiet", at=kb.root)
    for due in ("2026-07-11", "2026-08-13"):
        kb.write({NAME: record(due), HIDDEN: record(due.replace("-1", "-2"), "Mend zyzzyva", tlp="AMBER")})
        commit(kb.root)
    return kb


def test_a_silent_move_is_shown_with_both_dates(repository: KnowledgeBaseOnDisk):
    shown = repository.build().page(PAGE)
    assert f"1 action {NO_DATA}" in shown.text()
    assert "from 11 July 2026 to 13 August 2026, 33 days" in shown.text()


def test_nothing_of_a_withheld_record_is(repository: KnowledgeBaseOnDisk):
    repository.write({NAME: record("2026-08-13", tlp="AMBER")})
    commit(repository.root)
    files = repository.build().files
    leaking = [
        name for name, data in files.items() if b"zyzzyva" in data or b"11 July" in data or b"July 2026" in data
    ]
    assert leaking == []


def test_an_audience_that_may_see_it_is_told(repository: KnowledgeBaseOnDisk):
    repository.configure(plugins=[{"postmortems": {"audience": "organisation"}}])
    assert f"2 actions {NO_DATA}" in repository.build().page(PAGE).text()


def test_a_preview_is_told_after_a_commit_as_well(repository: KnowledgeBaseOnDisk):
    assert NO_DATA in repository.preview().page(PAGE).text()


def test_the_same_commit_gives_the_same_bytes(repository: KnowledgeBaseOnDisk, tmp_path: Path):
    first = repository.build().files
    git("clone", "--quiet", repository.root, tmp_path / "again")
    again = KnowledgeBaseOnDisk(tmp_path / "again").build().files
    assert [name for name in first if first[name] != again[name]] == []


def test_a_shallow_clone_says_that_it_has_no_history(repository: KnowledgeBaseOnDisk, tmp_path: Path):
    git("clone", "--quiet", "--depth=1", f"file://{repository.root}", tmp_path / "shallow")
    shallow = KnowledgeBaseOnDisk(tmp_path / "shallow")
    first, second = shallow.build().files, shallow.build().files
    assert first == second
    text = shallow.build().page(PAGE).text()
    assert "the site was built without the Git history" in text
    assert NO_DATA not in text


def test_without_git_the_site_is_built(repository: KnowledgeBaseOnDisk, monkeypatch: pytest.MonkeyPatch):
    shutil.rmtree(repository.root / ".git")
    monkeypatch.setenv("PATH", "")
    assert "built without the Git history" in repository.build().page(PAGE).text()
