"""What the golden files of junit, rdjson, gitlab and the statistics leave open."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from lxml import etree
from report_bench import BASE, read_report, rendered

from postmortems.findings import Report, Rule, Severity

WARNING = replace(BASE, severity=Severity.WARNING, code="T08")


def test_json_is_not_as_long_as_the_lines_are():
    report = Report((replace(BASE, excerpt="é" * 2_000_000),) * 100, ())
    assert len(rendered("json", report)) < 2_000_000
    assert json.loads(rendered("json", report))["findings"][0]["excerpt"] == "é" * 2_000


@pytest.mark.parametrize(
    ("excerpt", "column", "end_column", "expected"),
    [
        ("a𐐀b", 1, 2, (1, 2)),
        ("a𐐀b", 2, 3, (2, 6)),
        ("a𐐀b", 3, 4, (6, 7)),
        ("é: x", 4, 0, (5, 5)),
        ("", 1, 1, (1, 1)),
        ("", 9, 12, (9, 12)),
        ("é", 5, 6, (6, 7)),
        ("\udcff: x", 4, 5, (6, 7)),
        ("x", 0, 0, (1, 1)),
    ],
)
def test_rdjson_counts_columns_in_bytes(excerpt, column, end_column, expected):
    finding = replace(BASE, excerpt=excerpt, column=column, end_column=end_column)
    place = json.loads(rendered("rdjson", Report((finding,), ())))["diagnostics"][0]["location"]["range"]
    assert (place["start"]["column"], place["end"]["column"]) == expected


@pytest.mark.parametrize(
    ("severity", "gitlab", "rdjson"),
    [("error", "major", "ERROR"), ("warning", "minor", "WARNING"), ("info", "info", "INFO")],
)
def test_each_format_has_its_own_words_for_severity(severity, gitlab, rdjson):
    report = Report((replace(BASE, severity=Severity(severity)),), ())
    assert json.loads(rendered("gitlab", report))[0]["severity"] == gitlab
    assert json.loads(rendered("rdjson", report))["diagnostics"][0]["severity"] == rdjson


def cases(report):
    suites = etree.fromstring(rendered("junit", report).encode())
    found = {case.get("name"): [child.tag for child in case] for case in suites.iter("testcase")}
    assert suites.get("tests") == suites[0].get("tests") == str(len(found))
    assert suites.get("failures") == str(sum("failure" in tags for tags in found.values()))
    return found


def test_junit_has_a_case_for_each_file_and_fails_those_that_fail():
    files = ("incidents/a.md", "incidents/b.md", "incidents/c.md")
    findings = (
        replace(BASE, path="incidents/a.md"),
        replace(BASE, path="incidents/a.md"),
        replace(WARNING, path="incidents/a.md"),
        replace(WARNING, path="incidents/b.md"),
        replace(BASE, path="schemas/policy.yaml"),
    )
    assert cases(Report(findings, files)) == {
        "incidents/a.md": ["failure", "system-out"],
        "incidents/b.md": ["system-out"],
        "incidents/c.md": [],
        "schemas/policy.yaml": ["failure"],
    }
    strict = cases(Report(findings, files, fail_level=Severity.WARNING))
    assert strict["incidents/a.md"] == strict["incidents/b.md"] == ["failure"]


def test_statistics_list_the_most_frequent_rule_first():
    findings = (*[BASE] * 2, *[replace(BASE, code="S112")] * 2, *[replace(BASE, code="X99")] * 11)
    report = replace(read_report(), findings=findings, brief=True)
    assert rendered("statistics", report) == "11  X99\n 2  S112  known-word\n 2  T01   moment-form\n"


@pytest.mark.parametrize(
    ("severity", "level", "blocking", "fails"),
    [
        ("error", "error", True, True),
        ("warning", "error", True, False),
        ("info", "error", True, False),
        ("error", "warning", True, True),
        ("warning", "warning", True, True),
        ("info", "warning", True, False),
        ("error", "error", False, False),
        ("warning", "warning", False, False),
    ],
)
def test_what_fails_a_check(severity, level, blocking, fails):
    rule = Rule("T01", "n", Severity.ERROR, "f", "s", "w", "r", "", "", blocking=blocking)
    finding = replace(BASE, severity=Severity(severity))
    report = Report((finding,), (), {"T01": rule}, fail_level=Severity(level))
    assert report.fails(finding) is report.failed is fails
