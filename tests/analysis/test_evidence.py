"""Which records a control concerns, what in them may support it and what is missing; notices and their clocks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.evidence.control_evidence import THINGS, find_evidence, holds
from postmortems.analysis.evidence.controls import ALWAYS, concerns, evidence_of, lies_in
from postmortems.analysis.statistics.periods import period
from postmortems.analysis.timing.regulatory_clocks import recorded_notices
from postmortems.conventions import ActionQuery, Citation, Control, Description, EvidenceNeed
from sites import BARE, EVERYTHING

if TYPE_CHECKING:
    from postmortems.conventions import Policy
    from sites import MakeRecord

HELD = EvidenceNeed("has", "review.held")
DONE = ActionQuery(frozenset({"done", "verified"}), fields=("closed", "evidence"))


def control(*described: Description, looks_for: tuple[EvidenceNeed, ...] = (HELD,)) -> Control:
    return Control("c", "F", "1", "T", "O", Citation("D"), described or (Description(),), looks_for)


def action(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {"id": f"A{number}", "title": "Mend it", "owner": "platform", "done_when": "It holds."} | fields


def of_actions(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"actions": list(actions), "no_actions_reason": None}


def notice(**times: str) -> dict[str, Any]:
    return {"regulatory": [{"regime": "GDPR 33"} | times]}


class TestConcerned:
    @pytest.mark.parametrize(
        ("description", "changes", "fits"),
        [
            (Description(), {}, True),
            (Description(classes=frozenset({"security"})), {"class": "security"}, True),
            (Description(classes=frozenset({"security"})), {}, False),
            (Description(severity="sev2"), {"severity": "sev1"}, True),
            (Description(severity="sev2"), {"severity": "sev2"}, True),
            (Description(severity="sev2"), {"severity": "sev3"}, False),
            (Description(severity="sev2"), {"severity": {"declared": "sev4", "final": "sev2"}}, True),
            (Description(full_review=True), {"severity": "sev2"}, True),
            (Description(full_review=True), {"severity": "sev3"}, False),
            (Description(full_review=False), {"severity": "sev3"}, True),
            (Description(since="2026-03-31"), {}, True),
            (Description(since="2026-04-01"), {}, False),
            (Description(services=("payments", "checkout")), {"services": ["checkout"]}, True),
            (Description(services=("payments",)), {"services": ["checkout"]}, False),
            (Description(regime="GDPR"), notice(), True),
            (Description(regime="NIS2"), notice(), False),
            (Description(has=("lessons", "timeline")), {}, False),
            (Description(has=("lessons", "factors")), {}, True),
            (Description(any_action=ActionQuery()), {}, False),
            (Description(any_action=ActionQuery()), of_actions(action(due="2026-05-01")), True),
            (Description(any_action=ActionQuery(outputs=("irp",))), of_actions(action(output="alert")), False),
            (Description(any_action=ActionQuery(outputs=("irp",))), of_actions(action(output="irp")), True),
            # All that one description says must hold.
            (Description(classes=frozenset({"operational"}), severity="sev2"), {"severity": "sev3"}, False),
        ],
    )
    def test_by_one_description(
        self, record: MakeRecord, policy: Policy, description: Description, changes: dict[str, Any], *, fits: bool
    ) -> None:
        assert concerns(control(description), record(changes), policy) is fits

    def test_one_description_of_several_is_enough(self, record: MakeRecord, policy: Policy) -> None:
        asked = control(Description(classes=frozenset({"privacy"})), Description(regime="GDPR"))
        assert concerns(asked, record({"class": "security"} | notice()), policy)
        assert not concerns(asked, record({"class": "security"}), policy)


class TestEntering:
    @pytest.mark.parametrize(
        ("changes", "enters"),
        [
            ({}, True),
            ({"class": "near-miss"}, True),
            ({"class": "exercise"}, True),
            ({"class": "maintenance"}, False),
            ({"provenance": "imported"}, True),
            ({"provenance": "public-report", "organisation": "Someone else"}, False),
            ({"organisation": "Someone else"}, False),
        ],
    )
    def test_own_records_only(
        self, record: MakeRecord, policy: Policy, changes: dict[str, Any], *, enters: bool
    ) -> None:
        (found,) = evidence_of([record(changes)], [control()], policy)
        assert len(found.supports) == enters

    def test_complete_are_those_that_lack_nothing(self, record: MakeRecord, policy: Policy) -> None:
        held = record({"review": {"held": "2026-04-02"}}, name="2026-03-31-held")
        bare = record(name="2025-03-31-bare")
        (found,) = evidence_of([held, bare], [control()], policy)
        assert (found.complete.part, found.complete.whole) == ((held,), (held, bare))
        assert [len(support.missing) for support in found.supports] == [0, 1]
        assert found.years == (2026, 2025)
        assert found.within(period("2026")).complete.whole == (held,)

    def test_nothing_out_of_nothing(self, policy: Policy) -> None:
        (found,) = evidence_of([], [control()], policy)
        assert (found.complete.value, found.complete.interval, found.years) == (None, None, ())


class TestPeriods:
    @pytest.mark.parametrize(
        ("name", "text", "within"),
        [
            ("2026-03-31-x", "2026", True),
            ("2026-03-31-x", "2026-03-31", True),
            ("2026-03-31-x", "2026-04", False),
            ("2026-03-x", "2026-03-01", True),
            ("2026-03-x", "2026-03-31", False),
            ("2026-x", "2026Q1", True),
            ("2026-x", "2026Q2", False),
        ],
    )
    def test_a_record_lies_where_the_first_day_of_its_date_does(
        self, record: MakeRecord, name: str, text: str, *, within: bool
    ) -> None:
        assert lies_in(record(name=name), period(text)) is within
        assert lies_in(record(name=name), ALWAYS)


class TestHoldings:
    @pytest.mark.parametrize("thing", THINGS)
    def test_a_record_with_everything_holds_it_and_a_bare_one_does_not(
        self, record: MakeRecord, thing: str
    ) -> None:
        full = record(EVERYTHING)
        none = dict.fromkeys((*EVERYTHING, "no_actions_reason"))
        bare = record({**none, **BARE, "status": "in-review"})
        assert holds(full, thing)
        assert not holds(bare, thing)

    def test_what_is_unknown_is_not_held(self, record: MakeRecord) -> None:
        unknown = record({"detection": "unknown", "impact": {"technical": "low", "data": "unknown"}})
        assert not holds(unknown, "detection")
        assert not holds(unknown, "impact.data")

    def test_a_reason_stands_in_for_actions(self, record: MakeRecord) -> None:
        found = find_evidence(record(), EvidenceNeed("has", "actions"))
        assert (found.met, found.value) == (True, "reason")

    @pytest.mark.parametrize(
        ("kind", "actions", "met", "k", "n"),
        [
            ("any_action", [], False, 0, 0),
            ("any_action", [action(status="open")], False, 0, 0),
            ("any_action", [action(status="done", closed="2026-04-02")], False, 0, 1),
            (
                "any_action",
                [action(status="done", closed="2026-04-02", evidence=["https://a.example"])],
                True,
                1,
                1,
            ),
            ("every_action", [], True, 0, 0),
            ("every_action", [action(status="open")], True, 0, 0),
            ("every_action", [action(status="done", closed="2026-04-02")], False, 0, 1),
            (
                "every_action",
                [
                    action(1, status="done", closed="2026-04-02"),
                    action(2, status="done", closed="2026-04-02", evidence=["https://a.example"]),
                ],
                False,
                1,
                2,
            ),
        ],
    )
    def test_actions(
        self, record: MakeRecord, kind: str, actions: list[dict[str, Any]], k: int, n: int, *, met: bool
    ) -> None:
        changes = of_actions(*actions) if actions else {}
        found = find_evidence(record(changes), EvidenceNeed(kind, actions=DONE))
        assert (found.met, found.k, found.n) == (met, k, n)

    def test_every_notice(self, record: MakeRecord) -> None:
        need = EvidenceNeed("every_notice", fields=("due", "sent"))
        whole = find_evidence(record(notice(due="2026-04-02T10:00Z", sent="2026-04-01T10:00Z")), need)
        part = find_evidence(record(notice(due="2026-04-02T10:00Z")), need)
        assert (whole.met, whole.k, whole.n) == (True, 1, 1)
        assert (part.met, part.k, part.n) == (False, 0, 1)
        assert find_evidence(record(), need).met


NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


class TestNotices:
    @pytest.mark.parametrize(
        ("times", "standing"),
        [
            ({"due": "2026-04-03T10:00Z", "sent": "2026-04-03T09:00Z"}, "in time"),
            ({"due": "2026-04-03T10:00Z", "sent": "2026-04-03T10:00Z"}, "in time"),
            ({"due": "2026-04-03T10:00Z", "sent": "2026-04-03T10:01Z"}, "late"),
            ({"due": "2026-04-03T10:00Z", "sent": "2026-04-03"}, "unclear"),
            ({"due": "2026-04-03", "sent": "2026-04-03"}, "in time"),
            ({"due": "2026-04-03", "sent": "2026-04-04"}, "late"),
            ({"due": "2026-04-04", "sent": "2026-04-03"}, "in time"),
            ({"due": "2026-04-03T10:00Z", "sent": "2026-04-05"}, "late"),
            ({"sent": "2026-04-03"}, "no due date"),
            ({"due": "2026-06-01T11:00Z"}, "overdue"),
            ({"due": "2026-06-01T13:00Z"}, "waiting"),
            ({"due": "2026-06-01"}, "waiting"),
            ({}, "not sent"),
        ],
    )
    def test_stand_by_what_the_record_says(
        self, record: MakeRecord, policy: Policy, times: dict[str, str], standing: str
    ) -> None:
        (found,) = recorded_notices([record(notice(**times))], policy, NOW)
        assert found.standing == standing

    def test_a_clock_that_starts_at_detection_is_pointed_out(self, record: MakeRecord, policy: Policy) -> None:
        detected = record().times["detected"].text
        (same,) = recorded_notices([record(notice(clock_started=detected))], policy, NOW)
        (other,) = recorded_notices([record(notice(clock_started="2026-03-31T23:00Z"))], policy, NOW)
        (none,) = recorded_notices([record(notice())], policy, NOW)
        assert [row.starts_at_detection for row in (same, other, none)] == [True, False, False]

    def test_those_of_other_organisations_are_left_out(self, record: MakeRecord, policy: Policy) -> None:
        retold = record({"provenance": "public-report", "organisation": "Someone else"} | notice())
        assert recorded_notices([retold], policy, NOW) == ()
