"""Due dates that moved without a slip, asked of Git file by file."""

from __future__ import annotations

import os
import subprocess
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from raw import day

if TYPE_CHECKING:
    from raw import Raw


def silent_moves(records: list[Raw]) -> list[tuple[str, str, int]]:
    """The ids of record and action, and by how many days; nothing where there is no whole history."""
    found: list[tuple[str, str, int]] = []
    if not records or _git(records[0], "rev-parse", "--is-shallow-repository") != "false":
        return found
    for raw in records:
        versions = _versions(raw) if raw["actions"] else []
        for action in raw["actions"]:
            before_now = [
                day(old.get("due"))
                for version in versions
                for old in version.get("actions", [])
                if old["id"] == action["id"] and old["title"] == action["title"]
            ]
            dates = [due for due, _ in groupby(due for due in before_now if due)]
            told = {(slip["from"], slip["to"]) for slip in action.get("slips", [])}
            found += [
                (raw["id"], action["id"], (after - before).days)
                for before, after in pairwise(dates)
                if after > before and (str(before), str(after)) not in told
            ]
    return found


def _versions(raw: Raw) -> list[Raw]:
    """What was published of a file, oldest first."""
    name = Path(raw["uri"]).name
    commits = _git(raw, "log", "--first-parent", "--reverse", "--format=%H", "--", name).split()
    texts = (_git(raw, "show", f"{commit}:./{name}") for commit in commits)
    metas = (yaml.load(f"{text}\n".split("---\n", 2)[1], Loader=yaml.BaseLoader) for text in texts if text)  # noqa: S506 - all scalars stay texts
    return [meta for meta in metas if meta.get("tlp") == "CLEAR" and meta.get("status") not in {None, "draft"}]


def _git(raw: Raw, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    run = subprocess.run(
        ["git", "-C", str(Path(raw["uri"]).parent), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    return run.stdout.strip() if run.returncode == 0 else ""
