"""What the tests of this folder share: texts that are seldom right, and what must hold of every file."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from hypothesis import strategies as st

from postmortems.corpus import Library
from postmortems.findings import Report, render_finding
from postmortems.findings.formats.registry import FORMATS
from postmortems.record import read_postmortem
from postmortems.rules import judge

if TYPE_CHECKING:
    from postmortems.conventions import Conventions
    from postmortems.findings import Finding

AS_OF = datetime(2026, 6, 1, 12, tzinfo=UTC)
_TESTS = Path(__file__).parent.parent
RECORDS = [
    path.read_bytes()
    for path in (
        _TESTS / "record/cases/kitchen-sink.md",
        _TESTS / "rules/cases/full-record.md",
        _TESTS / "rules/cases/small-record.md",
    )
]
# What YAML, Markdown, HTML, a terminal, a regular expression or a clock could trip over.
PIECES = [
    *"\"'`#&*!|>%@{}[],:?-~\\/=<\t\r\n\0\x07\x7f\x85\xa0é",
    *("😀", "а", "\u200b", "\u2028", "\u202e", "\u2066", "\ufeff", "\ufffe", "e\u0301", "ﬁ", "٣", "½", "ß", "İ"),
    *(
        "\n---\n",
        "---\n",
        "...\n",
        ": ",
        "- ",
        "? ",
        "<<: ",
        "!!",
        "!",
        "&a ",
        "*a",
        "%YAML 1.1\n",
        "# hint: ",
        "<!--",
    ),
    *("null", "~", "true", "yes", "no", "0x1F", "0o7", "1_000", "1e400", "-.inf", ".nan", "1.10", "-0", "9" * 400),
    *(
        "2026-02-30",
        "2026-12-31T23:59:60Z",
        "2026-01-01T24:00Z",
        "2026-01-01T00:00+24:00",
        "0001-01-01T00:00+23:59",
    ),
    *(
        "9999-12-31T23:59-23:59",
        "2026-1-1",
        "14:32",
        "2026-03-31T10:12",
        "99999d",
        "\\ud800",
        "\\x1b",
        "\\U00110000",
    ),
]
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.sampled_from(
        ["2026-03-31T10:12Z", "2026-03-31", "payments", "sev1", "F1", "https://example.org/", "a -> b"]
    ),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.integers(-3, 3),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
)


def values(
    keys: st.SearchStrategy[str], scalars: st.SearchStrategy[object] = SCALARS
) -> st.SearchStrategy[object]:
    """Values of any shape whose mappings have such keys."""
    return st.recursive(
        scalars,
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
        max_leaves=12,
    )


def as_yaml(fields: dict[str, object]) -> str:
    """Fields as YAML, each on a line of its own; JSON is YAML, but for what no file may hold."""
    return "".join(f"{json.dumps(key)}: {json.dumps(value)}\n" for key, value in fields.items())


def judged(data: bytes, conventions: Conventions, path: str = "incidents/2026/2026-03-31-x.md") -> list[Finding]:
    """Read and judge a file; all that must hold of the outcome, whatever the file holds, is asserted."""
    reading = read_postmortem(path, data, conventions)
    assert (reading.record is None) == bool(reading.findings)
    findings = judge(Library((reading,), ()), conventions, AS_OF, due=True)
    assert {finding.code for finding in reading.findings} <= {finding.code for finding in findings}
    lines = data.decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")
    for finding in findings:
        assert 1 <= finding.line <= len(lines), finding
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1, finding
        assert finding.end_column >= finding.column, finding
        assert finding.message, finding
        click.unstyle(render_finding(finding)).encode()
    return findings


def assert_printable(findings: list[Finding]) -> None:
    """Print findings in every format there is: none may raise, and each must be fit for UTF-8."""
    report = Report(tuple(findings), ("incidents/2026/2026-03-31-x.md",))
    for chosen in FORMATS.values():
        chosen.render(report).encode()
