"""What a file holds: its bytes, and what is packed in them."""

from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile
import zlib
from contextlib import closing, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"II*\0", b"MM\0*", b"GIF8", b"%PDF")
_DEEPEST = 4


def contents(data: bytes, how: str = "", depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The bytes of a file and of what is packed in it, each with how it was reached; broken parts are left out."""
    yield how, data
    if depth == _DEEPEST:
        return
    for reached, inner in _unpacked(data):
        yield from contents(inner, f"{how} {reached}".strip(), depth + 1)


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"\x1f\x8b"):
        with suppress(OSError, EOFError, zlib.error):
            yield "after gunzip", gzip.decompress(data)
    elif data.startswith(b"SQLite format 3\0"):
        yield "in the cells of its tables", _sqlite_cells(data)
    elif data.startswith(b"PAR1") and find_spec("pyarrow"):
        yield "in the cells of its table", _parquet_cells(data)
    elif data.startswith(b"PK\x03\x04"):
        yield from _members(data)
    elif data.startswith(b"BEGIN:VCALENDAR"):
        yield "after unfolding", data.replace(b"\r\n ", b"").replace(b"\\,", b",").replace(b"\\;", b";")
    elif data.startswith(_IMAGES):
        yield "in its metadata", _metadata(data)


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    with suppress(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        archive = zipfile.ZipFile(io.BytesIO(data))
        for place, name in enumerate(archive.namelist(), 1):
            yield f"in file {place} of the archive", name.encode()
            yield f"in file {place} of the archive", archive.read(name)


def _sqlite_cells(data: bytes) -> bytes:
    cells: list[bytes] = []
    with closing(sqlite3.connect(":memory:")) as database, suppress(sqlite3.Error):
        database.deserialize(data)
        database.text_factory = bytes
        names = [
            row[0].decode() for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for name in names:
            quoted = name.replace('"', '""')
            with suppress(sqlite3.Error):
                for row in database.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - a name can't be bound
                    cells += (cell for cell in row if isinstance(cell, bytes))
    return b"\n".join(cells)


def _parquet_cells(data: bytes) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with suppress(pa.ArrowException, OSError):
        table = pq.read_table(io.BytesIO(data))
        return "\n".join(str(cell) for column in table.columns for cell in column.to_pylist()).encode()
    return b""


def _metadata(data: bytes) -> bytes:
    """The texts of an image: what PNG compresses, and all bytes without zeros, since EXIF has texts as UTF-16."""
    packed: list[bytes] = []
    at = 8
    while data.startswith(b"\x89PNG") and at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if kind in {b"zTXt", b"iTXt"}:
            chunk = data[at + 8 : at + 8 + size]
            for offset in range(chunk.find(b"\0"), min(len(chunk), 120)):
                if chunk[offset : offset + 1] == b"\x78":
                    with suppress(zlib.error):
                        packed.append(zlib.decompress(chunk[offset:]))
        at += size + 12
    return b"\n".join([data.replace(b"\0", b""), *packed])
