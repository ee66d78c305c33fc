"""SARIF beyond its schema: places, addresses, fingerprints, and the pages of the rules."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from report_bench import BASE, read_report, rendered

from postmortems.findings import Report, Rule, Severity


def run(*findings, rules=None):
    return json.loads(rendered("sarif", Report(findings, (), rules or {})))["runs"][0]


def place(**parts):
    return run(replace(BASE, **parts))["results"][0]["locations"][0]["physicalLocation"]


@pytest.mark.parametrize(
    ("line", "column", "end_column", "excerpt", "expected"),
    [
        (7, 3, 6, "x: abc", (7, 3, 7, 6)),
        (7, 3, 0, "x: abc", (7, 3, 7, 4)),
        (7, 3, 3, "x:", (7, 3, 7, 3)),
        (1, 1, 1, "", (1, 1, 1, 1)),
        (1, 1, 1, "---", (1, 1, 1, 2)),
        (0, 0, 0, "", (1, 1, 1, 1)),
        (7, 4, 6, "x: 😀😀", (7, 4, 7, 6)),
    ],
)
def test_a_place_is_counted_in_characters(line, column, end_column, excerpt, expected):
    region = place(line=line, column=column, end_column=end_column, excerpt=excerpt)["region"]
    assert tuple(region[key] for key in ("startLine", "startColumn", "endLine", "endColumn")) == expected
    assert run(BASE)["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("incidents/2026/a.md", "incidents/2026/a.md"),
        ("incidents/a b%20#c?.md", "incidents/a%20b%2520%23c%3F.md"),
        ("incidents/é.md", "incidents/%C3%A9.md"),
        ("incidents/\udcff.md", "incidents/%FF.md"),
        ("a:b.md", "a%3Ab.md"),
    ],
)
def test_a_path_is_an_address_from_the_top_of_the_repository(path, address):
    assert place(path=path)["artifactLocation"] == {"uri": address, "uriBaseId": "%SRCROOT%"}
    assert "%SRCROOT%" in run(BASE)["originalUriBaseIds"]


def test_a_file_outside_has_its_full_address():
    assert place(path="/elsewhere/a b.md")["artifactLocation"] == {"uri": "file:///elsewhere/a%20b.md"}


def test_a_result_points_at_its_rule():
    log = json.loads(rendered("sarif", read_report()))["runs"][0]
    rules = log["tool"]["driver"]["rules"]
    for result in log["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert "ruleIndex" not in run(BASE)["results"][0]


def test_a_rule_is_documented():
    rule = Rule("C01", "n", Severity.INFO, "f", "What", "Why?", "Do it", "````\nx\n````", "")
    made = run(rules={"C01": rule})["tool"]["driver"]["rules"][0]
    assert made["shortDescription"] == {"text": "What."}
    assert made["fullDescription"] == {"text": "Why?"}
    assert made["help"]["text"] == "Do it."
    assert made["help"]["markdown"] == (
        "Why?\n\n**What to do.** Do it.\n\n**Applies to** all records.\n\n**Found**\n\n`````\n````\nx\n````\n`````"
    )
    assert made["defaultConfiguration"] == {"level": "note"}


def marks(*findings):
    return [result["partialFingerprints"]["postmortems/v1"] for result in run(*findings)["results"]]


def test_a_fingerprint_stays_when_the_line_moves():
    at = replace(BASE, excerpt="  x: 1")
    assert marks(at) == marks(replace(at, line=99, column=1, end_column=2, excerpt="x: 1", help="else"))


@pytest.mark.parametrize("part", ["path", "code", "message", "excerpt"])
def test_a_fingerprint_tells_findings_apart(part):
    assert marks(BASE) != marks(replace(BASE, **{part: "Z99"}))


def test_findings_that_are_alike_are_told_apart_by_their_order():
    first, second, third = marks(BASE, replace(BASE, line=8), replace(BASE, line=9))
    assert len({first, second, third}) == 3
    assert marks(BASE) == [first]
    gitlab = json.loads(rendered("gitlab", Report((BASE, BASE), ())))
    assert [issue["fingerprint"] for issue in gitlab] == [first, second]
