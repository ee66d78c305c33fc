"""`mkdocs serve` as an author lives with it: saved, broken, mended, and all the while it answers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from sites import EPOCH, POLICY, KnowledgeBaseOnDisk, incident, parse, to_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sites import Node

PATIENCE = 40.0  # seconds; a rebuild takes less than one where nothing else runs
RECORD = "incidents/2026/2026-03-31-x.md"
URL = RECORD.replace(".md", "/")
DRAFT = {"status": "draft", "tlp": "AMBER"}


class Preview:
    """A server that runs; its pages by their address."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process, self.port, self.log = process, port, log

    def page(self, url: str) -> Node | None:
        """A page, or None while there is none."""
        assert self.process.poll() is None, f"the server has ended:\n{self.log.read_text(encoding='utf-8')}"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{url}", timeout=PATIENCE) as answer:
                return parse(answer.read().decode())
        except urllib.error.HTTPError as error:
            error.close()
            return None
        except OSError:
            return None

    def wait_for(self, url: str, wanted: Callable[[str], bool]) -> Node:
        """A page once its text is as wanted; fails with the page and the log if it never is."""
        end = time.monotonic() + PATIENCE
        text = "nothing"
        while time.monotonic() < end:
            page = self.page(url)
            text = page.text("//body") if page else "nothing"
            if page and wanted(text):
                return page
            time.sleep(0.1)
        pytest.fail(f"{url} shows:\n{text}\n\nThe server says:\n{self.log.read_text(encoding='utf-8')}")


@contextmanager
def serving(kb: KnowledgeBaseOnDisk, log: Path, *options: str) -> Iterator[Preview]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}", *options]
    environment = os.environ | {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"}
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=kb.root, env=environment, stdout=output, stderr=output) as process,
    ):
        try:
            yield Preview(process, port, log)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


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
