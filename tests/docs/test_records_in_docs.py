"""The post-mortems that the documentation shows are ones that the check has nothing to say about."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from postmortems.cli import main
from sites import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

_RECORD = re.compile(r"^```yaml\n(---\nschema: 1\n.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = sorted(path for path in (REPOSITORY / "docs").rglob("*.md") if _RECORD.search(path.read_text("utf-8")))
PAGES.append(REPOSITORY / "README.md")


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795608000")  # the day of the newest of them
    monkeypatch.delenv("CI", raising=False)
    root = tmp_path / "base"
    assert CliRunner().invoke(main, ["init", str(root)]).exit_code == 0
    shutil.rmtree(root / "incidents")
    return root


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_records_pass_the_check(base: Path, page: Path) -> None:
    records = _RECORD.findall(page.read_text(encoding="utf-8"))
    assert records
    for number, text in enumerate(records):
        path = base / f"incidents/2026/2026-11-20-from-the-docs-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        # Services and teams of the reader are not those of the example.
        path.write_text(re.sub(r"^  - payments$", "  - example-shop", text, flags=re.MULTILINE), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--root", str(base)])
    assert result.exit_code == 0, result.output
    assert "no findings" in result.output
