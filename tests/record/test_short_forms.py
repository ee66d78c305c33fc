"""Short forms are the long ones; what is left out takes its default."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from postmortems.record import Attendance, Figure, Priority, Relation, own_texts
from postmortems.source import Precision

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def record(read):
    def record(content, **options):
        reading = read(content, **options)
        assert reading.record, reading.findings
        return reading.record

    return record


def test_a_small_record_in_short_forms_is_the_same_as_in_long_ones(record):
    short, long = (record((CASES / f"{name}-forms.md").read_bytes()) for name in ("short", "long"))
    same = replace(short, source=long.source)
    differing = [field.name for field in fields(long) if getattr(same, field.name) != getattr(long, field.name)]
    assert differing == []


def test_a_small_record_is_at_most_25_lines():
    lines = (CASES / "short-forms.md").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line != "---"]) <= 25


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("severity: sev2", "severity: {declared: sev2}"),
        ("trigger: deploy", "trigger: {kind: deploy}"),
        ("detection: customer", "detection: {source: customer}"),
        ("times: {started: 2019-07-02}", "times: {started: {at: 2019-07-02}}"),
        ("impact: {business: high, data: none}", "impact: {business: {level: high}, data: {level: none}}"),
        ("evaluation: {recovery: n/a}", "evaluation: {recovery: {verdict: n/a}}"),
        ("questions: {detected-quickly: yes}", "questions: {detected-quickly: {answer: yes}}"),
        ("factors: ['a.b: x -> y']", "factors: [{factor: a.b, statement: x -> y}]"),
        ("factors: ['a.b: x: y -> z']", "factors: [{factor: a.b, statement: 'x: y -> z'}]"),
        ("factors: ['a.b:  x ']", "factors: [{id: F1, factor: a.b, statement: x}]"),
        (
            "lessons: ['worked: x', 'lucky: y: z']",
            "lessons: [{kind: worked, text: x}, {kind: lucky, text: 'y: z'}]",
        ),
        ("related: [2019-a]", "related: [{id: 2019-a, as: see}]"),
        (
            "actions: [{id: A1, title: x, priority: low}]",
            "actions: [{id: A1, title: x, priority: low, status: open}]",
        ),
        ("title: x", "title: ' x '"),
    ],
)
def test_a_short_form_is_its_long_form(record, short, long):
    one, other = record(short), record(long)
    assert replace(one, source=other.source) == other


def test_ids_come_from_the_place_where_none_is_given(record):
    made = record("factors: ['a.b: x', {id: F9, factor: a.c}, {factor: a.d}]\nlessons: ['worked: x', 'lucky: y']")
    assert [factor.id for factor in made.factors] == ["F1", "F9", "F3"]
    assert [lesson.id for lesson in made.lessons] == ["L1", "L2"]
    assert made.factor("F9").factor == "a.c"
    assert made.factor("F2") is None


@pytest.mark.parametrize(
    ("fields", "about"),
    [
        ("factors: ['a.b: x']\nlessons: ['worked: y']", ("F1",)),
        ("factors: [{id: X1, factor: a.b}]\nlessons: [{kind: worked, text: y}]", ("X1",)),
        ("factors: ['a.b: x', 'a.c: x']\nlessons: ['worked: y']", ()),
        ("factors: ['a.b: x', 'a.c: x']\nlessons: [{kind: worked, text: y, about: [F2]}]", ("F2",)),
        ("factors: ['a.b: x']\nlessons: [{kind: worked, text: y, about: []}]", ()),
        ("lessons: ['worked: y']", ()),
    ],
)
def test_a_lesson_is_about_the_only_factor_unless_it_says_otherwise(record, fields, about):
    assert record(fields).lessons[0].about == about


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ("", "ongoing"),
        ("times: {started: 2019}", "ongoing"),
        ("times: {started: 2019, contained: 2019}", "ongoing"),
        ("times: {recovered: 2019}", "resolved"),
        ("times: {recovered: 2019, closed: 2020}", "closed"),
        ("state: ongoing\ntimes: {recovered: 2019}", "ongoing"),
        ("provenance: public-report", "resolved"),
        ("provenance: imported", "resolved"),
        ("provenance: imported\ntimes: {closed: 2020}", "closed"),
    ],
)
def test_the_state_follows_from_the_times(record, fields, state):
    assert record(fields).state == state


def test_an_empty_record_takes_the_defaults(record, conventions):
    made = record("")
    assert made.organisation == conventions.policy.organisation
    assert (made.status, made.incident_class, made.provenance) == ("draft", "operational", "first-hand")
    assert (made.title, made.tlp, made.severity.id, made.trigger.kind, made.detection.source) == ("",) * 5
    assert (made.published, made.review, made.review_on) == (None, None, None)
    assert (made.factors, made.lessons, made.actions, made.sources, made.services) == ((),) * 5
    assert made.times == {}
    assert made.is_draft
    assert not made.full_review


def test_an_empty_organisation_is_the_policys(record, conventions):
    assert record("title: x").organisation == conventions.policy.organisation
    assert record("organisation: Other").organisation == "Other"


@pytest.mark.parametrize(
    ("fields", "severity", "full"),
    [
        ("severity: sev1", "sev1", True),
        ("severity: sev2", "sev2", True),
        ("severity: sev3", "sev3", False),
        ("severity: {declared: sev1, final: sev3}", "sev3", False),
        ("severity: {declared: sev4, final: sev1}", "sev1", True),
        ("severity: {final: sev2}", "sev2", True),
        ("", "", False),
    ],
)
def test_the_final_severity_counts(record, fields, severity, full):
    made = record(fields)
    assert (made.severity.id, made.full_review) == (severity, full)


@pytest.mark.parametrize(
    ("provenance", "status", "opened"),
    [
        ("first-hand", "open", date(2026, 3, 31)),
        ("public-report", "not-stated", None),
        ("imported", "not-stated", None),
    ],
)
def test_an_action_is_open_from_the_date_of_the_record(record, provenance, status, opened):
    (action,) = record(f"provenance: {provenance}\nactions: [{{id: A1, title: x}}]").actions
    assert (action.status, action.opened) == (status, opened)
    assert action.is_open == (status == "open")


@pytest.mark.parametrize("name", ["2026-03-x", "2026-x"])
def test_an_action_of_a_record_without_a_day_has_no_default_date(record, name):
    (action,) = record("actions: [{id: A1, title: x}]", path=f"incidents/{name}.md").actions
    assert action.opened is None


@pytest.mark.parametrize(
    ("due", "day"),
    [("2026-05-01", date(2026, 5, 1)), ("next quarter", None), ("2026", None), ("2026-02-30", None)],
)
def test_due_is_a_date_or_as_it_was_stated(record, due, day):
    (action,) = record(f"actions: [{{id: A1, title: x, due: {due}}}]").actions
    assert (action.due, action.due_text) == (day, due)


@pytest.mark.parametrize(
    ("fields", "strength"),
    [
        ("output: training", "weaker"),
        ("output: alert", "intermediate"),
        ("output: backup", "stronger"),
        ("output: other", ""),
        ("output: training, strength: stronger", "stronger"),
        ("aim: repair", ""),
    ],
)
def test_strength_follows_from_the_output(record, fields, strength):
    assert record(f"actions: [{{id: A1, title: x, {fields}}}]").actions[0].strength == strength


def test_every_output_but_other_has_a_strength(record, conventions):
    outputs = conventions.schema.shape.at(("actions", 0, "output")).known_values
    for output in outputs:
        (action,) = record(f"actions: [{{id: A1, title: x, output: {output}}}]").actions
        assert bool(action.strength) == (output != "other"), output


@pytest.mark.parametrize(
    ("path", "date_text", "year"),
    [
        ("incidents/2024/2024-10-11-things.md", "2024-10-11", 2024),
        ("incidents/2024/2024-10-things.md", "2024-10", 2024),
        ("incidents/2024-things.md", "2024", 2024),
        ("incidents/2021-4chan.md", "2021", 2021),
        ("incidents/2024-10-1-thing.md", "2024-10", 2024),
        ("incidents/2024-10-4chan.md", "2024-10", 2024),
        ("incidents/2024-things-10.md", "2024", 2024),
        ("incidents/2024-things-10-11.md", "2024", 2024),
        ("incidents/2024-10x-11.md", "2024", 2024),
        ("incidents/2024-911-calls.md", "2024", 2024),
        ("incidents/2024-10-11-things/index.md", "2024-10-11", 2024),
    ],
)
def test_the_date_is_as_exact_as_the_id(record, path, date_text, year):
    made = record("title: x", path=path)
    assert (made.date_text, made.year) == (date_text, year)
    assert made.folder == path.endswith("index.md")


@pytest.mark.parametrize(
    ("incident_class", "status", "counts", "has_durations"),
    [
        ("operational", "published", True, True),
        ("security", "draft", True, True),
        ("near-miss", "published", True, False),
        ("exercise", "published", True, False),
        ("maintenance", "published", False, False),
        ("operational", "withdrawn", False, False),
    ],
)
def test_what_enters_figures(record, incident_class, status, counts, has_durations):
    made = record(f"class: {incident_class}\nstatus: {status}")
    assert (made.counts, made.has_durations) == (counts, has_durations)


def test_not_stated_covers_what_lies_within(record):
    made = record("not_stated: [times, impact.data]")
    assert made.says_not_stated("times")
    assert made.says_not_stated("times.started")
    assert made.says_not_stated("impact.data")
    assert not made.says_not_stated("impact")
    assert not made.says_not_stated("timeline")


def test_own_fields_keep_their_values(record):
    made = record("x-a: 0042\nx-b: 1.10\nx-c: true\nx-d: [a, 2, false]\nx-e-f: text")
    assert made.own == {"x-a": "0042", "x-b": "1.10", "x-c": True, "x-d": ("a", "2", "no"), "x-e-f": "text"}
    shown = [own_texts(value) for value in made.own.values()]
    assert shown == [("0042",), ("1.10",), ("yes",), ("a", "2", "no"), ("text",)]


def test_a_record_that_uses_every_field_is_built_in_full(record):
    made = record((CASES / "kitchen-sink.md").read_bytes())
    assert made.summary.endswith("until a new one was in place.")
    assert (made.state, made.incident_class, made.tlp) == ("closed", "security", "AMBER+STRICT")
    assert made.published == date(2026, 4, 7)
    assert list(made.times) == [
        "started",
        "detected",
        "acknowledged",
        "responded",
        "declared",
        "contained",
        "eradicated",
        "recovered",
        "closed",
    ]
    detected = made.times["detected"]
    assert (detected.at.hour, detected.estimated, detected.margin) == (9, True, timedelta(minutes=5))
    assert made.times["closed"].precision is Precision.MONTH
    assert (made.trigger.kind, made.trigger.ref) == ("expiry", "CHG-123")
    assert [entry.kind for entry in made.timeline] == ["observation", ""]
    assert {kind: level.level for kind, level in made.impact.levels.items()} == {
        "business": "high",
        "technical": "medium",
        "data": "none",
        "reputation": "unknown",
    }
    assert (made.impact.users, made.impact.users_approx) == (12_000, True)
    assert (made.impact.cost.amount, made.impact.cost.currency, made.impact.cost.estimated) == (
        12_500.5,
        "EUR",
        True,
    )
    assert made.impact.figures == (Figure("payments refused", 31, "%", "about"),)
    assert [(factor.id, factor.role) for factor in made.factors] == [("F1", "initiating"), ("F2", "contributing")]
    assert made.evaluation["detection"].note == "Merchants were faster."
    assert made.questions["severity-accurate"].verdict == "partly"
    assert set(made.changes) == {"monitoring", "alerting", "staffing", "access"}
    first, second = made.actions
    assert (first.opened, first.due, first.closed) == (date(2026, 4, 1), date(2026, 5, 1), date(2026, 4, 20))
    assert (first.is_done, second.is_open) == (True, True)
    assert first.priority == Priority("", 4, 5, 2)
    assert second.priority == Priority("low")
    assert (first.slips[0].before, first.verify.start, first.verify.months) == (
        date(2026, 4, 15),
        date(2026, 5, 1),
        12,
    )
    assert (first.result.verdict, first.result.at) == ("effective", date(2026, 6, 1))
    assert made.review.groups["legal"] == Attendance("not-needed", "No contract was touched.")
    assert made.review.groups["management"] == Attendance("consulted")
    assert (made.review.facilitator, made.review.facilitator_responded) == ("incident-manager", False)
    assert made.review.follow_ups == (date(2026, 5, 5),)
    assert made.sources[0].retrieved == date(2026, 4, 1)
    assert made.regulatory[0].sent.precision is Precision.MINUTE
    assert made.refs == {"jira": "OPS-1"}
    assert made.related == (Relation("2025-03-31-last-year"), Relation("2024-12-others", "repeats"))
    assert set(made.vocabularies) == {"attack", "rsit", "veris", "cve"}
    assert (made.review_on, made.legal_hold) == (date(2031, 3, 31), True)
    assert made.redacted == (("impact.cost", "organisation"), ("actions.A2", "strict"))
    assert made.amended[0].date == date(2026, 4, 8)
    assert made.own == {"x-cost-centre": "0042", "x-flags": ("yes", "1.10")}
    assert made.body.startswith("## Overview")
