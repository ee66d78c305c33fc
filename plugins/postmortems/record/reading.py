"""Read a file into a record, or into findings that say why it failed."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from postmortems.findings import Finding, Severity
from postmortems.record.build import build_postmortem, written_out
from postmortems.record.naming import is_record_id, naming_fault, record_id_of
from postmortems.record.partial import partial_record
from postmortems.record.paths import pointers_of
from postmortems.source import MAX_SCHEMA_ERRORS, SchemaError, Source, access, read_record
from postmortems.source.decoding import MAX_BYTES, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.conventions import Conventions
    from postmortems.files import RecordFile
    from postmortems.record.model import Postmortem
    from postmortems.record.partial import Partial
    from postmortems.source import Pointer


@dataclass(frozen=True, slots=True)
class RecordReading:
    """The result of reading one post-mortem: its id, its record if it is valid, and findings.

    Where they do, `partial` is what can be judged all the same, and `faults` are the pointers of what can't.
    """

    id: str
    path: str
    record: Postmortem | None
    source: Source | None
    findings: tuple[Finding, ...]
    faults: tuple[Pointer, ...] = ()
    partial: Partial | None = None

    @property
    def lenient_record(self) -> Postmortem | None:
        """The record or its valid part: for rules, never for display."""
        return self.record or (self.partial.record if self.partial else None)


def read_postmortem(path: str, data: bytes, conventions: Conventions) -> RecordReading:
    """Read one post-mortem. `path` is its place in the knowledge base, with forward slashes."""
    return completed(examined(path, data, conventions), conventions)


def examined(path: str, data: bytes, conventions: Conventions) -> RecordReading:
    """Read and validate one post-mortem without building its record."""
    record_id = record_id_of(PurePosixPath(path))
    reading = read_record(path, data, conventions.schema.shape)
    findings = list(reading.findings)
    faults: list[Pointer] = []
    if reading.source:
        schema_errors = conventions.schema.schema_errors(reading.source) or _missed_redactions(reading.source)
        findings += (error.finding for error in schema_errors)
        faults += (pointer for error in schema_errors for pointer in (error.at, *error.meant))
    if not is_record_id(record_id):
        findings.append(_bad_name(path, record_id))
    return RecordReading(record_id, path, None, reading.source, tuple(findings), tuple(faults))


def completed(reading: RecordReading, conventions: Conventions) -> RecordReading:
    """A reading with its record built, or the valid part of it."""
    source, folder = reading.source, reading.path.rpartition("/")[2] == "index.md"
    if source is None or len(reading.findings) >= MAX_SCHEMA_ERRORS:  # there may be more than are told of
        return reading
    if reading.findings:
        partial = partial_record(reading.id, source, reading.faults, conventions, folder=folder)
        return replace(reading, partial=partial)
    record = build_postmortem(reading.id, source, conventions.policy, folder=folder)
    return RecordReading(reading.id, reading.path, record, source, ())


def examined_file(file: RecordFile, conventions: Conventions) -> RecordReading:
    """Read and validate a file up to the size limit; raises OSError."""
    with open(file.path, "rb") as stream:  # noqa: PTH123 - no Path for each of thousands
        size = os.fstat(stream.fileno()).st_size
        data = stream.read(size + 1) if size <= MAX_BYTES else b""
    if size > MAX_BYTES:
        record_id = record_id_of(PurePosixPath(file.shown))
        return RecordReading(record_id, file.shown, None, None, (too_large(file.shown, size),))
    return examined(file.shown, data, conventions)


def read_record_file(file: RecordFile, conventions: Conventions) -> RecordReading:
    """Read one post-mortem from its file; raises OSError."""
    return completed(examined_file(file, conventions), conventions)


def _missed_redactions(source: Source) -> list[SchemaError]:
    """Findings about redacted paths that match nothing: the intended text would be shown."""
    return [
        SchemaError("S113", pointer, _missed(source, pointer, path))
        for pointer, path in _redactions(source)
        if not pointers_of(written_out(source.meta), path)
    ]


def _missed(source: Source, pointer: Pointer, path: str) -> Finding:
    return source.finding(
        "S113",
        Severity.ERROR,
        f"`redacted` lists `{path}`, but the record has nothing there",
        at=pointer,
        help=(
            "name an existing field, such as impact.cost, or an entry by id or position, such as "
            "actions.A2 or timeline.3"
        ),
    )


def _redactions(source: Source) -> Iterator[tuple[Pointer, str]]:
    for i, entry in enumerate(access.items(source.meta.get("redacted"))):
        if isinstance(entry, dict):
            yield ("redacted", i, "path"), access.text(entry.get("path"))
        else:
            yield ("redacted", i), access.text(entry)


def _bad_name(path: str, record_id: str) -> Finding:
    message, help_text = naming_fault(record_id)
    return Finding(path, 1, 1, "S120", Severity.ERROR, message, help_text, 1)
