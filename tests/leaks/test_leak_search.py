"""The search for secrets in files: in every form and packing they are found, and what only looks alike is not."""

from __future__ import annotations

import gzip
import html
import io
import json
import sqlite3
import struct
import zipfile
import zlib
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from postmortems.leaks import Kind, Leak, Secret, Vocabulary, find_leaks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

ID = Secret(Kind.ID, "2026-03-31-quibbling", "a.md")
TITLE = Secret(Kind.TITLE, 'The "quibble" & Übergabe', "a.md")
TEXT = Secret(Kind.TEXT, "Lost to a bidder's friend", "b.md")
WORD = Secret(Kind.WORD, "flummoxed", "c.md")
NAME = Secret(Kind.WORD, "db-zz9-17", "d.md")
GERMAN = Secret(Kind.WORD, "Übergabeprotokoll", "e.md")
SECRETS = (ID, TITLE, TEXT, WORD, NAME, GERMAN)


def leaks(
    folder: Path, files: dict[str, bytes], *, shown: Iterable[str] = (), used: Iterable[str] = ()
) -> list[Leak]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    used = set(used)
    return list(find_leaks(folder, SECRETS, frozenset(shown), lambda secret: secret.text in used))


def in_text(folder: Path, text: str, name: str = "page.html", **known: Iterable[str]) -> list[Leak]:
    return leaks(folder, {name: text.encode()}, **known)


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret.text)
@pytest.mark.parametrize(
    "spelt",
    [
        str,
        html.escape,
        lambda text: html.escape(text, quote=False),
        lambda text: json.dumps([text]),
        lambda text: json.dumps([f"line\n{text}\n"], ensure_ascii=False),
        quote,
        lambda text: f"a%20{quote(text, safe='')}%20",
        lambda text: '"' + text.replace('"', '""') + '"',
    ],
    ids=["plain", "html", "html-text", "json", "json-lines", "path", "query", "csv"],
)
def test_found_however_it_is_spelt(tmp_path: Path, secret: Secret, spelt: Callable[[str], str]) -> None:
    found = in_text(tmp_path, f"First line.\n<p>{spelt(secret.text)}</p>")
    assert [(leak.file, leak.kind, leak.path) for leak in found] == [("page.html", secret.kind, secret.path)]
    assert found[0].place.startswith("line 2, byte ")
    assert secret.text not in str(found[0])


def sqlite_file(text: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE notes (note TEXT)")
        database.execute("INSERT INTO notes VALUES (?)", [text])
        database.commit()
        return database.serialize()


def parquet(text: str) -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.table({"note": [text] * 3}), made, compression="zstd")
    return made.getvalue()


def png(text: str) -> bytes:
    """An image whose comment is compressed."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    comment = b"Comment\0\0" + zlib.compress(text.encode("latin-1"))
    parts = (
        chunk(b"IHDR", head),
        chunk(b"zTXt", comment),
        chunk(b"IDAT", zlib.compress(b"\0\0")),
        chunk(b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def archive(text: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("notes.txt", text)
    return made.getvalue()


PACKED: dict[str, Callable[[str], bytes]] = {
    "notes.txt": lambda text: text.encode(),
    "notes.json": lambda text: json.dumps({"note": text}).encode(),
    "notes.txt.gz": lambda text: gzip.compress(text.encode()),
    "notes.gz.gz": lambda text: gzip.compress(gzip.compress(text.encode())),
    "notes.sqlite": sqlite_file,
    "notes.parquet": parquet,
    "notes.zip": archive,
    "notes.png": png,
    "notes.jpg": lambda text: b"\xff\xd8\xff\xe1" + text.encode("utf-16-le"),
    "notes.ics": lambda text: b"BEGIN:VCALENDAR\r\n" + text[:9].encode() + b"\r\n " + text[9:].encode(),
}


@pytest.mark.parametrize("name", PACKED)
@pytest.mark.parametrize("secret", [ID, TEXT, WORD, NAME], ids=lambda secret: secret.text)
def test_found_in_whatever_it_is_packed(tmp_path: Path, name: str, secret: Secret) -> None:
    packed = PACKED[name](f"It is: {secret.text}.")
    assert [leak.path for leak in leaks(tmp_path, {name: packed})] == [secret.path]
    (tmp_path / name).unlink()
    assert leaks(tmp_path, {name: PACKED[name]("It is nothing.")}) == []


@pytest.mark.parametrize("name", PACKED)
def test_broken_files_are_searched_as_they_are(tmp_path: Path, name: str) -> None:
    broken = PACKED[name]("It is nothing.")[:-9] + b" flummoxed "
    assert [leak.path for leak in leaks(tmp_path, {name: broken})] == [WORD.path]


def test_found_in_the_name_of_a_file(tmp_path: Path) -> None:
    (found,) = in_text(tmp_path, "Nothing.", f"{ID.text}.txt")
    assert (found.place, found.kind) == ("in its name", Kind.ID)


@pytest.mark.parametrize(
    "text",
    [
        "unflummoxed flummoxedly Flummoxedness",
        "xdb-zz9-17 db-zz9-170 db-zz9-17-b a-db-zz9-17 db-zz9-17.example",
        "2026-03-31-quibble",
        "the Übergabeprotokolle",
        "lost to a bidder's friend",
    ],
)
def test_what_only_looks_alike_is_no_leak(tmp_path: Path, text: str) -> None:
    assert in_text(tmp_path, text) == []


def test_words_that_are_in_use_are_no_leak(tmp_path: Path) -> None:
    assert in_text(tmp_path, "flummoxed", used=["flummoxed"]) == []


def test_letters_are_no_words_in_a_program(tmp_path: Path) -> None:
    found = in_text(tmp_path, f"let flummoxed = 1 // {NAME.text}", "app.js")
    assert [leak.path for leak in found] == [NAME.path]


def test_a_shown_id_may_begin_with_a_withheld_one(tmp_path: Path) -> None:
    shown = f"{ID.text}-again"
    assert in_text(tmp_path, f"{shown} {shown}.png", shown=[shown]) == []
    assert len(in_text(tmp_path, f"{shown} {ID.text}.", shown=[shown])) == 1


@pytest.mark.parametrize(
    ("word", "used"),
    [
        ("processor", True),
        ("Processors", True),
        ("processing", False),
        ("db-a1-17", True),
        ("db-a1-18", False),
    ],
)
def test_a_word_is_in_use_in_any_ending_but_a_name_only_as_it_is(word: str, *, used: bool) -> None:
    assert Vocabulary(["Two processors, DB-A1-17"]).has(word) is used
