"""`export`: the data as files, the same as the site's, written at once or not at all."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from postmortems.exports import FORMATS
from sites import KnowledgeBaseOnDisk

if TYPE_CHECKING:
    from conftest import Run

ONE_FILE = sorted(name for name, each in FORMATS.items() if not each.is_folder)
MANY_FILES = sorted(name for name, each in FORMATS.items() if each.is_folder)
URL = "https://postmortems.example.org/all/"


@pytest.fixture
def record(base: Path, sound: str) -> Path:
    """A knowledge base with a record that all may see, one for the organisation and a draft."""
    for name, text in {
        "2026-03-03-seen": sound,
        "2026-03-02-amber": sound.replace("tlp: CLEAR", "tlp: AMBER"),
        "2026-03-01-draft": sound.replace("status: published", "status: draft"),
    }.items():
        (base / f"incidents/2026/{name}.md").write_text(text, encoding="utf-8")
    return base


def ours(feed: str) -> list[str]:
    """The records of this test in a JSON feed, which has the example of `init` too."""
    ids = [item["_postmortems"]["id"] for item in json.loads(feed)["items"]]
    return [name for name in ids if name.startswith("2026-03-0")]


def test_formats_are_listed(run: Run) -> None:
    lines = run("export", "--list").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(FORMATS)
    listed = json.loads(run("export", "--list", "--json").stdout)
    assert {row["format"]: row["needs"] for row in listed if row["needs"]} == {"parquet": "postmortems[parquet]"}


def test_the_same_bytes_as_the_site(record: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    kb = KnowledgeBaseOnDisk(record)
    kb.configure(site_url=URL, plugins=[{"postmortems": {"parquet": True}}])
    site = kb.build().files
    assert "actions.ics" in site
    checked = 0
    for name, each in FORMATS.items():
        target = record / f"export-{name}"
        assert run("export", name, "--site-url", URL, "-o", target).exit_code == 0
        written = [path for path in target.rglob("*") if path.is_file()] if each.is_folder else [target]
        for path in written:
            place = each.place + path.relative_to(target).as_posix() if each.is_folder else each.place
            assert path.read_bytes() == site[place], place
            checked += 1
    assert checked > 20


@pytest.mark.parametrize("name", [name for name in ONE_FILE if name != "sqlite"])
def test_one_file_goes_to_standard_output(record: Path, run: Run, name: str) -> None:
    run("export", name, "-o", record / "file")
    assert run("export", name).stdout_bytes == (record / "file").read_bytes()


def test_file_goes_into_a_folder_under_its_name(record: Path, run: Run) -> None:
    (record / "out").mkdir()
    run("export", "sqlite", "-o", record / "out")
    assert [path.name for path in (record / "out").iterdir()] == ["postmortems.db"]


@pytest.mark.parametrize("name", MANY_FILES)
def test_many_files_need_a_folder(record: Path, run: Run, name: str) -> None:
    result = run("export", name)
    assert result.exit_code == 2
    assert "name a new folder with -o" in result.stderr


def test_many_files_go_into_a_new_or_empty_folder(record: Path, run: Run) -> None:
    (record / "empty").mkdir()
    for folder in ("new", "empty"):
        assert "6 files" in run("export", "csv", "-o", record / folder).stderr
        assert len(list((record / folder).glob("*.csv"))) == 6
    result = run("export", "csv", "-o", record / "new")
    assert result.exit_code == 2
    assert "is there already" in result.stderr


@pytest.mark.parametrize(
    ("options", "seen"),
    [
        ([], ["2026-03-03-seen"]),
        (["--audience", "public"], ["2026-03-03-seen"]),
        (["--audience", "organisation"], ["2026-03-03-seen", "2026-03-02-amber"]),
    ],
)
def test_for_whom(record: Path, run: Run, options: list[str], seen: list[str]) -> None:
    assert ours(run("export", "json-feed", *options).stdout) == seen


def test_policy_says_for_whom_unless_one_is_named(record: Path, run: Run) -> None:
    policy = record / "schemas/policy.yaml"
    text = policy.read_text(encoding="utf-8")
    assert "audience: public" in text
    policy.write_text(text.replace("audience: public", "audience: organisation"), encoding="utf-8")
    assert ours(run("export", "json-feed").stdout) == ["2026-03-03-seen", "2026-03-02-amber"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "--list"),
        (["sqllite"], "did you mean `sqlite`?"),
        (["spreadsheet"], "there are json, csv"),
        (["atom", "--site-url", "postmortems.example.org"], "is not an address"),
        (["atom", "--audience", "everyone"], "public"),
        (["atom", "-o", "nowhere/feed.xml"], "there is no folder `nowhere`"),
        (["csv", "-o", "nowhere/tables"], "there is no folder `nowhere`"),
    ],
)
def test_wrong_use(record: Path, run: Run, arguments: list[str], told: str) -> None:
    result = run("export", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""


def test_missing_extra_is_told(record: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postmortems.runtime.extras.find_spec", lambda name: None if name == "pyarrow" else name)
    before = sorted(record.iterdir())
    result = run("export", "parquet", "-o", record / "tables")
    assert result.exit_code == 2
    assert "`parquet` extra" in result.stderr
    assert sorted(record.iterdir()) == before


@pytest.mark.parametrize(("name", "output"), [("csv", "tables"), ("atom", "feed.xml")])
def test_nothing_is_left_where_it_fails(
    record: Path, run: Run, monkeypatch: pytest.MonkeyPatch, name: str, output: str
) -> None:
    (record / "feed.xml").write_text("as it was", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    before = {path: path.read_bytes() for path in record.rglob("*") if path.is_file()}
    result = run("export", name, "-o", record / output)
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert {path: path.read_bytes() for path in record.rglob("*") if path.is_file()} == before
    assert not list(record.glob(".*.tmp"))


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files")
def test_modes_are_the_usual_ones_or_those_that_were(record: Path, run: Run) -> None:
    mask = os.umask(0o027)
    try:
        run("export", "atom", "-o", record / "feed.xml")
        run("export", "csv", "-o", record / "tables")
        (record / "old.xml").write_text("old", encoding="utf-8")
        (record / "old.xml").chmod(0o604)
        run("export", "atom", "-o", record / "old.xml")
    finally:
        os.umask(mask)
    modes = {name: (record / name).stat().st_mode & 0o777 for name in ("feed.xml", "tables", "old.xml")}
    assert modes == {"feed.xml": 0o640, "tables": 0o750, "old.xml": 0o604}


def test_a_link_stays_a_link(record: Path, run: Run) -> None:
    (record / "real.xml").write_text("old", encoding="utf-8")
    (record / "feed.xml").symlink_to(record / "real.xml")
    run("export", "atom", "-o", record / "feed.xml")
    assert (record / "feed.xml").is_symlink()
    assert "<feed" in (record / "real.xml").read_text(encoding="utf-8")


def test_faulty_files_are_told_of(record: Path, run: Run) -> None:
    (record / "incidents/2026/2026-01-01-broken.md").write_text("nothing\n", encoding="utf-8")
    result = run("export", "atom")
    assert result.exit_code == 0
    assert "1 file has errors and is not counted" in result.stderr
