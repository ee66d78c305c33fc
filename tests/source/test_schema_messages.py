"""What an author is told about a value that the schema refuses: what was found, and what was expected."""

from __future__ import annotations

import pytest

from postmortems.source import SchemaValidator, did_you_mean, one_of, read_yaml

UNKNOWN_KEYS = [
    ("titel: x", 2, 1, "`titel`", "did you mean `title`?"),
    ("Title: x", 2, 1, "`Title`", "did you mean `title`?"),
    ("duration-stated: 2 h", 2, 1, "`duration-stated`", "did you mean `duration_stated`?"),
    ("times:\n  startd: 2019", 3, 3, "`startd` in `times`", "did you mean `started`?"),
    ("severity: {declard: sev1}", 2, 12, "`declard` in `severity`", "did you mean `declared`?"),
    ("impact: {users: {cuont: 1, count: 1}}", 2, 18, "`cuont` in `impact.users`", "did you mean `count`?"),
    ("factors:\n  - factor: a.b\n    rol: x", 4, 5, "`rol` in `factors[1]`", "did you mean `role`?"),
    ("lessons:\n  - knid: worked", 3, 5, "`knid` in `lessons[1]`", "did you mean `kind`?"),
    (
        "actions:\n  - id: A1\n    title: x\n    result: {verdit: x, verdict: partly}",
        5,
        14,
        "`verdit` in `actions[1].result`",
        "did you mean `verdict`?",
    ),
    (
        "questions:\n  detected-quick: yes",
        3,
        3,
        "`detected-quick` in `questions`",
        "did you mean `detected-quickly`?",
    ),
    ("review: {groups: {legl: attended}}", 2, 19, "`legl` in `review.groups`", "did you mean `legal`?"),
    ("zzz: 1", 2, 1, "`zzz`", "known here: schema, title, summary"),
    ("times: {zzz: 1}", 2, 9, "`zzz` in `times`", "known here: started, detected"),
    ("'<<': 1", 2, 1, "`<<`", "known here"),
    (
        "impact:\n  technical:\n    level: low\n    zzz:",
        5,
        5,
        "`zzz` in `impact.technical`",
        "known here: level, text",
    ),
    ("x-a_b: 1", 2, 1, "`x-a_b`", "joined by hyphens"),
    ("x-: 1", 2, 1, "`x-`", "joined by hyphens"),
    ("X-a: 1", 2, 1, "`X-a`", "known here"),
    ("times: {x-own: 2019}", 2, 9, "`x-own` in `times`", "known here"),
    ("'': x", 2, 1, "``", "known here"),
    # A comma ends the value inside braces.
    (
        "impact:\n  technical: {level: low, text: 3,100 payments}",
        3,
        35,
        "`100 payments` in `impact.technical`",
        "a comma ends a value inside braces",
    ),
    # A line that was meant as text is read as a mapping.
    ("lessons:\n  - improve: alarm on expiry", 3, 5, "`improve` in `lessons[1]`", '- "improve: …"'),
    ("factors:\n  - infrastructure.expiry: a -> b", 3, 5, "in `factors[1]`", '- "infrastructure.expiry: …"'),
]


@pytest.mark.parametrize(("fields", "line", "column", "name", "help_text"), UNKNOWN_KEYS)
def test_an_unknown_key_is_told_with_the_one_that_was_meant(read, fields, line, column, name, help_text):
    reading = read(fields)
    found = [f for f in reading.findings if f.code == "S110"]
    assert reading.record is None
    assert [(f.line, f.column) for f in found] == [(line, column)]
    assert found[0].message == f"unknown key {name}" or found[0].message.endswith(name)
    assert help_text in found[0].help


@pytest.mark.parametrize("fields", ["lessons:\n  - improve: alarm on", "factors:\n  - change.rollout: a -> b"])
def test_a_line_that_lacks_its_quotes_gets_that_one_finding(read, fields):
    assert [f.code for f in read(fields).findings] == ["S110"]


