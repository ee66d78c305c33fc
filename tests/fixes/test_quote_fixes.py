"""Text that YAML takes for something else gets its quotes; what might be meant otherwise is left to its author."""

from __future__ import annotations

import pytest

BROKEN = [
    ("title: Payments: certificate expired", 'title: "Payments: certificate expired"'),
    ("title:   Payments: certificate expired   # why", 'title:   "Payments: certificate expired"   # why'),
    ("title: Payments down:", 'title: "Payments down:"'),
    ('title: The "gold" path: refused', "title: 'The \"gold\" path: refused'"),
    ('title: The "gold" path: it\'s refused', "title: 'The \"gold\" path: it''s refused'"),
    (r"title: C:\temp: full", r"title: 'C:\temp: full'"),
    ("title: [SEV1] Payments down", 'title: "[SEV1] Payments down"'),
    ("title: @oncall was paged", 'title: "@oncall was paged"'),
    ("title: `kubectl` refused", 'title: "`kubectl` refused"'),
    ("title: a: host #3 is full # really", 'title: "a: host #3 is full" # really'),
    ("impact:\n  technical:\n    level: low\n    text: Hosts: three", None),
    ("timeline:\n  - at: 2026-03-31\n    what: Paged: nobody came", None),
    (
        "timeline:\n- what: Paged: nobody came\n  at: 2026-03-31",
        'timeline:\n- what: "Paged: nobody came"\n  at: 2026-03-31',
    ),
    ("timeline:\n  -   at: 2026-03-31\n      what: Paged: nobody came", None),
    ("refs:\n  jira: OPS: 17", None),
    ("x-note: one: two", None),
    ("title: one: two\nsummary: |\n  title: x: y", 'title: "one: two"\nsummary: |\n  title: x: y'),
    ("lessons:\n  - improve: Alarm on: expiry", 'lessons:\n  - "improve: Alarm on: expiry"'),
    ("conflicts:\n  - a: b: c", 'conflicts:\n  - "a: b: c"'),
]


@pytest.mark.parametrize(("before", "after"), BROKEN)
def test_text_that_keeps_a_file_from_being_read(mend, mend_fields, read, before, after):
    assert read(before).source is None
    if after is None:
        head, _, text = before.rpartition(": ")
        head, _, start = head.rpartition(": ")
        after = f'{head}: "{start}: {text}"'
    assert mend_fields(before) == after
    assert read(after).source


def test_all_of_it_is_put_in_quotes(mend_fields):
    before = "title: a: b\nsummary: c: d\ntrigger:\n  kind: deploy\n  note: e: f"
    assert mend_fields(before) == 'title: "a: b"\nsummary: "c: d"\ntrigger:\n  kind: deploy\n  note: "e: f"'


@pytest.mark.parametrize(
    "fields",
    [
        "title: one: two\n  three",
        "title: one: two\nsummary: 'open",
        'title: "one" is: two',
        "title: 'one: two",
        "title: &one two: three",
        "title: {a: b} is: c",
        "titel: one: two",
        "severity: declared: sev2",
        "trigger: kind: expiry",
        "times: started: 2019",
        "times:\n  started: at: 2019",
        "status: draft: really",
        "impact: technical: high",
        "related:\n  - one: two: three",
        "review:\n  notes: see: https://example.org",
        "title: one\n\tsummary: two",
        "no key: and: no field",
        "actions:\n  -\n    title: one: two",
    ],
)
def test_what_may_be_meant_otherwise_keeps_the_file_as_it_is(mend, read, fields):
    text = f"---\n{fields}\ntlp: clear\n---\n"
    assert read(text).source is None
    assert mend(text).after == text.encode()


def test_a_text_that_is_too_long_gets_its_quotes_and_its_finding(mend_fields, read):
    title = f"one: {'two ' * 40}".strip()
    after = mend_fields(f"title: {title}")
    assert after == f'title: "{title}"'
    assert [finding.code for finding in read(after).findings] == ["S114"]


LINES = [
    ("lessons:\n  - improve: Alarm on expiry", 'lessons:\n  - "improve: Alarm on expiry"'),
    ("lessons:\n- worked:  The bridge  # kept", 'lessons:\n- "worked:  The bridge"  # kept'),
    ('lessons:\n  - lucky: "It was: night"', 'lessons:\n  - "lucky: It was: night"'),
    ('lessons:\n  - "lucky": It was night', 'lessons:\n  - "lucky: It was night"'),
    (
        "factors:\n  - infrastructure.expiry: no alarm -> it ran out\n  - id: F2\n    factor: a.b",
        'factors:\n  - "infrastructure.expiry: no alarm -> it ran out"\n  - id: F2\n    factor: a.b',
    ),
    ("conflicts:\n  - The logs: a minute apart", 'conflicts:\n  - "The logs: a minute apart"'),
]


@pytest.mark.parametrize(("before", "after"), LINES)
def test_a_line_that_reads_as_a_mapping(mend_fields, before, after):
    assert mend_fields(before) == after


@pytest.mark.parametrize(
    "fields",
    [
        "lessons:\n  - learnt: Alarm on expiry",
        "lessons:\n  - knid: worked",
        "lessons:\n  - improve: Alarm on expiry,\n      not on failure",
        "lessons:\n  - improve: >-\n      Alarm on expiry",
        "lessons:\n  - improve:",
        "lessons:\n  - improve: Alarm\n    about: [F1]",
        "lessons:\n  - kind: worked",
        "lessons: [{improve: Alarm on expiry}]",
        "lessons: [improve: Alarm on expiry]",
        "services:\n  - payments: all",
        "timeline:\n  - what: Paged",
        "evidence:\n  - log: x",
    ],
)
def test_another_mapping_stays_one(mend_fields, fields):
    assert mend_fields(fields) == fields


CUT_OFF = [
    ("title: Restart of host #3 failed", 'title: "Restart of host #3 failed"'),
    ("title: See #4711", 'title: "See #4711"'),
    ("title: Hosts #3 and #4 failed", 'title: "Hosts #3 and #4 failed"'),
    ("title: Host #3 failed  # twice", 'title: "Host #3 failed"  # twice'),
    ("title: Host #3 failed # twice", 'title: "Host #3 failed" # twice'),
    ("conflicts:\n  - Log #1 and log #2 differ", 'conflicts:\n  - "Log #1 and log #2 differ"'),
]


@pytest.mark.parametrize(("before", "after"), CUT_OFF)
def test_text_that_ends_where_a_number_begins(mend_fields, before, after):
    assert mend_fields(before) == after


@pytest.mark.parametrize(
    "fields",
    [
        "title: Host 3 # the third",
        "title: Host 3 #the third",
        "title: Host 3  #3 is its number",
        "title: Host 3\t#3",
        "title: Host#3",
        'title: "Host" #3',
        "severity: sev2 #3",
        "published: 2026-03-31 #3",
        "times:\n  started: 2026-03-31 #3",
        "tags:\n  - certificate #3",
        "duration_stated: 43 min #2",
        "title: >- #3\n  Host",
        f"title: {'x' * 138} #3",
    ],
)
def test_a_comment_stays_one(mend_fields, fields):
    assert mend_fields(fields) == fields
