"""`sarif`: the Static Analysis Results Interchange Format 2.1.0, which code scanning and editors read."""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from postmortems.findings.finding import Severity
from postmortems.findings.fingerprint import with_fingerprints
from postmortems.findings.formats.json_text import Json, json_text
from postmortems.findings.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.findings.finding import Finding
    from postmortems.findings.report import Report
    from postmortems.findings.rule import Rule

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"


def sarif(report: Report) -> str:
    """Write a log of one run, with all rules; the run's time is left out, so that it can be repeated."""
    indices = {code: i for i, code in enumerate(report.rules)}
    return json_text(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "postmortems",
                            **({"version": report.version} if report.version else {}),
                            "rules": [_rule(rule) for rule in report.rules.values()],
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "originalUriBaseIds": {_ROOT: {"description": {"text": "The top of the repository."}}},
                    "results": [
                        _result(finding, mark, indices) for finding, mark in with_fingerprints(report.findings)
                    ],
                }
            ],
        }
    )


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _sentence(rule.summary)},
        "fullDescription": {"text": _sentence(rule.why)},
        "help": {"text": _sentence(rule.remedy), "markdown": _help(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _help(rule: Rule) -> str:
    """The rule as a page: why, what to do, whom it is about, and the examples."""
    examples = (("Found", rule.bad), ("Fine", rule.good))
    parts = [
        _sentence(rule.why),
        f"**What to do.** {_sentence(rule.remedy)}",
        f"**Applies to** {rule.applies.describe()}.",
        *(f"**{label}**\n\n{_fenced(text)}" for label, text in examples if text),
    ]
    return "\n\n".join(parts)


def _fenced(text: str) -> str:
    """A block of code, between fences longer than any in it."""
    fence = "`" * (max(map(len, re.findall("`{2,}", text)), default=2) + 1)
    return f"{fence}\n{text}\n{fence}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _result(finding: Finding, mark: str, indices: Mapping[str, int]) -> Json:
    index = indices.get(finding.code)
    text = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    return {
        "ruleId": finding.code,
        **({"ruleIndex": index} if index is not None else {}),
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(visible(part) for part in text.split("\n"))},
        "locations": [
            {"physicalLocation": {"artifactLocation": _artifact(finding.path), "region": _region(finding)}}
        ],
        "partialFingerprints": {"postmortems/v1": mark},
    }


def _artifact(path: str) -> Json:
    """Where the file is: below the top of the repository, or anywhere by its full address."""
    address = quote(os.fsencode(path))
    if PurePosixPath(path).is_absolute():
        return {"uri": f"file://{address}"}
    return {"uri": address, "uriBaseId": _ROOT}


def _region(finding: Finding) -> Json:
    """The place, at least one character wide where the line has one there; `endColumn` is the one after it."""
    line, column = max(finding.line, 1), max(finding.column, 1)
    has_character = len(finding.excerpt) >= column
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": line,
        "endColumn": max(finding.end_column, column + has_character),
    }
