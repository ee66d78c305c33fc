"""The verdict as a whole: its order, what can be accepted, and that each fault is told where it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from rule_bench import (
    AS_OF,
    FULL,
    POLICY,
    SMALL,
    codes,
    conventions,
    judge_text,
    with_body,
    with_fields,
    without_fields,
)

from postmortems.corpus import Library
from postmortems.findings import Finding, Severity
from postmortems.record import read_postmortem
from postmortems.rules import judge

FIVE_FAULTS = """\
---
schema: 1
title: Expired certificate stopped card payments
summary: The certificate of the card gateway ran out, and card payments failed for 43 minutes.
status: published
published: 2062-04-07
tlp: RED
severity: sev4
services:
  - payments
trigger: certificate
times:
  started: 2026-03-31T11:12Z
  detected: 2026-03-31T11:20Z
  contained: 2026-03-31T10:50Z
  recovered: 2026-03-31T10:55Z
detection: customer
impact:
  technical: high
factors:
  - "infrastructure.expiry: the renewal job had no alarm -> the certificate ran out unnoticed"
lessons:
  - "improve: Alarm on the date of expiry, not on the failure that follows it."
actions:
  - id: A1
    title: Alarm three weeks before a certificate ends
    addresses: [F1, F2]
---
"""
PUBLIC_REPORT = """\
provenance: public-report
organisation: Example Bank
sources:
  - url: https://example.org/report
    kind: primary
"""


def _library(*texts: str) -> Library:
    readings = tuple(
        read_postmortem(f"incidents/2026/2026-03-{day:02}-case.md", text.encode(), conventions())
        for day, text in enumerate(texts, 1)
    )
    return Library(readings, ())


def test_five_faults_are_five_findings_each_in_its_place():
    found = judge_text(FIVE_FAULTS)
    assert [(f.code, f.line, f.column) for f in found] == [
        ("T02", 6, 12),
        ("P01", 7, 6),
        ("F01", 11, 10),
        ("T03", 13, 12),
        ("X01", 27, 21),
    ]
    for finding in found:
        assert finding.severity is Severity.ERROR
        assert finding.message
        assert finding.help
        assert finding.excerpt == FIVE_FAULTS.splitlines()[finding.line - 1]


def test_order_does_not_depend_on_the_order_of_the_files():
    texts = [FIVE_FAULTS, SMALL, with_fields(SMALL, "state: resolved\ntlp: RED\n"), "no front matter"]
    library = _library(*texts)
    expected = judge(library, conventions(), AS_OF)
    backwards = Library(library.readings[::-1], ())
    assert judge(backwards, conventions(), AS_OF) == expected
    assert [f.sort_key for f in expected] == sorted(f.sort_key for f in expected)


def test_findings_of_the_library_and_of_unreadable_files_are_there():
    about_a_file = Finding("incidents/z.md", 1, 1, "S122", Severity.ERROR, "a link")
    library = replace(_library("no front matter", SMALL), findings=(about_a_file,))
    assert codes(judge(library, conventions(), AS_OF)) == ["S102", "S122"]


def test_accepted_silences_a_warning():
    late = with_fields(SMALL, "services:\n  - gateway\n")
    assert codes(judge_text(late)) == ["X03"]
    assert judge_text(with_fields(late, "accepted:\n  - rule: X03\n    reason: It has gone.\n")) == []


def test_accepted_does_not_silence_an_error_and_says_so():
    red = with_fields(SMALL, "tlp: RED\naccepted:\n  - rule: P01\n    reason: Only we read it.\n")
    found = judge_text(red)
    assert codes(found) == ["P01"]
    assert "can't be accepted" in found[0].help


def test_accepted_silences_only_what_it_names():
    record = with_fields(SMALL, "services:\n  - gateway\naccepted:\n  - rule: T08\n    reason: Not known.\n")
    assert codes(judge_text(record)) == ["X03"]


def test_requirement_is_a_warning_in_a_draft_unless_it_always_holds():
    draft = without_fields(with_fields(SMALL, "status: draft\n"), "published", "summary", "title")
    found = {f.code: f.severity for f in judge_text(draft)}
    assert found == {"Q02": Severity.ERROR, "Q04": Severity.WARNING}


def test_record_without_a_status_is_judged_as_published():
    found = judge_text(with_body(without_fields(FULL, "status", "summary", "published"), ""))
    assert {f.code: f.severity for f in found} == dict.fromkeys(("C01", "Q03", "Q04", "Q29"), Severity.ERROR)


def test_withdrawn_record_is_judged_by_its_tombstone_only():
    withdrawn = with_fields(
        FIVE_FAULTS.replace("tlp: RED", "tlp: CLEAR"),
        "status: withdrawn\namended:\n  - date: 2026-05-02\n    what: Withdrawn.\n    why: It was a test.\n",
    )
    assert judge_text(withdrawn) == []


def test_not_stated_covers_what_lies_below():
    report = without_fields(
        with_fields(SMALL, PUBLIC_REPORT + "not_stated:\n  - impact\n"),
        "impact",
    )
    assert judge_text(report) == []
    assert codes(judge_text(report.replace("- impact\n", "- impact.business\n"))) == ["Q10"]


def test_help_mentions_not_stated_where_a_source_may_be_silent():
    found = judge_text(without_fields(with_fields(SMALL, PUBLIC_REPORT), "impact", "summary"))
    assert {f.code: "not_stated" in f.help for f in found} == {"Q04": False, "Q10": True}
    assert "not_stated" not in judge_text(without_fields(SMALL, "impact"))[0].help


def test_empty_registry_of_a_fresh_knowledge_base_gives_warnings_only():
    fresh = conventions(POLICY.partition("services:")[0] + "services: {}\nteams: {}\n")
    found = judge_text(FULL, using=fresh)
    assert {(f.code, f.severity) for f in found} == {("X03", Severity.WARNING)}
    assert all("schemas/policy.yaml" in f.help for f in found)


def test_message_names_no_record_that_the_reader_may_not_see():
    misspelt = "related:\n  - 2026-02-02-gateway-intrusio\n"
    assert "2026-02-02" not in judge_text(with_fields(SMALL, misspelt))[0].help
    inside = judge_text(with_fields(SMALL, f"tlp: AMBER\n{misspelt}"))
    assert inside[0].help.startswith("did you mean `2026-02-02-gateway-intrusion`")


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2026-06-01T12:00:00+00:00", []), ("2026-03-31T10:54:00+00:00", ["T02", "T02"])],
)
def test_future_counts_from_the_time_that_is_given(as_of: str, expected: list[str]):
    assert codes(judge_text(SMALL, as_of=datetime.fromisoformat(as_of))) == expected