REFUSED = [
    # Of the wrong kind.
    ("schema: '1'", "S111", "`schema` is text; expected a whole number", ""),
    ("schema: 1.5", "S111", "`schema` is the number 1.5; expected a whole number", ""),
    ("schema: true", "S111", "`schema` is `true`; expected a whole number", ""),
    ("title:", "S111", "`title` is empty; expected text", "delete the line"),
    ("title: [a]", "S111", "`title` is a list; expected text", ""),
    ("title: {a: b}", "S111", "`title` is a mapping; expected text", ""),
    ("status: [draft]", "S111", "`status` is a list; expected text", ""),
    ("services: payments", "S111", "`services` is text; expected a list", "after `- `"),
    ("services: {a: b}", "S111", "`services` is a mapping; expected a list", ""),
    ("services: [a, ~]", "S111", "`services[2]` is empty; expected text", "delete the line"),
    ("services:\n  - [a]", "S111", "`services[1]` is a list; expected text", ""),
    ("times: [2019]", "S111", "`times` is a list; expected a mapping", ""),
    ("times: 2019", "S111", "`times` is the number 2019; expected a mapping", ""),
    ("severity: [sev1]", "S111", "`severity` is a list; expected text or a mapping", ""),
    ("severity:", "S111", "`severity` is empty; expected text or a mapping", "delete the line"),
    ("times: {started: [2019]}", "S111", "`times.started` is a list; expected text or a mapping", ""),
    ("times: {started: {at: }}", "S111", "`times.started.at` is empty; expected text", "delete the line"),
    ("impact: {users: {count: many}}", "S111", "`impact.users.count` is text; expected a whole number", ""),
    ("impact: {users: {count: 3.5}}", "S111", "`impact.users.count` is the number 3.5; expected a whole", ""),
    ("impact: {users: {count: 1, approx: yes}}", "S111", "is text; expected true or false", ""),
    ("impact: {cost: {amount: 1e999, currency: EUR}}", "S111", "is text; expected a number", ""),
    ("x-a: {b: c}", "S111", "`x-a` is a mapping; expected text or a list or a number or true or false", ""),
    ("x-a: [[b]]", "S111", "`x-a[1]` is a list; expected text or a number or true or false", ""),
    # Not one of the words.
    ("schema: 2", "S112", "`schema` is `2`; expected `1`", ""),
    ("status: drfat", "S112", "`status` is `drfat`", "did you mean `draft`?; expected one of: draft, in-review"),
    ("status: Published", "S112", "`status` is `Published`", "did you mean `published`?"),
    ("status: zzz", "S112", "`status` is `zzz`", "expected one of: draft, in-review, published, withdrawn"),
    ("tlp: amber", "S112", "`tlp` is `amber`", "did you mean `AMBER`"),
    ("tlp: WHITE", "S112", "`tlp` is `WHITE`", "expected one of: CLEAR, GREEN"),
    ("severity: sev9", "S112", "`severity` is `sev9`", "one of: sev1, sev2, sev3, sev4, sev5"),
    ("severity: {declared: sev1, final: sev0}", "S112", "`severity.final` is `sev0`", "one of: sev1"),
    ("detection: {source: monitorring}", "S112", "is `monitorring`", "did you mean `monitoring`?"),
    ("impact: {technical: {level: hgih}}", "S112", "`impact.technical.level` is `hgih`", "did you mean `high`?"),
    ("evaluation: {recovery: efective}", "S112", "is `efective`", "did you mean `effective`?"),
    ("questions: {runbook-adequate: {answer: maybe}}", "S112", "is `maybe`", "expected one of: yes, partly"),
    # Not of the form.
    ("tags: [Not An Id]", "S113", "`tags[1]` is `Not An Id`, which has the wrong", "Lower-case letters, digits"),
    ("published: tomorrow", "S113", "`published`: `tomorrow` is not a date such as", "YYYY-MM-DD"),
    ("published: 2026-02-30", "S113", "`published`: `2026-02-30` does not exist", "YYYY-MM-DD"),
    ("published: 2026-3-1", "S113", "`2026-3-1` is not a date", "YYYY-MM-DD"),
    ("factors: ['change.rollout']", "S113", "`factors[1]` is `change.rollout`, which", "cause -> effect"),
    ("lessons: ['learnt: x']", "S113", "`lessons[1]` is `learnt: x`, which", "`improve: …`"),
    ('title: "a\\nb"', "S113", "`title` is `a\nb`, which has the wrong", "in one line"),
    ('title: "a\\x00b"', "S113", "which has the wrong format", ""),
    ('title: "a\\u202eb"', "S113", "which has the wrong format", ""),
    ("duration_stated: long", "S113", "`duration_stated` is `long`, which", "24 h 11 min"),
    ("review: {notes: javascript:alert(1)}", "S113", "`review.notes` is `javascript:alert(1)`", "http or https"),
    ("related: [other]", "S113", "`related[1]` is `other`, which", "YYYY-MM-DD-slug"),
    ("attack: [T1]", "S113", "`attack[1]` is `T1`, which", "T1234"),
    ("refs: {'a b': x}", "S113", "the key `a b` has the wrong format", "letters, digits"),
    ('refs: {"\\e[31m": x}', "S113", "has the wrong format", "letters, digits"),
    ("redacted: [tlp]", "S113", "`redacted[1]` is `tlp`, which", "can't be withheld"),
    # Moments have a code of their own.
    ("times: {started: 14:32}", "T01", "`times.started`: `14:32` is not a time", "2019-07-02T13:42Z"),
    ("times: {started: 2026-03-31T10:00}", "T01", "has no UTC offset", "2019-07-02T13:42Z"),
    ("times: {started: {at: yesterday}}", "T01", "`times.started.at`: `yesterday` is not a time", "2019-07"),
    ("timeline: [{at: 2026-02-30, what: x}]", "T01", "`timeline[1].at`: `2026-02-30` does not exist", ""),
    # Too short, too long, too small, too large.
    ("title: ''", "S114", "`title` is empty", "in one line"),
    ("title: '  '", "S114", "`title` is empty", "in one line"),
    ("summary: |\n  \n", "S114", "`summary` is empty", ""),
    (f"title: {'x' * 141}", "S114", "`title` has 141 characters; at most 140 are allowed", "shorten it"),
    ("severity: {}", "S114", "`severity` is empty", "if they differ"),
    (f"services: [{', '.join(f's{i}' for i in range(31))}]", "S114", "has 31 entries; at most 30 are allowed", ""),
    ("review: {length_min: 0}", "S114", "`review.length_min` is 0; the minimum is 1", ""),
    ("review: {length_min: 1441}", "S114", "`review.length_min` is 1441; the maximum is 1440", ""),
    ("impact: {users: {count: -1}}", "S114", "`impact.users.count` is -1; the minimum is 0", ""),
    # Something is missing, or appears twice.
    ("trigger: {at: 2019}", "S115", "`trigger` has no `kind`", "add `kind`: text"),
    ("timeline: [{what: x}]", "S115", "`timeline[1]` has no `at`", "add `at`"),
    ("evidence: [{id: E1, ref: x}]", "S115", "`evidence[1]` has no `kind`", "one of: log, report"),
    ("services: [a, b, a]", "S116", "`services` contains an entry twice", "once"),
]


