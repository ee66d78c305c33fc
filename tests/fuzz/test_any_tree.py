"""Whatever lies below `incidents/`, each file that seems to be a post-mortem is read or told."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortems.conventions import KnowledgeBase
from postmortems.corpus import read_library
from postmortems.record import is_record_id, read_postmortem

VALID = b"---\ntitle: x\n---\n"
NAME = st.one_of(
    st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=30),
    st.from_regex(r"20\d\d(-\d\d(-\d\d)?)?-[a-zA-Z0-9а-я._ -]{1,12}", fullmatch=True),
    st.sampled_from(["index", "README", "CON", "aux", "2026-03-31-x", "2026-03-31-X", "_x", "."]),
)
ENDING = st.sampled_from([".md", ".MD", ".markdown", ".Md", ".md.txt", ".mdx", ".txt", "", ".md ", ".md.", ".mkd"])
FOLDER = st.sampled_from(["", "2026", "aux", "a b ", "2026-03-31-y", "a:b", ".hidden", "2026/deep"])


@given(st.lists(st.tuples(FOLDER, NAME, ENDING), max_size=5))
@settings(max_examples=60)
def test_no_file_is_skipped_in_silence(tmp_path, conventions, files):
    shutil.rmtree(tmp_path / "incidents", ignore_errors=True)
    written = set()
    for folder, name, ending in files:
        if len(os.fsencode(name + ending)) > 255 or name + ending in {".", ".."}:
            continue
        path = tmp_path / "incidents" / folder / (name + ending)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(VALID)
        written.add(path.relative_to(tmp_path).as_posix())
    library = read_library(KnowledgeBase(tmp_path), conventions)
    told = {reading.path for reading in library.readings} | {finding.path for finding in library.findings}
    for path in written:
        name = path.rpartition("/")[2]
        is_left_alone = name.startswith((".", "_", "#", "~")) or name.lower().startswith("readme.") or "/." in path
        seems_one = name.rstrip(" .").lower().endswith((".md", ".markdown", ".md.txt", ".mdx", ".mkd"))
        assert (path in told) is (seems_one and not is_left_alone), path
    assert told <= written | {finding.path for finding in library.findings}


@given(NAME)
def test_a_name_gives_an_id_or_a_finding(conventions, name):
    reading = read_postmortem(f"incidents/2026/{name}.md", VALID, conventions)
    assert [finding.code for finding in reading.findings] == ([] if is_record_id(reading.id) else ["S120"])
    assert is_record_id(reading.id) <= (reading.id.isascii() and reading.id == reading.id.lower())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("CON", "not of the form"),
        ("aux", "not of the form"),
        ("2026-03-31-x.", "not of the form"),
        ("2026-03-31-x ", "not of the form"),
        *((f"2026-03-31-x{character}y", "not of the form") for character in '<>:"|?*\\%#&+=@;$!~^`{}[]()\x01'),
        ("2026-03-31-pаyments", "U+0430, cyrillic small letter a"),
        ("2026-03-31-ﬁle", "U+FB01, latin small ligature fi"),
        ("2026-03-31-x\u200by", "U+200B, zero width space"),
        ("2026-03-31-x\u202ey", "U+202E, right-to-left override"),
        ("2026-03-31-x\udcff", "U+DCFF"),
        ("2026-03-31-Payments", "capital letters"),
        ("2026-03-31-" + "x" * 200, "211 characters"),
        ("2026-02-30-x", "not of the form"),
    ],
)
def test_names_that_are_no_ids_are_told_why(conventions, name, words):
    (finding,) = read_postmortem(f"incidents/2026/{name}.md", VALID, conventions).findings
    assert finding.code == "S120"
    assert words in finding.message
    assert finding.help


@pytest.mark.parametrize(
    "folder", ["aux", "con.d", "COM1", "lpt9.x", "a:b", "a<b", "a|b", 'a"b', "a?", "x ", "x.", "a\tb"]
)
def test_a_folder_that_windows_can_not_hold_is_told(knowledge_base, conventions, folder):
    library = read_library(knowledge_base({f"incidents/{folder}/2026-03-31-x.md": VALID}), conventions)
    (finding,) = library.findings
    assert (finding.code, finding.path) == ("S120", f"incidents/{folder}")
    assert "Windows" in finding.message
    assert len(library.records) == 1


@pytest.mark.parametrize("folder", ["2026", "auxiliary", "a.b", "conf", "x-1", "a b", "images (1)", "C#", "über"])
def test_other_folders_are_fine(knowledge_base, conventions, folder):
    library = read_library(knowledge_base({f"incidents/{folder}/2026-03-31-x.md": VALID}), conventions)
    assert library.findings == ()


def test_a_huge_file_is_told_and_not_read(knowledge_base, conventions):
    base = knowledge_base({"incidents/2026-b.md": VALID})
    with (base.incidents / "2026-a.md").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    (base.incidents / "2026-c.md").symlink_to("2026-a.md")
    library = read_library(base, conventions)
    messages = {reading.id: [finding.message for finding in reading.findings] for reading in library.readings}
    told = "the file has 52,428,800 bytes; the limit is 2,097,152"
    assert messages == {"2026-a": [told], "2026-b": [], "2026-c": [told]}
