"""What Git knows about a folder, asked of the `git` command: no checkout, no shell, nothing written."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_SECONDS = 120
# Hooks set these for their own repository and index; here the folder decides.
_OF_A_HOOK = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"})
_PLAIN_FILES = frozenset({b"100644", b"100755", b"100664"})
_ALL_HISTORY = "in a pipeline, fetch all of it (actions/checkout: `fetch-depth: 0`)"
_REMOTE_BRANCH = re.compile(r"([\w.-]+)/([\w./-]+)\Z", re.ASCII)


class GitError(Exception):
    """Git can't tell what was asked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that differs from a commit. `blob` names its content there; empty where no plain file was."""

    path: str
    blob: str
    gone: bool


def merge_base(folder: Path, revision: str) -> str:
    """The commit at which the history of HEAD parted from that of a revision; raises GitError."""
    _see_to_a_working_tree(folder)
    commit = _commit(folder, revision)
    if not commit:
        raise GitError(f"Git knows no commit `{revision}` here.\n{_how_to_fetch(revision)}")
    if not _commit(folder, "HEAD"):
        raise GitError("this branch has no commits yet, so there is nothing to compare with")
    done = _run(folder, "merge-base", commit, "HEAD")
    if done.returncode == 0:
        return _text(done.stdout)
    if _text(_run(folder, "rev-parse", "--is-shallow-repository").stdout) == "true":
        raise GitError(
            f"this clone is shallow and does not reach back to the merge base with `{revision}`.\n"
            f"Fetch the history with `git fetch --unshallow`; {_ALL_HISTORY}."
        )
    raise GitError(f"`{revision}` and HEAD have no commit in common: name the branch to merge into")


def head_commit(folder: Path) -> str:
    """The full name of the commit that is checked out; empty before the first. Raises GitError."""
    _see_to_a_working_tree(folder)
    return _commit(folder, "HEAD")


def default_revision(folder: Path) -> str:
    """The default branch of `origin`, as the clone knows it; raises GitError where it doesn't."""
    _see_to_a_working_tree(folder)
    if not _commit(folder, "refs/remotes/origin/HEAD"):
        raise GitError(
            f"the base is unknown: {folder} has no `origin/HEAD`.\n"
            "Name it, such as `--base origin/main`, or let Git look it up: `git remote set-head origin --auto`."
        )
    return "origin/HEAD"


def changes_since(folder: Path, commit: str, below: str) -> list[FileChange]:
    """What differs between a commit and the working tree below a subfolder; paths start at the folder.

    Files that Git doesn't track yet are among it, ignored ones are not. A file that moved is gone at its old place
    and new at the other. Raises GitError.
    """
    # `git diff`, because `git diff-index` also lists files of which only the time has changed.
    listed = _output(
        folder,
        *("-c", "diff.autoRefreshIndex=true"),
        *("diff", "--raw", "-z", "--no-abbrev", "--relative", "--no-renames", "--no-ext-diff"),
        *("--ignore-submodules=all", commit, "--", below),
    )
    changes = list(_parsed(listed))
    untracked = _output(folder, "ls-files", "-z", "--others", "--exclude-standard", "--", below)
    known = {change.path for change in changes}
    changes += [FileChange(path, "", gone=False) for path in _paths(untracked) if path not in known]
    return changes


def whole_history(folder: Path) -> str:
    """The full name of the commit of HEAD, all of whose history is here; raises GitError where some is missing."""
    _see_to_a_working_tree(folder)
    commit = _commit(folder, "HEAD")
    if not commit:
        raise GitError("this branch has no commits yet")
    if _text(_run(folder, "rev-parse", "--is-shallow-repository").stdout) != "false":
        raise GitError(f"this clone is shallow; fetch the history with `git fetch --unshallow`, {_ALL_HISTORY}")
    if _run(folder, "config", "--get-regexp", r"^remote\..*\.promisor$").returncode == 0:
        raise GitError("this clone is partial: its history would be fetched file by file")
    return commit


def versions_with(folder: Path, commit: str, below: str, words: str, limit: int) -> list[tuple[str, str]]:
    """The versions of files below a subfolder that changed a line with these words: path and blob, newest first.

    They are those of the branch itself: what a merge brought is one change. At most `limit` commits are told, the
    newest. Raises GitError.
    """
    listed = _output(
        folder,
        *("--no-replace-objects", "-c", "log.showRoot=true", "-c", "log.showSignature=false"),
        *("log", "--first-parent", "-m", "--format=", "--raw", "-z", "--no-abbrev", "--relative", "--no-renames"),
        *("--no-ext-diff", "--no-textconv", "--text", "-G", re.escape(words), f"--max-count={limit}"),
        *(commit, "--", below),
    )
    parts = iter(listed.split(b"\0"))
    versions = []
    for head, path in zip(parts, parts, strict=False):  # the last part is empty
        mode, blob = head.lstrip(b":").split(b" ")[1:4:2]
        if mode in _PLAIN_FILES:
            versions.append((os.fsdecode(path), blob.decode()))
    return versions


