"""The due dates that the Git history of files tells: which versions count, and what is withheld."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from postmortems import due_date_history as module
from postmortems.conventions import KnowledgeBase, load_conventions
from postmortems.corpus import Audience, open_corpus, read_library
from postmortems.due_date_history import DueDates, due_dates, read_due_date_log
from repositories import commit, git, own_git
from sites import POLICY, incident, to_yaml, write

if TYPE_CHECKING:
    from pathlib import Path

ID = "2026-03-31-checkout"
PATH = f"incidents/2026/{ID}.md"
TITLE = "Roll out to one host before all others"

Tell = Callable[..., DueDates]


def text(due: str, *, title: str = TITLE, owner: str = "platform", **fields: Any) -> str:
    action = {"id": "A1", "title": title, "owner": owner, "due": due, "done_when": "It stops at the first host."}
    return incident({"actions": [action], "no_actions_reason": None} | fields)


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the policy of Example Bank."""
    own_git(monkeypatch, tmp_path)
    root = write(tmp_path / "kb", {"schemas/policy.yaml": to_yaml(POLICY)})
    git("init", "--quiet", "--initial-branch", "main", at=root)
    return root


@pytest.fixture
def tell(kb: Path) -> Tell:
    """What the history tells an audience."""

    def told(audience: str = "public", root: Path = kb) -> DueDates:
        base = KnowledgeBase(root)
        conventions, _ = load_conventions(base)
        assert conventions
        corpus = open_corpus(read_library(base, conventions), conventions, Audience(audience))
        return due_dates(read_due_date_log(base, conventions), corpus)

    return told


def put(root: Path, content: str, path: str = PATH) -> None:
    write(root, {path: content})
    commit(root)


def days(told: DueDates) -> list[str]:
    return [str(day) for day in told.dates.get((ID, "A1"), ())]


def test_dates_are_told_from_the_oldest_on(kb: Path, tell: Tell):
    for due in ("2026-05-01", "2026-06-01", "2026-05-15"):
        put(kb, text(due))
    assert tell().known
    assert days(tell()) == ["2026-05-01", "2026-06-01", "2026-05-15"]


def test_a_date_that_never_changed_is_not_told(kb: Path, tell: Tell):
    put(kb, text("2026-05-01"))
    put(kb, text("2026-05-01", summary="A deployment broke the form that takes cards."))
    assert tell() == DueDates(known=True)


def test_it_follows_a_file_that_moved(kb: Path, tell: Tell):
    put(kb, text("2026-05-01"), f"incidents/{ID}.md")
    git("rm", "--quiet", f"incidents/{ID}.md", at=kb)
    put(kb, text("2026-06-01"))
    assert days(tell()) == ["2026-05-01", "2026-06-01"]


def test_what_a_branch_tried_is_not_told_but_what_was_merged_is(kb: Path, tell: Tell):
    put(kb, text("2026-05-01"))
    git("switch", "--quiet", "--create", "change", at=kb)
    put(kb, text("2026-07-01"))
    put(kb, text("2026-06-01"))
    git("switch", "--quiet", "main", at=kb)
    put(kb, "# Notes\n", "docs/notes.md")
    git("merge", "--quiet", "--no-ff", "--no-edit", "change", at=kb)
    assert days(tell()) == ["2026-05-01", "2026-06-01"]


@pytest.mark.parametrize(
    "before",
    [{"status": "draft"}, {"tlp": "AMBER"}, {"redacted": ["actions.A1.due"]}],
    ids=["a draft", "another mark", "something redacted"],
)
def test_versions_that_the_public_did_not_have_are_not_told(kb: Path, tell: Tell, before: dict[str, Any]):
    put(kb, text("2026-05-01", **before))
    put(kb, text("2026-06-01"))
    put(kb, text("2026-07-01"))
    assert days(tell()) == ["2026-06-01", "2026-07-01"]


def test_an_audience_is_told_of_the_versions_it_had(kb: Path, tell: Tell):
    put(kb, text("2026-05-01", tlp="AMBER"))
    put(kb, text("2026-06-01"))
    assert days(tell("organisation")) == ["2026-05-01", "2026-06-01"]


@pytest.mark.parametrize("now", [{"tlp": "AMBER"}, {"status": "draft"}, {"redacted": ["actions.A1.slips"]}])
def test_nothing_is_told_of_what_is_withheld(kb: Path, tell: Tell, now: dict[str, Any]):
    put(kb, text("2026-05-01"))
    put(kb, text("2026-06-01", **now))
    put(kb, text("2026-07-01", **now))
    assert tell() == DueDates(known=True)


