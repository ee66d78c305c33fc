"""Whole files: a post-mortem (front matter and body), or a plain YAML file of the knowledge base."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from postmortems.findings import Finding, Severity
from postmortems.source.decoding import decode
from postmortems.source.places import Places
from postmortems.source.source import Source, Span
from postmortems.source.yaml_values import read_values

if TYPE_CHECKING:
    from postmortems.source.shape import Shape
    from postmortems.source.source import Value

_FENCE = re.compile(r"---[ \t]*$", re.MULTILINE)


class SourceReading(NamedTuple):
    """The result of reading a file: a source, or findings that say why there is none."""

    source: Source | None
    findings: tuple[Finding, ...]


class _Layout(NamedTuple):
    """The YAML part of a text, and where the body starts."""

    fields: slice
    body: int


def read_record(path: str, data: bytes, shape: Shape) -> SourceReading:
    """Read a post-mortem: YAML front matter between two lines of `---`, then Markdown."""
    text, findings = decode(path, data)
    if findings:
        return SourceReading(None, _with_excerpts(findings, text))
    layout = _layout(text)
    if layout:
        return _read(path, text, layout, shape)
    if _FENCE.match(text):
        return _failed(path, text, 1, "the front matter is not closed", "end the fields with a line of `---`")
    return _failed(
        path,
        text,
        1,
        "the file does not start with front matter",
        "start with a line of `---`, then the fields, then another line of `---`",
    )


def read_yaml(path: str, data: bytes, shape: Shape) -> SourceReading:
    """Read a plain YAML file that holds one mapping."""
    text, findings = decode(path, data)
    if findings:
        return SourceReading(None, _with_excerpts(findings, text))
    return _read(path, text, _Layout(slice(0, len(text)), len(text)), shape)


def _layout(text: str) -> _Layout | None:
    opening = _FENCE.match(text)
    if not opening:
        return None
    at = text.find("\n---", opening.end())
    while at >= 0:
        closing = _FENCE.match(text, at + 1)
        if closing:
            return _Layout(slice(opening.end() + 1, at + 1), closing.end())
        at = text.find("\n---", at + 1)
    return None


def _read(path: str, text: str, layout: _Layout, shape: Shape) -> SourceReading:
    first_line = 2 if layout.fields.start else 1
    values = read_values(path, text[layout.fields], shape, first_line=first_line)
    if values.findings:
        return SourceReading(None, tuple(values.findings))
    if not isinstance(values.value, dict):
        return _failed(
            path, text, first_line, "the fields are not a mapping", "write them as `key: value`, one per line"
        )
    return SourceReading(_source(path, text, layout, values.value), ())


def _source(path: str, text: str, layout: _Layout, meta: dict[str, Value]) -> Source:
    places = Places(text, layout.fields, meta)
    return Source(
        path,
        text,
        meta,
        places.keys,
        places.values,
        text[layout.body :].removeprefix("\n"),
        text.count("\n", 0, layout.body) + 2,
        places.flow,
    )


def _failed(path: str, text: str, line: int, message: str, help_text: str) -> SourceReading:
    source = Source(path, text, {}, {}, {})
    end = len(source.line(line)) + 1
    finding = source.finding("S102", Severity.ERROR, message, at=Span(line, 1, max(end, 2)), help=help_text)
    return SourceReading(None, (finding,))


def _with_excerpts(findings: list[Finding], text: str) -> tuple[Finding, ...]:
    source = Source(findings[0].path, text, {}, {}, {})
    return tuple(
        source.finding(f.code, f.severity, f.message, at=Span(f.line, f.column, f.end_column), help=f.help)
        for f in findings
    )