def read_blobs(folder: Path, blobs: Iterable[str], limit: int) -> Iterator[bytes | None]:
    """The contents of blobs, in their order: None for one that is missing or holds more bytes than the limit."""
    names = list(blobs)
    if not names:
        return
    with tempfile.TemporaryFile() as wanted:  # not a pipe: Git would wait for us to read, and we for it
        wanted.write("".join(f"{name}\n" for name in names).encode())
        wanted.seek(0)
        with _start(folder, wanted) as git:
            assert git.stdout is not None  # noqa: S101 - it is a pipe
            try:
                for _ in names:
                    yield _next_blob(git.stdout, limit)
            finally:
                git.stdout.close()
                git.kill()


def _parsed(listed: bytes) -> Iterator[FileChange]:
    """Read `git diff --raw -z`: `:mode mode name name status`, NUL, path, NUL, and so on."""
    parts = iter(listed.split(b"\0"))
    for head, path in zip(parts, parts, strict=False):  # the last part is empty
        mode, _, blob, _, status = head.lstrip(b":").split(b" ")
        yield FileChange(
            os.fsdecode(path), blob.decode() if mode in _PLAIN_FILES else "", gone=status.startswith(b"D")
        )


def _paths(listed: bytes) -> list[str]:
    return [os.fsdecode(path) for path in listed.split(b"\0") if path]


def _next_blob(stream: IO[bytes], limit: int) -> bytes | None:
    """Read one answer of `git cat-file --batch`: `name blob size`, the bytes, and an end of line."""
    head = stream.readline().split()
    if len(head) != 3 or not head[2].isdigit():  # `name missing`
        return None
    size = int(head[2])
    if size > limit:
        left = size + 1
        while left > 0 and (skipped := stream.read(min(left, 1 << 20))):
            left -= len(skipped)
        return None
    data = stream.read(size + 1)
    return data[:size] if len(data) == size + 1 else None


def _see_to_a_working_tree(folder: Path) -> None:
    inside = _run(folder, "rev-parse", "--is-inside-work-tree")
    if _text(inside.stdout) != "true":
        raise GitError(f"{folder} is not in the working tree of a Git repository{_words_of(inside)}")


def _commit(folder: Path, revision: str) -> str:
    """The full name of a commit; empty where there is none. What looks like an option never reaches Git."""
    if not revision or revision.startswith("-") or "\0" in revision:
        return ""
    done = _run(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    return _text(done.stdout) if done.returncode == 0 else ""


def _how_to_fetch(revision: str) -> str:
    branch = _REMOTE_BRANCH.match(revision)
    fetch = f"git fetch {branch[1]} {branch[2]}:refs/remotes/{revision}" if branch else "git fetch"
    return f"Fetch it with `{fetch}`; {_ALL_HISTORY}."


def _output(folder: Path, *arguments: str) -> bytes:
    done = _run(folder, *arguments)
    if done.returncode != 0:
        raise GitError(f"Git can't tell what changed in {folder}{_words_of(done)}")
    return done.stdout


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            _command(folder, *arguments), capture_output=True, check=False, timeout=_SECONDS, env=_environment()
        )
    except subprocess.TimeoutExpired:
        raise GitError(f"Git did not answer within {_SECONDS} seconds") from None
    except OSError as error:
        raise _no_git(error) from error


def _start(folder: Path, wanted: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            _command(folder, "cat-file", "--batch"),
            stdin=wanted,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
    except OSError as error:
        raise _no_git(error) from error


def _command(folder: Path, *arguments: str) -> list[str]:
    return ["git", "-C", str(folder), "--no-pager", "--literal-pathspecs", *arguments]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    return kept | {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}


def _no_git(error: OSError) -> GitError:
    return GitError(
        f"reading the base needs `git`, which can't be started: {error.strerror}.\n"
        "Install Git, or add it to the PATH."
    )


def _words_of(done: subprocess.CompletedProcess[bytes]) -> str:
    """What Git itself says, as the end of a sentence; empty where it says nothing."""
    said = " ".join(done.stderr.decode(errors="replace").split())[:400]
    return f": {said}" if said else ""


def _text(output: bytes) -> str:
    return output.decode(errors="replace").strip()
