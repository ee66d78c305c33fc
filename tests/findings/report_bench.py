"""What the tests of the formats share: a report read from data, and one of everything odd that a finding can hold.

Run as a script, it writes the golden files anew: read the difference before you keep it.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import click

from postmortems.findings import EVERY_STATUS, Applies, Finding, Report, Rule, Severity
from postmortems.findings.formats.github_summary import github_summary
from postmortems.findings.formats.registry import FORMATS
from postmortems.findings.formats.statistics import statistics

GOLDEN = Path(__file__).parent / "golden"
SCHEMAS = Path(__file__).parent / "schemas"
GOLDEN_FILES = {
    **{name: f"{name}.txt" for name in ("full", "concise", "github")},
    **{name: f"{name}.json" for name in ("json", "gitlab", "sarif", "rdjson")},
    "junit": "junit.xml",
    "statistics": "statistics.txt",
    "summary": "summary.md",
}

ODD_TEXTS = {
    "unicode": "日本 é 😀 👩\u200d🚀 e\u0301 שלום",
    "controls": "a\x00b\x07c\x1b[31md\x7fe\x85f\x9bg",
    "directions": "a\u202eb\u2066c\u2069d\u200fe\ufefff",
    "line breaks": "a\nb\r\nc\u2028d\u2029e\x0bf\x0cg",
    "tabs": "a\tb\t",
    "quotes": "\"double\" 'single' `back` \\slash\\",
    "markup": "<script>alert(1)</script> & ]]> <!-- --> </failure> &amp;",
    "workflow commands": "::error::x %0A%0D%25 ##[add-mask]y ::set-output name=a::b, c:d",
    "Markdown": "# h * [a](javascript:b) ![c](d) **e** | f | @someone #1 `g` ```h``` <br> https://example.org",
    "templates": "{0} {{x}} ${{ secrets.X }} %s %(y)s",
    "halves": "a\ud800b\udcffc",
    "no characters": "a\ufffeb\uffffc\U0001fffed",
    "long": "word " * 4000,
    "empty": "",
    "spaces": "   ",
}
# A name of a file holds no slash, and no half of a character but those that stand for stray bytes.
_NOT_IN_NAMES = re.compile("[/\ud800]")
BASE = Finding("incidents/2026/2026-03-31-a.md", 7, 3, "T01", Severity.ERROR, "it is wrong")


def odd_report() -> Report:
    """Findings with each odd text in each of their parts, and places at and beyond every edge."""
    findings = []
    for text in ODD_TEXTS.values():
        findings += [
            replace(BASE, message=text or "-"),
            replace(BASE, help=text),
            replace(BASE, excerpt=text, column=3, end_column=5),
            replace(BASE, path=f"incidents/{_NOT_IN_NAMES.sub('', text[:200])}.md"),
        ]
    for line, column, end in ((1, 1, 1), (1, 1, 0), (0, 0, 0), (9, 400, 401), (2, 5, 3), (10**6, 1, 10**5)):
        findings += [
            replace(BASE, line=line, column=column, end_column=end, excerpt=excerpt) for excerpt in ("", "x: 日本")
        ]
    findings += [replace(BASE, severity=severity, code=code) for severity in Severity for code in ("X02", "S999")]
    findings += [BASE, BASE, BASE, replace(BASE, path="/elsewhere/a b.md"), replace(BASE, path="a:b?c#d%e.md")]
    rules = (
        *read_report().rules.values(),
        *(
            Rule(
                f"Z{i:02}",
                f"odd-{i}",
                Severity.INFO,
                "odd",
                text,
                text,
                text,
                text,
                text,
                Applies(frozenset({text})),
            )
            for i, text in enumerate(ODD_TEXTS.values())
        ),
    )
    return Report(tuple(findings), (BASE.path, "incidents/2026/fine.md"), {rule.code: rule for rule in rules})


def read_report() -> Report:
    """The report of the golden files."""
    data = json.loads((GOLDEN / "report.json").read_text(encoding="utf-8"))
    kinds = (Applies(), Applies(frozenset({"first-hand"})), Applies(statuses=EVERY_STATUS))
    applies = {kind.describe(): kind for kind in kinds}
    rules = [
        Rule(**{**rule, "severity": Severity(rule["severity"]), "applies": applies[rule["applies"]]})
        for rule in data["rules"]
    ]
    return Report(
        findings=tuple(
            Finding(**{**finding, "severity": Severity(finding["severity"])}) for finding in data["findings"]
        ),
        files=tuple(data["files"]),
        rules={rule.code: rule for rule in rules},
        version=data["version"],
    )


def rendered(name: str, report: Report) -> str:
    """A report in one of the formats, the statistics and the summary of a step among them, without colours."""
    if name == "statistics":
        return click.unstyle(statistics(report))
    return github_summary(report) if name == "summary" else click.unstyle(FORMATS[name].render(report))


if __name__ == "__main__":
    for name, file in GOLDEN_FILES.items():
        (GOLDEN / file).write_text(rendered(name, read_report()), encoding="utf-8")