@pytest.mark.parametrize(
    "now", [{"redacted": ["actions.A1.due"]}, {"redacted": ["actions.A1.slips"]}], ids=["its date", "its slips"]
)
def test_nothing_is_told_once_something_of_the_actions_is_redacted(kb: Path, tell: Tell, now: dict[str, Any]):
    """Two versions were open to everyone; what they said stays hidden all the same."""
    for due in ("2026-05-01", "2026-06-01"):
        put(kb, text(due))
    assert days(tell()) == ["2026-05-01", "2026-06-01"]
    put(kb, text("2026-06-01", **now))
    assert tell() == DueDates(known=True)


def test_nothing_is_told_of_an_action_that_is_gone(kb: Path, tell: Tell):
    put(kb, text("2026-05-01"))
    put(kb, text("2026-06-01"))
    put(kb, incident())
    assert tell() == DueDates(known=True)


def test_an_id_that_stands_for_another_action_has_no_history_of_the_first(kb: Path, tell: Tell):
    put(kb, text("2026-05-01", title="Rehearse the failover of the card gateway", owner="payments"))
    put(kb, text("2026-06-01"))
    put(kb, text("2026-07-01"))
    assert days(tell()) == ["2026-06-01", "2026-07-01"]


def test_versions_that_can_not_be_read_are_passed_over(kb: Path, tell: Tell):
    put(kb, text("2026-05-01"))
    put(kb, "---\ntitle: [due\n---\n")
    put(kb, text("2026-06-01"))
    assert days(tell()) == ["2026-05-01", "2026-06-01"]


def test_outside_git_nothing_is_known(kb: Path, tell: Tell, tmp_path: Path):
    outside = write(tmp_path / "outside", {"schemas/policy.yaml": to_yaml(POLICY), PATH: text("2026-05-01")})
    assert tell(root=outside) == DueDates(known=False)


def test_before_the_first_commit_nothing_is_known(kb: Path, tell: Tell):
    write(kb, {PATH: text("2026-05-01")})
    assert tell() == DueDates(known=False)


@pytest.mark.parametrize("options", [["--depth=2"], ["--filter=blob:none"]], ids=["shallow", "partial"])
def test_half_of_a_history_is_none(kb: Path, tell: Tell, tmp_path: Path, options: list[str]):
    git("config", "uploadpack.allowFilter", "true", at=kb)
    for due in ("2026-05-01", "2026-06-01", "2026-07-01"):
        put(kb, text(due))
    clone = tmp_path / "clone"
    git("clone", "--quiet", *options, f"file://{kb}", clone)
    assert tell(root=clone) == DueDates(known=False)
    whole = tmp_path / "whole"
    git("clone", "--quiet", f"file://{kb}", whole)
    assert days(tell(root=whole)) == ["2026-05-01", "2026-06-01", "2026-07-01"]


def test_the_history_is_read_once_a_commit_and_again_after_the_next(kb: Path, monkeypatch: pytest.MonkeyPatch):
    for due in ("2026-05-01", "2026-06-01"):
        put(kb, text(due))
    base = KnowledgeBase(kb)
    conventions, _ = load_conventions(base)
    assert conventions
    first = read_due_date_log(base, conventions)
    with monkeypatch.context() as broken:
        broken.setattr(module.git, "versions_with", None)
        assert read_due_date_log(base, conventions, first) is first
    put(kb, text("2026-07-01"))
    second = read_due_date_log(base, conventions, first)
    assert (len(first.versions[ID]), len(second.versions[ID])) == (2, 3)
    assert second.commit != first.commit
    assert (first.reason, second.reason) == ("", "")


def test_one_call_reads_the_history_of_all_files(kb: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch):
    for due in ("2026-05-01", "2026-06-01"):
        write(kb, {PATH.replace("checkout", f"checkout-{n}"): text(due) for n in range(20)})
        commit(kb)
    called: list[tuple[str, ...]] = []
    run = module.git._run
    monkeypatch.setattr(module.git, "_run", lambda *arguments: called.append(arguments[1:]) or run(*arguments))
    assert len(tell().dates) == 20
    assert len(called) < 8
    assert sum("log" in arguments for arguments in called) == 1
