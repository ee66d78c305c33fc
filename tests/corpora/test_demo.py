"""The made-up corpus: no errors in it, said to be made up everywhere, and full enough for every page."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from postmortems.analysis import needs_attention
from postmortems.conventions import KnowledgeBase, load_conventions
from postmortems.corpus import Audience, open_corpus, read_library
from postmortems.findings import Severity
from postmortems.repeats import RepeatIndex
from postmortems.rules import judge

DEMO = Path(__file__).parent / "demo"
# The day for which the corpus was written: some actions are overdue on it, and one incident goes on.
AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)

CLASSES = {"operational": 25, "security": 3, "privacy": 2, "near-miss": 3, "exercise": 2, "maintenance": 1}
OUTPUTS = {
    "irp",
    "runbook",
    "escalation-path",
    "contact-list",
    "report-format",
    "alert",
    "dashboard",
    "patch-config",
    "backup",
    "access-rule",
    "break-glass",
    "comms-template",
    "training",
    "exercise",
    "staffing",
}


@pytest.fixture(scope="module")
def conventions():
    made, findings = load_conventions(KnowledgeBase(DEMO))
    assert findings == []
    return made


@pytest.fixture(scope="module")
def library(conventions):
    return read_library(KnowledgeBase(DEMO), conventions)


@pytest.fixture(scope="module")
def findings(library, conventions):
    return judge(library, conventions, AS_OF, due=True)


@pytest.fixture(scope="module")
def records(library):
    return {record.id: record for record in library.records}


@pytest.fixture(scope="module")
def actions(records):
    return [action for record in records.values() for action in record.actions]


@pytest.fixture(scope="module")
def own(records):
    """The records of which figures are made."""
    return [record for record in records.values() if record.has_durations and not record.is_draft]


# It can be read, and nobody can take it for real.


def test_every_file_is_read_and_none_has_an_error(library, findings):
    assert len(library.records) == len(library.readings) >= 34
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []


def test_every_record_says_that_it_is_made_up(records):
    for record in records.values():
        assert record.own["x-note"] == "Made up, for demonstration", record.id
        written = record.body.rstrip()
        if written:
            last = written.splitlines()[-1]
            assert last.startswith("*This "), record.id
            assert " made up, for demonstration" in last, record.id
        else:
            assert record.summary.rstrip(".").endswith("(made up)"), record.id
        if record.is_withdrawn:
            # Nothing else is left of it on the site.
            assert "Made up" in record.amended[0].what


def test_the_site_says_that_it_is_made_up(conventions):
    config = yaml.safe_load((DEMO / "mkdocs.yml").read_text(encoding="utf-8"))
    assert "made up" in config["site_description"]
    assert "made up" in config["copyright"]
    assert "nav" not in config
    assert config["strict"] is True
    _, _, body = (DEMO / "docs/index.md").read_text(encoding="utf-8").split("---\n", 2)
    lines = [line for line in body.splitlines() if line and not line.startswith("#")]
    assert lines[0].startswith("**Thistlewharf is made up, and so are all of its incidents.**")
    blocks = [line.split()[2] for line in lines if line.startswith("<!--")]
    assert blocks == ["overview", "attention", "newest", "recurring", "browse"]
    assert "made up" in conventions.policy.organisation


def test_the_policy_holds_what_the_records_name(conventions, findings):
    policy = conventions.policy
    assert (len(policy.services), len(policy.teams)) == (10, 8)
    assert all(service.team in policy.teams for service in policy.services.values())
    assert {finding.code for finding in findings}.isdisjoint({"X03", "X04"})


# What the records are.


def test_the_mixture_of_records(records):
    of = {
        name: Counter(getattr(record, name) for record in records.values())
        for name in ("status", "provenance", "tlp", "incident_class")
    }
    assert of["status"]["published"] >= 34
    assert {name: of["status"][name] for name in ("in-review", "draft", "withdrawn")} == {
        "in-review": 3,
        "draft": 1,
        "withdrawn": 1,
    }
    assert of["provenance"] == {"first-hand": len(records) - 4, "imported": 4}
    assert {name: of["tlp"][name] for name in ("GREEN", "AMBER", "AMBER+STRICT")} == {
        "GREEN": 2,
        "AMBER": 2,
        "AMBER+STRICT": 1,
    }
    assert all(of["incident_class"][name] >= count for name, count in CLASSES.items())
    severities = Counter(record.severity.id for record in records.values())
    assert severities.keys() == {"sev1", "sev2", "sev3", "sev4"}
    assert severities["sev1"] + severities["sev2"] >= 14
    assert max(severities, key=lambda severity: severities[severity]) == "sev3"
    assert {record.year for record in records.values()} == {2023, 2024, 2025, 2026}


def test_the_public_site_is_full_on_its_own(library, conventions):
    corpus = open_corpus(library, conventions, Audience.PUBLIC)
    assert len(corpus.records) >= 34
    assert len(corpus.tombstones) == 1
    attention = needs_attention(corpus.records, conventions.policy, AS_OF)
    assert len(attention.ongoing) == 1
    assert len(attention.overdue) >= 8
    assert [late.record.id for late in attention.unreviewed] == ["2026-09-29-stock-set-to-zero"]
    assert {repeat.after_fix for repeat in attention.repeats} == {True, False}


def test_the_factors_lie_in_all_dimensions(records, conventions):
    vocabulary = conventions.vocabulary
    dimensions = Counter(
        vocabulary.categories[vocabulary.factors[factor.factor].category].dimension
        for record in records.values()
        for factor in record.factors
        if vocabulary.factors[factor.factor].category in vocabulary.categories
    )
    assert len(dimensions) == 5
    assert min(dimensions.values()) >= 4


def test_times_are_as_uneven_as_in_a_real_log(records):
    moments = [moment for record in records.values() for moment in record.times.values()]
    precisions = {moment.precision.name.lower() for moment in moments}
    assert {"second", "minute", "day"} <= precisions
    assert any(moment.estimated and moment.within for moment in moments)
    assert any(moment.estimated and not moment.within for moment in moments)
    assert sum(bool(record.not_stated) for record in records.values()) >= 4
    caught = [record.id for record in records.values() if record.detection.before_impact and record.has_durations]
    assert caught == ["2025-12-09-carrier-down"]
    ongoing = [record.id for record in records.values() if record.is_ongoing and not record.is_draft]
    assert ongoing == ["2026-11-19-search-index-stale"]


def test_reviews_are_as_uneven_as_real_ones(records, findings):
    full = [record for record in records.values() if record.full_review]
    assert len(full) >= 14
    assert sum(record.review is None for record in full) == 2
    codes = Counter(finding.code for finding in findings)
    for code, at_least in {"R02": 3, "R03": 1, "R04": 3, "R05": 2, "R06": 5, "R07": 2, "D02": 1, "C02": 1}.items():
        assert codes[code] >= at_least, code
    drift = [record for record in full if record.severity.declared != record.severity.id]
    assert len(drift) >= 3
    assert sum(bool(record.regulatory) for record in records.values()) >= 3
    kinds = Counter(lesson.kind for record in records.values() for lesson in record.lessons)
    assert kinds.keys() == {"worked", "improve", "lucky"}
    audiences = {role for record in records.values() for lesson in record.lessons for role in lesson.audience}
    assert len(audiences) >= 5


def test_what_a_record_may_hold_beside_the_usual(records):
    every = records.values()
    for name in ("tags", "refs", "accepted", "redacted", "not_related", "amended", "review_on", "duration_stated"):
        assert any(getattr(record, name) for record in every), name
    kinds = {relation.kind for record in every for relation in record.related}
    assert kinds == {"repeats", "caused-by", "supersedes", "see"}
    assert any("attack" in record.vocabularies for record in every)
    assert not any("cve" in record.vocabularies for record in every)


# What was decided, and what became of it.


def test_the_mixture_of_actions(actions):
    statuses = Counter(action.status for action in actions)
    assert len(actions) >= 70
    assert statuses["done"] + statuses["verified"] >= 45
    assert statuses["verified"] >= 8
    for status in ("open", "in-progress", "declined", "superseded"):
        assert statuses[status] >= 2, status
    assert {action.output for action in actions} >= OUTPUTS
    artefacts = Counter(action.artefact for action in actions if action.artefact)
    assert sum(count > 1 for count in artefacts.values()) >= 8
    assert sum(bool(action.slips) for action in actions) >= 8
    assert any(action.priority and action.priority.likelihood for action in actions)
    assert any(action.priority and action.priority.level for action in actions)


def test_actions_are_overdue_by_days_and_by_months(actions):
    days = sorted(
        (AS_OF.date() - action.due).days
        for action in actions
        if action.is_open and action.due and action.due < AS_OF.date()
    )
    assert 8 <= len(days) <= 10
    assert (days[0], days[-1]) == (5, 200)


def test_a_due_date_that_slipped_is_the_one_that_holds(actions):
    for action in actions:
        if action.slips:
            assert action.due == action.slips[-1].after, action.title


def test_repeats_before_and_after_a_fix(records):
    index = RepeatIndex(records.values())
    found = {record.id: {repeat.after_fix for repeat in index.repeats_of(record)} for record in records.values()}
    assert {record_id: kinds for record_id, kinds in found.items() if kinds} == {
        "2025-02-09-carrier-labels": {True, False},  # says so itself: another service, the same cause
        "2025-04-29-order-book-failover": {False},  # an exercise had found it 19 days earlier
        "2025-05-22-vat-on-seeds": {False},
        "2025-11-28-bundle-offer-flag": {True},
        "2026-07-16-carrier-api-key": {True},
        "2026-09-29-stock-set-to-zero": {False},
    }


# The families that “Did it work?” compares; the incident that gave rise to the action is left out.


def test_ten_actions_declared_how_they_would_be_verified(actions):
    verified = [action.verify for action in actions if action.verify]
    assert len(verified) == 10
    assert {verify.metric for verify in verified} == {"count", "ttd", "ttrc"}
    assert all(6 <= verify.months <= 24 for verify in verified)
    assert any(verify.factor for verify in verified)
    assert any(verify.service for verify in verified)


def started_in(records, start, end, *, factor="", service=""):
    """Which of the records with a factor or on a service started within a stretch of time."""
    return [
        record
        for record in records
        if "started" in record.times
        and start <= record.times["started"].at.date() < end
        and (not factor or factor in {found.factor for found in record.factors})
        and (not service or service in record.services)
    ]


@pytest.mark.parametrize(
    ("origin", "action_id", "before", "after"),
    [
        ("2025-02-09-carrier-labels", "A1", 7, 0),  # fewer: exact, two-sided p = 0.016
        ("2025-05-22-vat-on-seeds", "A1", 3, 4),  # not fewer
        ("2025-05-22-vat-on-seeds", "A3", 4, 4),  # shorter, see below
        ("2025-03-27-delivered-mails", "A2", 0, 0),  # too few to tell
        ("2025-02-09-carrier-labels", "A5", 2, 2),  # too few to tell
        ("2024-04-16-credential-stuffing", "A2", 0, 0),  # too few to tell
        ("2026-03-10-sales-report-columns", "A3", 1, 1),  # goes on until May 2027
        ("2025-11-28-bundle-offer-flag", "A3", 4, 8),  # longer, says the comparison of the 3 and 7 that are known
        ("2026-07-16-carrier-api-key", "A1", 4, 0),  # all four in one winter: they cluster
        ("2026-11-09-sign-in-loop", "A1", 1, 0),  # begins in 2027
    ],
)
def test_the_families(records, own, origin, action_id, before, after):
    (verify,) = [action.verify for action in records[origin].actions if action.id == action_id]
    years, months = divmod(verify.months, 12)
    assert (years, months) in {(2, 0), (1, 0), (0, 9), (0, 6)}
    first, last = moved(verify.start, -verify.months), moved(verify.start, verify.months)
    others = [record for record in own if record.id != origin]
    of = {"factor": verify.factor, "service": verify.service}
    assert len(started_in(others, first, verify.start, **of)) == before
    assert len(started_in(others, verify.start, last, **of)) == after


def moved(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, day.day)


def test_checkout_is_noticed_sooner_since_its_alarm(own):
    def detected_after(first, last):
        found = started_in(own, first, last, service="checkout")
        return sorted(
            (record.times["detected"].at - record.times["started"].at).total_seconds() / 60
            for record in found
            if record.id != "2025-05-22-vat-on-seeds"
        )

    assert detected_after(date(2024, 7, 1), date(2025, 7, 1)) == [22, 26, 31, 185]
    assert detected_after(date(2025, 7, 1), date(2026, 7, 1)) == [3, 4, 5, 6]


def test_expiry_came_back_once_from_beyond_the_fix(own):
    found = started_in(own, date(2025, 3, 1), AS_OF.date(), factor="infrastructure.expiry")
    assert [record.id for record in found] == ["2026-07-16-carrier-api-key"]
