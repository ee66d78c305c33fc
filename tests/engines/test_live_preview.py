"""`mkdocs serve` as an author lives with it: saved, broken, mended, and all the while it answers."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from previewing import serving
from sites import POLICY, KnowledgeBaseOnDisk, incident, to_yaml

if TYPE_CHECKING:
    from pathlib import Path


RECORD = "incidents/2026/2026-03-31-x.md"
URL = RECORD.replace(".md", "/")
DRAFT = {"status": "draft", "tlp": "AMBER"}


def test_author_saves_breaks_and_mends(kb: KnowledgeBaseOnDisk, tmp_path: Path) -> None:
    kb.write({RECORD: incident(DRAFT)})
    with serving(kb, tmp_path / "log") as preview:
        page = preview.wait_for(URL, lambda text: "Checkout refused all cards" in text)
        assert "Preview for the organisation" in page.text("//body")
        assert "only a preview shows it" in page.text("//body")

        kb.write({RECORD: incident(DRAFT, {"sumary": "A slip of the keyboard."})})
        page = preview.wait_for(URL, lambda text: "S110" in text)
        assert "sumary" in page.text()
        assert "1 file can't be shown yet" in page.text("//body")
        assert preview.page("incidents/") is not None

        kb.write({RECORD: incident(DRAFT, {"title": "Checkout is mended"})})
        page = preview.wait_for(URL, lambda text: "Checkout is mended" in text)
        assert "can't be shown" not in page.text("//body")

        kb.write({"schemas/policy.yaml": to_yaml(POLICY | {"organisation": "Renamed Bank"})})
        preview.wait_for(URL, lambda text: "Renamed Bank" in text)
        kb.write({"schemas/policy.yaml": "schema: 1\nservces: {}\n"})
        preview.wait_for("", lambda text: "can't be shown yet" in text)
        assert "Checkout is mended" in preview.wait_for(URL, lambda _: True).text()
        kb.write({"schemas/policy.yaml": to_yaml(POLICY)})
        preview.wait_for(URL, lambda text: "Example Bank" in text and "can't be shown" not in text)

        kb.write({"incidents/2026/2026-04-01-new.md": incident({"title": "A new one"})})
        preview.wait_for("incidents/2026/2026-04-01-new/", lambda text: "A new one" in text)
        (kb.root / RECORD).unlink()
        preview.wait_for("incidents/", lambda text: "Checkout is mended" not in text)
        assert preview.page(URL) is None


def test_preview_starts_with_everything_broken(kb: KnowledgeBaseOnDisk, tmp_path: Path) -> None:
    """`--clean` and `--strict` are as a careful author would have it."""
    kb.write({RECORD: "---\ntitle: [\n---\n", "schemas/policy.yaml": "{"})
    with serving(kb, tmp_path / "log", "--clean", "--strict") as preview:
        page = preview.wait_for("", lambda text: "Preview" in text)
        assert "2 files can't be shown yet" in page.text("//body")
        assert "S103" in preview.wait_for(URL, lambda _: True).text()
        kb.write({RECORD: incident(DRAFT), "schemas/policy.yaml": to_yaml(POLICY)})
        preview.wait_for(URL, lambda text: "Checkout refused all cards" in text and "Example Bank" in text)


def test_build_beside_it_shows_nothing_of_the_draft(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({RECORD: incident(DRAFT)})
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(command, cwd=kb.root, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert not list((kb.root / "site").rglob("*2026-03-31-x*"))
    assert (kb.root / "site/index.html").is_file()


def test_build_of_a_broken_record_ends_with_its_findings(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({RECORD: incident({"sumary": "A slip of the keyboard."})})
    command = [sys.executable, "-m", "mkdocs", "build"]
    done = subprocess.run(command, cwd=kb.root, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1
    assert f"{RECORD}:" in done.stderr
    assert "S110" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (kb.root / "site").exists()
