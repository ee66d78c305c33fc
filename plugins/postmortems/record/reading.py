"""The bytes of a file to a typed post-mortem, or the findings that say why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from postmortems.findings import Finding, Severity
from postmortems.record.build import build_postmortem, written_out
from postmortems.record.naming import MAX_LENGTH, is_record_id, record_id_of
from postmortems.record.paths import pointers_of
from postmortems.source import Source, access, read_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.conventions import Conventions
    from postmortems.record.model import Postmortem
    from postmortems.source import Pointer


@dataclass(frozen=True, slots=True)
class RecordReading:
    """What came of reading one post-mortem: its id, the typed record unless findings prevent it, and these."""

    id: str
    path: str
    record: Postmortem | None
    source: Source | None
    findings: tuple[Finding, ...]


def read_postmortem(path: str, data: bytes, conventions: Conventions) -> RecordReading:
    """Read one post-mortem. `path` is its place in the knowledge base, with forward slashes."""
    place = PurePosixPath(path)
    record_id = record_id_of(place)
    reading = read_record(path, data, conventions.schema.shape)
    findings = list(reading.findings)
    source = reading.source
    if source:
        findings += conventions.schema.findings(source) or _missed_redactions(source)
    if not is_record_id(record_id):
        findings.append(_bad_name(path, record_id))
    if findings or source is None:
        return RecordReading(record_id, path, None, source, tuple(findings))
    record = build_postmortem(record_id, source, conventions.policy, folder=place.name == "index.md")
    return RecordReading(record_id, path, record, source, ())


def _missed_redactions(source: Source) -> list[Finding]:
    """A path that is to be withheld and leads nowhere: what was meant would be shown."""
    return [
        source.finding(
            "S113",
            Severity.ERROR,
            f"`{path}` is to be withheld, and this record holds nothing there",
            at=pointer,
            help="name a field that is there: impact.cost, or an entry by its id or place: actions.A2, timeline.3",
        )
        for pointer, path in _redactions(source)
        if not pointers_of(written_out(source.meta), path)
    ]


def _redactions(source: Source) -> Iterator[tuple[Pointer, str]]:
    for i, entry in enumerate(access.items(source.meta.get("redacted"))):
        if isinstance(entry, dict):
            yield ("redacted", i, "path"), access.text(entry.get("path"))
        else:
            yield ("redacted", i), access.text(entry)


def _bad_name(path: str, record_id: str) -> Finding:
    return Finding(
        path,
        1,
        1,
        "S120",
        Severity.ERROR,
        f"the file's name gives the id `{record_id[:MAX_LENGTH]}`, which is not of the form YYYY-MM-DD-slug",
        "name it by the date people know the incident by and a few words: 2026-03-31-payments-certificate.md",
        1,
    )
