"""`mkdocs serve` in a process of its own, as authors run it."""

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

from sites import EPOCH, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sites import KnowledgeBaseOnDisk, Node

PATIENCE = 40.0  # seconds; a rebuild takes less than one where nothing else runs


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
