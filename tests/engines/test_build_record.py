"""The build record of a site: what it was built from, with what and for whom."""

from __future__ import annotations

import json
import platform
import subprocess
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from postmortems import __version__
from sites import EVERYTHING, PROSE, KnowledgeBaseOnDisk, incident

if TYPE_CHECKING:
    from sites import Site

LOCK = b"mkdocs==1.6.1\n"


def record_of(site: Site) -> dict[str, Any]:
    return json.loads(site.files["data/build.json"])


def git(kb: KnowledgeBaseOnDisk, *arguments: str) -> str:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    run = subprocess.run(["git", *who, *arguments], cwd=kb.root, check=True, capture_output=True, text=True)
    return run.stdout.strip()


def test_it_names_commit_lock_versions_time_and_what_was_published(kb: KnowledgeBaseOnDisk) -> None:
    kb.write(
        {
            "requirements.txt": LOCK,
            "incidents/2026/2026-03-30-small.md": incident(),
            "incidents/2026/2026-03-31-full.md": incident(base=EVERYTHING, body=PROSE),
            "incidents/2026/2026-03-29-veiled.md": incident({"tlp": "AMBER"}),
        }
    )
    git(kb, "init", "--quiet")
    git(kb, "add", "incidents", "requirements.txt")
    git(kb, "commit", "--quiet", "--message", "Add records")
    site = kb.build()
    made = record_of(site)
    assert made["commit"] == git(kb, "rev-parse", "HEAD")
    assert made["lock"] == {"file": "requirements.txt", "sha256": sha256(LOCK).hexdigest()}
    versions = made["versions"]
    assert (versions["postmortems"], versions["python"]) == (__version__, platform.python_version())
    assert all(versions[name] == version(name) for name in ("click", "mkdocs", "mkdocs-material", "pagefind"))
    assert (made["as_of"], made["audience"]) == ("2026-06-01T12:00:00Z", "public")
    assert made["published"] == {"incidents": 2, "actions": 2, "lessons": 4}
    assert site.page("data/").links()["build record"] == "build.json"
    assert kb.build().files["data/build.json"] == json.dumps(made, indent=2).encode() + b"\n"


def test_without_git_and_lock_it_says_so(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({"incidents/2026/2026-03-30-small.md": incident()})
    made = record_of(kb.build())
    assert (made["commit"], made["lock"]) == (None, None)
