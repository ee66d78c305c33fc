"""One quarter for leadership: as it was at its end, beside the quarter before, and what asks for a decision."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from postmortems.analysis.brief.brief import Brief, Briefs
from postmortems.analysis.brief.decisions import DecisionKind
from postmortems.analysis.brief.published import published_in, quarters_of_publication
from postmortems.analysis.frequency.counts import Verdict
from postmortems.analysis.statistics.point_in_time import at_point_in_time
from postmortems.analysis.statistics.quarters import Coverage, Quarter, quarter_named
from postmortems.analysis.statistics.severity_ranking import most_serious, worst_impact

if TYPE_CHECKING:
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem
    from sites import MakeRecord

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
Q3 = Quarter(2026, 3)


def times(started: str, recovered: str = "") -> dict[str, Any]:
    return {"times": {"started": started, **({"recovered": recovered} if recovered else {})}}


def action(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {"id": f"A{number}", "title": "Mend it", "owner": "platform", "done_when": "It holds."} | fields


def of_actions(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"actions": list(actions), "no_actions_reason": None}


def begun(record: MakeRecord, *days: str, **fields: Any) -> list[Postmortem]:
    """Records of incidents that began on these days, the newest first."""
    made = [
        record(times(f"{day}T10:00Z", f"{day}T11:00Z") | fields, name=f"{day}-x{n}") for n, day in enumerate(days)
    ]
    return sorted(made, key=lambda each: each.id, reverse=True)


def brief(records: list[Postmortem], policy: Policy, quarter: Quarter = Q3, as_of: datetime = NOW) -> Brief:
    ordered = sorted(records, key=lambda each: each.id, reverse=True)
    return Briefs(ordered, policy, as_of).of(quarter)


class TestAsTheyWere:
    DAY = date(2026, 9, 30)

    def taken_back(self, record: MakeRecord, **changes: Any) -> Postmortem:
        (found,) = at_point_in_time([record(times("2026-08-01T10:00Z") | changes, name="2026-08-01-x")], self.DAY)
        return found

    def test_what_began_later_was_not_there(self, record: MakeRecord) -> None:
        records = begun(record, "2026-09-30", "2026-10-01")
        assert [each.id for each in at_point_in_time(records, self.DAY)] == ["2026-09-30-x0"]

    @pytest.mark.parametrize(
        ("fields", "status"),
        [
            ({"status": "done", "closed": "2026-09-30"}, "done"),
            ({"status": "done", "closed": "2026-10-01"}, "open"),
            ({"status": "declined", "closed": "2026-10-01", "reason": "No."}, "open"),
            ({"status": "declined", "reason": "No."}, "declined"),
            (
                {
                    "status": "verified",
                    "closed": "2026-09-01",
                    "result": {"verdict": "effective", "at": "2026-10-01"},
                },
                "done",
            ),
            (
                {
                    "status": "verified",
                    "closed": "2026-09-01",
                    "result": {"verdict": "effective", "at": "2026-09-20"},
                },
                "verified",
            ),
            ({"status": "open"}, "open"),
        ],
    )
    def test_actions(self, record: MakeRecord, fields: dict[str, Any], status: str) -> None:
        found = self.taken_back(record, **of_actions(action(opened="2026-08-02", **fields)))
        (only,) = found.actions
        assert only.status == status
        assert (only.closed is None) == (status == "open" or "closed" not in fields)

    def test_an_action_opened_later_was_not_there(self, record: MakeRecord) -> None:
        found = self.taken_back(record, **of_actions(action(opened="2026-10-01")))
        assert found.actions == ()

    @pytest.mark.parametrize(("held", "known"), [("2026-09-30", True), ("2026-10-01", False)])
    def test_reviews(self, record: MakeRecord, held: str, *, known: bool) -> None:
        found = self.taken_back(record, review={"held": held, "briefed_on": held})
        assert found.review is not None
        assert (found.review.held is not None) is known
        assert (found.review.briefed_on is not None) is known

    def test_who_recovered_later_was_not_over_it(self, record: MakeRecord) -> None:
        later = self.taken_back(record, **times("2026-08-01T10:00Z", "2026-10-02T10:00Z"))
        earlier = self.taken_back(record, **times("2026-08-01T10:00Z", "2026-08-02T10:00Z"))
        assert ("recovered" in later.times, later.state) == (False, "ongoing")
        assert ("recovered" in earlier.times, earlier.state) == (True, "resolved")

    def test_what_was_so_then_is_left_alone(self, record: MakeRecord) -> None:
        made = record(times("2026-08-01T10:00Z", "2026-08-01T11:00Z"), name="2026-08-01-x")
        assert at_point_in_time([made], self.DAY)[0] is made


class TestChange:
    def test_by_severity_beside_the_quarter_before(self, record: MakeRecord, policy: Policy) -> None:
        records = [
            *begun(record, "2026-01-05", "2026-07-05", "2026-08-05", severity="sev3"),
            *begun(record, "2026-05-05", "2026-09-05", severity="sev1"),
        ]
        change = brief(records, policy).change
        assert [(row.severity, len(row.now), len(row.before)) for row in change.by_severity] == [
            ("sev1", 1, 1),
            ("sev3", 2, 0),
        ]
        assert change.verdict is Verdict.TOO_FEW

    @pytest.mark.parametrize(
        ("before", "now", "verdict"),
        [
            (2, 3, Verdict.TOO_FEW),
            (3, 3, Verdict.CANNOT_TELL),
            (1, 6, Verdict.CANNOT_TELL),
            (1, 10, Verdict.MORE),
            (10, 1, Verdict.FEWER),
        ],
    )
    def test_told_apart_only_beyond_chance(
        self, record: MakeRecord, policy: Policy, before: int, now: int, verdict: Verdict
    ) -> None:
        days = ["2025-11-05", "2026-02-05"]  # so that both quarters are seen as a whole
        days += [f"2026-04-{n:02}" for n in range(1, before + 1)] + [f"2026-07-{n:02}" for n in range(1, now + 1)]
        change = brief(begun(record, *days), policy).change
        assert (len(change.incidents_before), len(change.incidents)) == (before, now)
        assert change.verdict is verdict

    @pytest.mark.parametrize(
        ("first", "quarter", "coverage", "coverage_before"),
        [
            ("2026-02-05", Q3, Coverage.WHOLE, Coverage.WHOLE),
            ("2026-05-05", Q3, Coverage.WHOLE, Coverage.BEGINS),
            ("2026-07-05", Q3, Coverage.BEGINS, None),
            ("2026-02-05", Quarter(2025, 4), None, None),
            ("2026-02-05", Quarter(2026, 4), Coverage.RUNNING, Coverage.WHOLE),
        ],
    )
    def test_what_the_records_let_one_see(
        self,
        record: MakeRecord,
        policy: Policy,
        first: str,
        quarter: Quarter,
        coverage: Coverage | None,
        coverage_before: Coverage | None,
    ) -> None:
        change = brief(begun(record, first, "2026-08-05", "2026-11-01"), policy, quarter).change
        assert (change.coverage, change.coverage_before) == (coverage, coverage_before)
        assert (change.verdict is None) == (
            coverage is not Coverage.WHOLE or coverage_before is not Coverage.WHOLE
        )

    def test_near_misses_and_exercises_are_apart(self, record: MakeRecord, policy: Policy) -> None:
        records = [
            *begun(record, "2026-07-05"),
            *begun(record, "2026-08-05", **{"class": "near-miss"}),
            *begun(record, "2026-09-05", **{"class": "exercise"}),
        ]
        change = brief(records, policy).change
        assert [len(each) for each in (change.incidents, change.near_misses, change.exercises)] == [1, 1, 1]

    def test_other_organisations_do_not_enter(self, record: MakeRecord, policy: Policy) -> None:
        retold = begun(record, "2026-08-05", provenance="public-report", organisation="Someone else")
        found = brief([*begun(record, "2026-07-05"), *retold], policy)
        assert len(found.change.incidents) == len(found.records) == 1


class TestActions:
    def test_opened_closed_given_up_and_overdue_at_its_end(self, record: MakeRecord, policy: Policy) -> None:
        made = record(
            times("2026-06-20T10:00Z", "2026-06-20T11:00Z")
            | of_actions(
                action(
                    1, opened="2026-06-21", due="2026-08-01", status="done", closed="2026-07-30", evidence=["a"]
                ),
                action(2, opened="2026-07-01", due="2026-09-01"),
                action(
                    3, opened="2026-07-01", due="2026-09-10", status="done", closed="2026-10-05", evidence=["a"]
                ),
                action(4, opened="2026-07-01", due="2026-10-10"),
                action(
                    5, opened="2026-07-01", due="2026-08-01", status="declined", closed="2026-08-01", reason="No."
                ),
                action(6, opened="2026-10-01", due="2026-10-02"),
            ),
            name="2026-06-20-x",
        )
        found = brief([made], policy)
        ids = {name: [of.action.id for of in getattr(found, name)] for name in ("opened", "closed", "given_up")}
        assert ids == {"opened": ["A2", "A3", "A4", "A5"], "closed": ["A1"], "given_up": ["A5"]}
        assert sorted(row.of.action.id for row in found.open) == ["A2", "A3", "A4"]
        assert {row.of.action.id: row.late for row in found.overdue} == {"A2": 29, "A3": 20}
        assert {key: settled.status for key, settled in found.settled.items()} == {("2026-06-20-x", "A3"): "done"}

    def test_the_most_pressing_of_each_owner(self, record: MakeRecord, policy: Policy) -> None:
        made = record(
            times("2026-06-20T10:00Z")
            | of_actions(
                action(1, opened="2026-06-21", due="2026-08-01", priority="low"),
                action(2, opened="2026-06-21", due="2026-09-01", priority="high"),
                action(3, opened="2026-06-21", due="2026-09-02", owner="shop"),
            ),
            name="2026-06-20-x",
        )
        found = brief([made], policy)
        assert [row.of.action.id for row in found.first_of_owners] == ["A2", "A3"]


class TestDecisions:
    def asked(self, found: Brief) -> list[tuple[DecisionKind, str]]:
        return [(each.kind, each.action.id if each.action else "") for each in found.decisions]

    @pytest.mark.parametrize(
        ("fields", "asked"),
        [
            ({"due": "2026-08-31"}, True),  # 30 days
            ({"due": "2026-09-01"}, False),
            ({"due": "2026-09-29", "priority": "high"}, True),
            ({"due": "2026-09-29", "priority": {"likelihood": 3, "impact": 4, "effort": 2}}, True),
            ({"due": "2026-09-29", "priority": "low"}, False),
            ({"due": "2026-08-01", "status": "done", "closed": "2026-10-05", "evidence": ["a"]}, False),
            ({"due": "2026-08-01", "status": "declined", "closed": "2026-10-05", "reason": "No."}, False),
        ],
    )
    def test_overdue_actions(
        self, record: MakeRecord, policy: Policy, fields: dict[str, Any], *, asked: bool
    ) -> None:
        made = record(
            times("2026-07-20T10:00Z") | of_actions(action(opened="2026-07-21", **fields)), name="2026-07-20-x"
        )
        assert self.asked(brief([made], policy)) == ([(DecisionKind.OVERDUE, "A1")] if asked else [])

    @pytest.mark.parametrize(
        ("changes", "asked"),
        [
            ({"status": "in-review"}, True),
            ({"status": "in-review", "review": {"held": "2026-10-05"}}, False),
            ({"status": "in-review", "review": {"held": "2026-09-05"}}, False),
            ({"status": "in-review", "severity": "sev4"}, False),
        ],
        ids=["missing", "held since", "held", "not needed"],
    )
    def test_missing_reviews(
        self, record: MakeRecord, policy: Policy, changes: dict[str, Any], *, asked: bool
    ) -> None:
        made = record(
            times("2026-08-01T10:00Z", "2026-08-01T11:00Z") | {"severity": "sev1"} | changes, name="2026-08-01-x"
        )
        found = brief([made], policy)
        assert [each.kind for each in found.decisions] == ([DecisionKind.UNREVIEWED] if asked else [])
        held_since = changes.get("review", {}).get("held", "") > "2026-09-30"
        assert len(found.unreviewed) == (asked or held_since)

    def test_a_fix_that_did_not_hold_comes_first(self, record: MakeRecord, policy: Policy) -> None:
        earlier = record(
            times("2026-03-01T10:00Z")
            | of_actions(
                action(opened="2026-03-02", status="done", closed="2026-04-01", evidence=["a"], addresses=["F1"])
            ),
            name="2026-03-01-earlier",
        )
        later = record(
            times("2026-08-01T10:00Z") | of_actions(action(opened="2026-08-02", due="2026-08-20")),
            name="2026-08-01-later",
        )
        found = brief([earlier, later], policy)
        assert self.asked(found) == [(DecisionKind.REPEATED, "A1"), (DecisionKind.OVERDUE, "A1")]
        assert (found.decisions[0].record, found.decisions[0].earlier) == (later, earlier)
        assert [entry.record.id for entry in found.after_fix] == ["2026-08-01-later"]

    def test_nothing_asks_for_one(self, record: MakeRecord, policy: Policy) -> None:
        assert brief(begun(record, "2026-08-05"), policy).decisions == ()


class TestQuarters:
    def test_the_last_that_is_over_and_those_with_incidents_before_it(
        self, record: MakeRecord, policy: Policy
    ) -> None:
        briefs = Briefs(begun(record, "2025-11-05", "2026-02-05", "2026-08-05", "2026-11-05"), policy, NOW)
        assert str(briefs.last) == "2026Q3"
        assert [str(quarter) for quarter in briefs.earlier] == ["2026Q1", "2025Q4"]

    @pytest.mark.parametrize(("text", "quarter"), [("2026Q3", Q3), ("2026-q3", Q3), ("2025Q1", Quarter(2025, 1))])
    def test_named(self, text: str, quarter: Quarter) -> None:
        assert quarter_named(text) == quarter

    @pytest.mark.parametrize("text", ["2026", "2026Q5", "Q3", "2026Q3 ", "0000Q1", "2026-07"])
    def test_not_named(self, text: str) -> None:
        with pytest.raises(ValueError, match="is no quarter"):
            quarter_named(text)

    def test_neighbours(self) -> None:
        assert (Quarter(2026, 1).preceding, Quarter(2025, 4).following) == (Quarter(2025, 4), Quarter(2026, 1))
        assert Q3.preceding.following == Q3

    def test_nothing_at_all(self, policy: Policy) -> None:
        found = brief([], policy)
        assert (found.change.coverage, found.change.verdict, found.serious, found.decisions) == (
            None,
            None,
            (),
            (),
        )


class TestSeriousness:
    def test_severity_then_impact_then_users(self, record: MakeRecord, policy: Policy) -> None:
        rows = [
            ("2026-08-01-mild", "sev4", {"technical": "critical"}),
            ("2026-08-02-low", "sev2", {"technical": "low"}),
            ("2026-08-03-high", "sev2", {"technical": "high"}),
            ("2026-08-04-many", "sev2", {"technical": "high", "users": {"count": 900}}),
            ("2026-08-05-worst", "sev1", {"technical": "low"}),
        ]
        records = [record({"severity": severity, "impact": impact}, name=name) for name, severity, impact in rows]
        assert [each.id[11:] for each in most_serious(records, policy, 4)] == ["worst", "many", "high", "low"]

    def test_the_worst_impact_that_has_words(self, record: MakeRecord) -> None:
        impact = {
            "technical": {"level": "low", "text": "Slow."},
            "business": {"level": "high", "text": "Orders were lost."},
            "data": "critical",
        }
        assert worst_impact(record({"impact": impact})) == "Orders were lost."
        assert worst_impact(record({"impact": {"technical": "low"}})) == ""


class TestPublished:
    RETOLD: ClassVar = {
        "provenance": "public-report",
        "sources": [{"url": "https://a.example", "kind": "primary"}],
    }

    def test_only_what_was_retold_in_the_quarter(self, record: MakeRecord) -> None:
        records = [
            record(self.RETOLD | {"organisation": name, "published": day}, name=f"2019-0{n}-01-x")
            for n, (name, day) in enumerate((("B", "2026-07-01"), ("a", "2026-09-30"), ("C", "2026-10-01")), 1)
        ]
        own = record({"published": "2026-08-01"}, name="2026-08-01-own")
        found = published_in([*records, own], Q3)
        assert found.organisations == ("a", "B")
        assert [each.organisation for each in found.since] == ["C"]
        assert [(factor, len(shared)) for factor, shared in found.shared] == [("change.rollout", 2)]
        assert [str(quarter) for quarter in quarters_of_publication([*records, own])] == ["2026Q4", "2026Q3"]
