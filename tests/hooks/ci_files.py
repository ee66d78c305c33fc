"""What the tests of the hooks share: workflows, the action and the guide's examples, read as data."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
GUIDE = REPOSITORY / "docs" / "guide" / "ci.md"
ACTION = REPOSITORY / ".github" / "actions" / "check"
WORKFLOWS = REPOSITORY / ".github" / "workflows"

_BLOCK = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    language: str
    title: str
    text: str


def blocks(page: Path) -> list[Block]:
    found = _BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [Block(match["language"], match["title"] or "", match["text"]) for match in found]


def block(title: str) -> str:
    """The one example of the guide with this title."""
    (text,) = [block.text for block in blocks(GUIDE) if block.title == title]
    return text


def parse(text: str) -> Any:
    """YAML as text alone: the stock loader takes `on` for true."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - the one that makes nothing but text


def workflow_texts() -> dict[str, str]:
    """The workflows of this repository and those of the guide."""
    ours = {path.name: path.read_text(encoding="utf-8") for path in sorted(WORKFLOWS.iterdir())}
    shown = {f"ci.md: {one.title}": one.text for one in blocks(GUIDE) if "/workflows/" in one.title}
    assert len(ours) >= 3
    assert len(shown) >= 4
    return ours | shown


def steps_of(document: Any) -> list[dict[str, Any]]:
    """All steps of a workflow or a composite action."""
    if "runs" in document:
        return list(document["runs"]["steps"])
    return [step for job in document["jobs"].values() for step in job["steps"]]


def step(document: Any, id_: str) -> dict[str, Any]:
    (found,) = [step for step in steps_of(document) if step.get("id") == id_]
    return found


def bash(script: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a script as a runner does."""
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "HOME": str(cwd), "LC_ALL": "C.UTF-8", **env},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )
    print(f"exit {done.returncode}\n--- stdout\n{done.stdout}\n--- stderr\n{done.stderr}")
    return done


def stub(folder: Path, name: str, body: str) -> None:
    """Put a command in a folder that stands in for a real one."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/usr/bin/env bash\nset -eu\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def path_with(folder: Path) -> str:
    """The PATH on which the commands of a folder come first."""
    return os.pathsep.join([str(folder), os.environ["PATH"]])