@pytest.mark.parametrize(("fields", "code", "message", "help_text"), REFUSED)
def test_a_refused_value_is_told_once_with_what_was_expected(read, fields, code, message, help_text):
    reading = read(fields)
    assert reading.record is None
    assert reading.source
    (finding,) = reading.findings
    assert finding.code == code
    assert message in finding.message
    assert help_text in finding.help
    assert finding.excerpt == fields.split("\n")[finding.line - 2]


def test_every_missing_key_is_told(read):
    found = read("evidence: [{}]").findings
    assert sorted(f.message for f in found) == [
        "`evidence[1]` has no `id`",
        "`evidence[1]` has no `kind`",
        "`evidence[1]` has no `ref`",
    ]


def test_findings_come_in_the_order_of_the_file(read):
    found = read("status: zzz\ntitle: [x]\ntimes: {started: x}\nzzz: 1").findings
    assert [(f.code, f.line) for f in found] == [("S112", 2), ("S111", 3), ("T01", 4), ("S110", 5)]


def test_a_mistake_that_repeats_is_told_up_to_a_bound(read):
    assert len(read("\n".join(f"k{i}: 1" for i in range(1000))).findings) == 100
    assert len(read("services:\n" + "- A\n" * 1000).findings) == 100
    assert len(read("a: 1\n" * 1000).findings) == 100


def test_long_values_and_keys_are_shortened_in_messages(read):
    for fields in (f"status: {'x' * 5000}", f"? {'x' * 5000}\n: y", f"tags: [{'X' * 5000}]"):
        assert all(len(f.message) < 200 for f in read(fields).findings)


def test_messages_of_a_key_under_propertynames_without_description():
    schema = {"type": "object", "propertyNames": {"pattern": "^[a-z]+$"}}
    validator = SchemaValidator(schema)
    (finding,) = validator.findings(read_yaml("x.yaml", b"a: 1\nB b: 2\n", validator.shape).source)
    assert (finding.line, finding.column, finding.message) == (2, 1, "the key `B b` has the wrong format")
    assert "^[a-z]+$" in finding.help


@pytest.mark.parametrize(
    ("text", "message"), [("{", "Expecting property name"), ("[]", "not an object"), ("", "Expecting value")]
)
def test_a_schema_that_is_none_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        SchemaValidator.of_text(text)


@pytest.mark.parametrize(
    ("word", "known", "answer"),
    [
        ("titel", ["title", "tags"], "did you mean `title`?"),
        ("done-when", ["done_when"], "did you mean `done_when`?"),
        ("AMBER", ["amber"], "did you mean `amber`?"),
        ("zzz", ["title"], ""),
        ("", ["title"], ""),
        ("title", [], ""),
        ("x" * 100_000, ["title"], ""),
        ("stats", ["status", "state", "statue"], "did you mean `status` or `state`?"),
    ],
)
def test_did_you_mean(word, known, answer):
    assert did_you_mean(word, known) == answer


def test_one_of_is_cut():
    assert one_of(["a", "b"]) == "one of: a, b"
    assert one_of(map(str, range(15)), limit=3) == "one of: 0, 1, 2 and 12 more"
