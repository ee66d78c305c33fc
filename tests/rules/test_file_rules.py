"""The rules about bytes and file trees, which a file of `cases/` could not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rule_bench import AS_OF, SMALL, codes, conventions, judge_text

from postmortems.conventions import KnowledgeBase
from postmortems.corpus import read_library
from postmortems.rules import judge

if TYPE_CHECKING:
    from pathlib import Path

    from postmortems.findings import Finding


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xef\xbb\xbf" + SMALL.encode(), (1, 1)),
        (SMALL.encode("utf-16"), (1, 1)),
        (SMALL.replace("card payments failed", "card paym\xe9nts failed").encode("latin-1"), (4, 68)),
        (SMALL.replace("Expired", "Exp\x07ired").encode(), (3, 11)),
        (SMALL.encode() + b"x" * 2 * 1024 * 1024, (1, 1)),
    ],
    ids=["byte order mark", "UTF-16", "Latin-1", "bell", "too large"],
)
def test_s101_bytes_that_are_not_plain_text(data: bytes, place: tuple[int, int]):
    found = judge_text(data)
    assert codes(found)[0] == "S101"
    assert (found[0].line, found[0].column) == place


def test_s101_windows_line_ends_are_plain_text():
    assert judge_text(SMALL.replace("\n", "\r\n").encode()) == []


def test_s121_two_files_for_one_id(tmp_path: Path):
    found = _judged(tmp_path, {"2025/2026-03-31-payments.md": SMALL, "2026/2026-03-31-payments/index.md": SMALL})
    assert codes(found) == ["S121"]
    assert "2025/2026-03-31-payments.md" in found[0].message


def test_s121_two_files_for_two_ids(tmp_path: Path):
    files = {"2026/2026-03-31-payments.md": SMALL, "2026/2026-03-31-payments-again.md": SMALL}
    assert _judged(tmp_path, files) == []


@pytest.mark.parametrize(
    "inner", ["2026-04-01-refunds.md", "2026-04-01-refunds/index.md", "a/b/2026-04-01-refunds.md", "notes.md"]
)
def test_s123_record_in_the_folder_of_another(tmp_path: Path, inner: str):
    folder = "2026/2026-03-31-payments"
    found = _judged(tmp_path, {f"{folder}/index.md": SMALL, f"{folder}/{inner}": SMALL})
    assert "S123" in codes(found)
    assert {finding.path for finding in found} == {f"incidents/{folder}/{inner}"}


def test_s123_records_side_by_side(tmp_path: Path):
    files = ("2026-03-31-payments/index.md", "2026-04-01-refunds/index.md", "2026-04-01-refunds-again.md")
    assert _judged(tmp_path, {f"2026/{name}": SMALL for name in files}) == []


def test_s122_link_that_leads_out(tmp_path: Path):
    (tmp_path / "notes.md").write_text(SMALL, encoding="utf-8")
    (tmp_path / "base/incidents").mkdir(parents=True)
    (tmp_path / "base/incidents/2026-03-31-payments.md").symlink_to(tmp_path / "notes.md")
    (tmp_path / "base/incidents/2026").symlink_to(tmp_path)
    assert codes(_judged(tmp_path / "base", {})) == ["S122", "S122"]


def test_s122_link_that_stays_inside(tmp_path: Path):
    incidents = tmp_path / "incidents"
    (incidents / "attic").mkdir(parents=True)
    (incidents / "attic/payments.txt").write_text(SMALL, encoding="utf-8")
    (incidents / "2026-03-31-payments.md").symlink_to(incidents / "attic/payments.txt")
    assert _judged(tmp_path, {}) == []


def _judged(root: Path, files: dict[str, str]) -> list[Finding]:
    base = KnowledgeBase(root)
    for name, text in files.items():
        path = base.incidents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return judge(read_library(base, conventions()), conventions(), AS_OF)
