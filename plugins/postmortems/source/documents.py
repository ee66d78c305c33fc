"""Whole files: a post-mortem (front matter and body), or a plain YAML file of the knowledge base."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.findings import Finding, Severity
from postmortems.source.decoding import decode
from postmortems.source.source import Source, Span
from postmortems.source.yaml_values import read_values

if TYPE_CHECKING:
    from postmortems.source.shape import Shape

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file: a source, unless the findings say why there is none."""

    source: Source | None
    findings: tuple[Finding, ...]


def read_record(path: str, data: bytes, shape: Shape) -> Reading:
    """Read a post-mortem: YAML front matter between two lines of `---`, then Markdown."""
    text, findings = decode(path, data)
    if findings:
        return Reading(None, _with_excerpts(findings, text))
    opening = _FENCE.match(text)
    if not opening:
        return _failed(
            path,
            text,
            1,
            "the file does not start with front matter",
            "start it with a line of `---`, the fields, and another line of `---`",
        )
    closing = _FENCE.search(text, opening.end())
    if not closing:
        return _failed(
            path, text, 1, "the front matter is not closed", "end the fields with a line of `---` of its own"
        )
    front = text[opening.end() + 1 : closing.start()]
    body = text[closing.end() :].removeprefix("\n")
    return _read(path, text, front, 2, shape, body, text.count("\n", 0, closing.end()) + 2)


def read_yaml(path: str, data: bytes, shape: Shape) -> Reading:
    """Read a plain YAML file that holds one mapping."""
    text, findings = decode(path, data)
    if findings:
        return Reading(None, _with_excerpts(findings, text))
    return _read(path, text, text, 1, shape, "", 1)


def _read(  # noqa: PLR0913, PLR0917 - the parts of one file
    path: str, text: str, yaml_text: str, first_line: int, shape: Shape, body: str, body_line: int
) -> Reading:
    values = read_values(path, yaml_text, shape, first_line=first_line)
    if values.findings:
        return Reading(None, tuple(values.findings))
    if not isinstance(values.value, dict):
        return _failed(
            path, text, first_line, "the fields are not a mapping", "write them as `key: value`, one a line"
        )
    source = Source(path, text, values.value, values.keys, values.values, body, body_line, frozenset(values.flow))
    return Reading(source, ())


def _failed(path: str, text: str, line: int, message: str, help_text: str) -> Reading:
    source = Source(path, text, {}, {}, {})
    end = len(source.line(line)) + 1
    finding = source.finding("S102", Severity.ERROR, message, at=Span(line, 1, max(end, 2)), help=help_text)
    return Reading(None, (finding,))


def _with_excerpts(findings: list[Finding], text: str) -> tuple[Finding, ...]:
    source = Source(findings[0].path, text, {}, {}, {})
    return tuple(
        source.finding(f.code, f.severity, f.message, at=Span(f.line, f.column, f.end_column), help=f.help)
        for f in findings
    )
