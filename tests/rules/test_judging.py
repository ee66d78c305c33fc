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
    owner: platform
    due: 2026-07-31
    done_when: every certificate of the gateway has an alarm
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
        ("X01", 30, 21),
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
    assert codes(found) == ["P01", "X04"]
    assert "can't be accepted" in found[1].message


def test_accepted_silences_only_what_it_names():
    record = with_fields(SMALL, "services:\n  - gateway\naccepted:\n  - rule: T08\n    reason: Not known.\n")
    assert codes(judge_text(record)) == ["X03", "X04"]


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


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2026-06-01T12:00:00+00:00", []), ("2026-03-31T10:54:00+00:00", ["T02", "T02"])],
)
def test_future_counts_from_the_time_that_is_given(as_of: str, expected: list[str]):
    assert codes(judge_text(SMALL, as_of=datetime.fromisoformat(as_of))) == expected


OVERDUE = """\
actions:
  - id: A1
    title: Alarm three weeks before a certificate ends
    owner: platform
    due: 2026-05-31
    done_when: every certificate of the gateway has an alarm
"""


def test_rules_on_the_day_run_only_when_asked():
    text = without_fields(with_fields(SMALL, OVERDUE), "no_actions_reason")
    assert judge_text(text) == []
    assert codes(judge_text(text, due=True)) == ["D01"]
    assert judge_text(text, due=True, as_of=datetime.fromisoformat("2026-05-31T23:59:00+00:00")) == []


def test_acceptance_is_needless_only_where_its_rule_was_asked():
    accepting = with_fields(SMALL, "accepted:\n  - rule: D01\n    reason: The vendor is late.\n")
    assert judge_text(accepting) == []
    assert codes(judge_text(accepting, due=True)) == ["X04"]


def test_acceptance_of_a_note_silences_it():
    text = with_fields(SMALL, "summary: The root cause was a certificate that ran out.\n")
    assert codes(judge_text(text)) == ["L05"]
    assert judge_text(with_fields(text, "accepted:\n  - rule: L05\n    reason: There was one.\n")) == []


def test_acceptance_in_a_draft_of_what_is_an_error_later():
    owing = "status: draft\n" + OVERDUE.replace("    due: 2026-05-31\n", "")
    draft = without_fields(with_fields(SMALL, owing), "no_actions_reason", "published")
    assert codes(judge_text(draft)) == ["A01"]
    accepting = with_fields(draft, "accepted:\n  - rule: A01\n    reason: The date is being agreed.\n")
    assert judge_text(accepting) == []
    assert codes(judge_text(with_fields(accepting, "status: in-review\n"))) == ["A01", "X04"]


def test_one_mistake_does_not_fill_the_screen():
    body = "The root cause.\n\n" * 1000
    assert codes(judge_text(with_body(SMALL, f"\n{body}"))) == ["L05"] * 100


def test_owner_is_no_error_while_the_registry_holds_no_teams():
    services, _, rest = POLICY.partition("teams:\n")
    no_teams = services.replace("    team: platform\n", "") + "teams: {}\n"
    using = conventions(no_teams + rest[rest.index("audiences_of_lessons") :])
    text = without_fields(with_fields(SMALL, OVERDUE), "no_actions_reason")
    [finding] = judge_text(text, using=using)
    assert (finding.code, finding.severity) == ("X03", Severity.WARNING)
    assert "`teams` in schemas/policy.yaml" in finding.help
