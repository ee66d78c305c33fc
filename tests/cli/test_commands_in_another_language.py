"""What commands write for readers is in the language of the knowledge base; see `pseudo.py`."""

from __future__ import annotations

import re
import shutil

import pytest

from pseudo import forgotten, seen, texts_file
from sites import DEMO, DEMO_EPOCH, parse

RECORD = "2025-04-29-order-book-failover"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo, with every text of the interface between marks."""
    folder = tmp_path_factory.mktemp("marked")
    shutil.copytree(DEMO, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("docs"))
    (folder / "schemas/texts.yaml").write_text(texts_file(), encoding="utf-8")
    policy = folder / "schemas/policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8") + "language: de\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ["brief"],
        ["brief", "--quarter", "2026Q2"],
        ["brief", "--output-format", "html"],
        ["worksheet", RECORD],
        ["worksheet", "2026-11-09-sign-in-loop", "--output-format", "html"],
        ["exercise", RECORD],
        ["precedents"],
        ["precedents", "--trigger", "deploy"],
        ["precedents", "--trigger", "deploy", "--service", "checkout"],
        ["evidence"],
        ["evidence", "--control", "eu-dora-13-2"],
    ],
)
def test_reader_sees_no_english(run, demo, monkeypatch, arguments):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DEMO_EPOCH)
    monkeypatch.setattr("postmortems.cli.tables._WIDE", 10_000)
    result = run(*arguments, "--root", demo)
    assert result.exit_code == 0
    is_page = "<html" in result.stdout
    shown = seen(parse(result.stdout)) if is_page else re.sub(r"</?\w+>|  +", "\n", result.stdout).splitlines()
    assert forgotten(shown, demo) == []
