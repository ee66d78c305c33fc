"""What waits for someone: overdue, unreviewed, ongoing, and incidents that repeat an earlier one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from postmortems.analysis import Attention, needs_attention
from postmortems.analysis.factors.recurrence import recurrences
from postmortems.analysis.factors.repeats import repeating
from sites import AS_OF

if TYPE_CHECKING:
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem
    from sites import MakeRecord

RETOLD = {"provenance": "public-report", "organisation": "Someone else"}


def action(**fields: Any) -> dict[str, Any]:
    return {
        "actions": [{"id": "A1", "title": "Mend it", "owner": "platform", "done_when": "It holds."} | fields],
        "no_actions_reason": None,
    }


def recovered(days_ago: float, **fields: Any) -> dict[str, Any]:
    at = AS_OF - timedelta(days=days_ago)
    return {"times": {"recovered": f"{at:%Y-%m-%dT%H:%MZ}"}, "severity": "sev1", "status": "in-review"} | fields


class TestOverdue:
    @pytest.mark.parametrize(
        ("due", "days"),
        [("2026-05-31", [1]), ("2026-05-01", [31]), ("2026-06-01", []), ("2026-06-02", [])],
        ids=["yesterday", "a-month-ago", "today", "tomorrow"],
    )
    def test_by_days(self, record: MakeRecord, policy: Policy, due: str, days: list[int]) -> None:
        found = needs_attention([record(action(due=due))], policy, AS_OF)
        assert [late.days for late in found.overdue] == days
        assert found.count == len(days)

    @pytest.mark.parametrize(
        ("status", "late"),
        [
            ("open", True),
            ("in-progress", True),
            ("done", False),
            ("verified", False),
            ("declined", False),
            ("superseded", False),
            ("not-stated", False),
        ],
    )
    def test_only_what_is_open(self, record: MakeRecord, policy: Policy, status: str, *, late: bool) -> None:
        found = needs_attention([record(action(due="2026-05-01", status=status))], policy, AS_OF)
        assert bool(found.overdue) is late

    @pytest.mark.parametrize("due", [{}, {"due": "soon"}], ids=["absent", "text"])
    def test_without_a_date(self, record: MakeRecord, policy: Policy, due: dict[str, str]) -> None:
        assert needs_attention([record(action(**due))], policy, AS_OF).overdue == ()

    def test_longest_overdue_first(self, record: MakeRecord, policy: Policy) -> None:
        records = [
            record(action(due=due), name=f"2026-01-0{n}-x")
            for n, due in enumerate(("2026-05-20", "2026-04-01", "2026-05-20"), 1)
        ]
        found = needs_attention(records[::-1], policy, AS_OF)
        assert [(late.record.id, late.days) for late in found.overdue] == [
            ("2026-01-02-x", 61),
            ("2026-01-01-x", 12),
            ("2026-01-03-x", 12),
        ]


class TestUnreviewed:
    @pytest.mark.parametrize(
        ("days_ago", "waits"), [(13, False), (14, False), (14.01, True), (15, True), (200, True)]
    )
    def test_after_the_grace(self, record: MakeRecord, policy: Policy, days_ago: float, *, waits: bool) -> None:
        found = needs_attention([record(recovered(days_ago))], policy, AS_OF)
        assert [late.days for late in found.unreviewed] == ([int(days_ago)] if waits else [])

    @pytest.mark.parametrize(
        ("changes", "waits"),
        [
            ({"severity": "sev2"}, True),
            ({"severity": "sev3"}, False),
            ({"severity": {"declared": "sev4", "final": "sev1"}}, True),
            ({"severity": {"declared": "sev1", "final": "sev4"}}, False),
            ({"review": {"held": "2026-05-30"}}, False),
            ({"review": {"notes": "https://notes.example.org/"}}, True),
            ({"status": "published"}, False),  # or it could not have been published: its review is withheld
            ({"status": "draft"}, True),
            ({"times": {"started": "2026-01-01T10:00Z"}}, False),
        ],
        ids=str,
    )
    def test_which(self, record: MakeRecord, policy: Policy, changes: dict[str, Any], *, waits: bool) -> None:
        found = needs_attention([record(recovered(40) | changes)], policy, AS_OF)
        assert bool(found.unreviewed) is waits

    def test_longest_first(self, record: MakeRecord, policy: Policy) -> None:
        records = [record(recovered(days), name=f"2026-01-01-{days}-days") for days in (20, 40, 30)]
        found = needs_attention(records, policy, AS_OF)
        assert [late.days for late in found.unreviewed] == [40, 30, 20]


@pytest.mark.parametrize(
    ("changes", "ongoing"),
    [
        ({"times": {"started": "2026-05-31T10:00Z"}}, True),
        ({"times": {"recovered": "2026-05-31T10:00Z"}}, False),
        ({"times": {"started": "2026-05-31T10:00Z"}, "state": "resolved"}, False),
        ({"times": {"started": "2026-05-31T10:00Z"}, "class": "near-miss"}, False),
        ({"times": {"started": "2026-05-31T10:00Z"}, "class": "exercise"}, False),
    ],
    ids=str,
)
def test_ongoing(record: MakeRecord, policy: Policy, changes: dict[str, Any], *, ongoing: bool) -> None:
    found = needs_attention([record(changes)], policy, AS_OF)
    assert bool(found.ongoing) is ongoing
    assert found.count == int(ongoing)


class TestRepeats:
    """An incident of March, and the one of January that it repeats unless something keeps it from that."""

    EARLIER, LATER = "2026-01-10-checkout", "2026-03-31-checkout"
    # Of the action on the shared factor.
    CLOSED_BEFORE: ClassVar = {"status": "done", "due": "2026-02-20", "closed": "2026-02-15"}
    CLOSED_AFTER: ClassVar = {"status": "done", "due": "2026-02-20", "closed": "2026-04-15"}
    OPEN: ClassVar = {"status": "open", "due": "2026-12-31"}

    def pair(
        self,
        record: MakeRecord,
        done: dict[str, Any],
        later: dict[str, Any] | None = None,
        earlier: dict[str, Any] | None = None,
    ) -> list[Postmortem]:
        return [
            record(later or {}, name=self.LATER),
            record(
                action(**{"addresses": ["F1"]} | done)
                | {"times": {"started": "2026-01-10T09:00Z", "recovered": "2026-01-10T10:00Z"}}
                | (earlier or {}),
                name=self.EARLIER,
            ),
        ]

    @pytest.mark.parametrize(
        ("done", "after_fix"),
        [
            (CLOSED_BEFORE, [True]),
            (CLOSED_BEFORE | {"status": "verified"}, [True]),
            (CLOSED_AFTER, [False]),
            (CLOSED_AFTER | {"closed": "2026-03-31"}, [False]),
            (OPEN, [False]),
            (OPEN | {"status": "in-progress"}, [False]),
            ({"status": "declined", "reason": "Too dear."}, []),
            ({"status": "superseded"}, []),
            ({"status": "done"}, []),  # when it was closed is not known, so neither can be said
        ],
        ids=str,
    )
    def test_after_and_before_the_fix(
        self, record: MakeRecord, policy: Policy, done: dict[str, Any], after_fix: list[bool]
    ) -> None:
        found = needs_attention(self.pair(record, done), policy, AS_OF)
        assert [repeat.after_fix for repeat in found.repeats] == after_fix
        for repeat in found.repeats:
            assert (repeat.record.id, repeat.earlier.id) == (self.LATER, self.EARLIER)
            assert (repeat.action.id, repeat.factor) == ("A1", "change.rollout")

    def test_of_the_policy_s_organisation_only(self, record: MakeRecord, policy: Policy) -> None:
        elsewhere = {"organisation": "Someone else"}
        pair = self.pair(record, self.CLOSED_BEFORE, elsewhere, elsewhere)
        assert needs_attention(pair, policy, AS_OF).repeats == ()

    def test_order_of_the_records_does_not_matter(self, record: MakeRecord, policy: Policy) -> None:
        pair = self.pair(record, self.CLOSED_BEFORE)
        assert len(needs_attention(pair[::-1], policy, AS_OF).repeats) == 1

    @pytest.mark.parametrize(
        ("later", "repeats"),
        [
            ({"services": ["payments"]}, False),
            ({"services": ["payments"], "related": [{"id": EARLIER, "as": "repeats"}]}, True),
            ({"services": ["payments"], "related": [{"id": EARLIER, "as": "see"}]}, False),
            ({"services": ["payments"], "related": [EARLIER]}, False),
            ({"services": ["payments", "checkout"]}, True),
            ({"not_related": [EARLIER]}, False),
            ({"related": [{"id": EARLIER, "as": "repeats"}], "not_related": [EARLIER]}, False),
            ({"factors": ["change.rollback: a -> b"]}, False),
            ({"factors": ["change.rollback: a -> b"], "related": [{"id": EARLIER, "as": "repeats"}]}, False),
            ({"organisation": "Someone else"}, False),
            (RETOLD, False),
            ({"provenance": "imported"}, False),
            ({"class": "maintenance"}, False),
            ({"status": "withdrawn"}, False),
            ({"times": {"detected": "2026-03-31T10:20Z", "recovered": "2026-03-31T10:55Z"}}, False),
            # The other way round in time.
            ({"times": {"started": "2026-01-09T09:00Z", "recovered": "2026-01-09T10:00Z"}}, False),
        ],
        ids=str,
    )
    def test_which(self, record: MakeRecord, policy: Policy, later: dict[str, Any], *, repeats: bool) -> None:
        found = needs_attention(self.pair(record, self.CLOSED_BEFORE, later), policy, AS_OF)
        assert bool(found.repeats) is repeats

    @pytest.mark.parametrize(
        "earlier",
        [RETOLD, {"organisation": "Someone else"}, {"class": "maintenance"}, {"services": []}, {"times": None}],
        ids=str,
    )
    def test_what_is_not_repeated(self, record: MakeRecord, policy: Policy, earlier: dict[str, Any]) -> None:
        pair = self.pair(record, self.CLOSED_BEFORE, earlier=earlier)
        assert needs_attention(pair, policy, AS_OF).repeats == ()

    @pytest.mark.parametrize("special", ["unknown", "none"])
    def test_no_factor_is_nothing_shared(self, record: MakeRecord, policy: Policy, special: str) -> None:
        factors = {"factors": [f"{special}: nothing was found"]}
        pair = self.pair(record, self.CLOSED_BEFORE, factors, factors)
        assert needs_attention(pair, policy, AS_OF).repeats == ()

    def test_action_on_another_factor_is_no_fix(self, record: MakeRecord, policy: Policy) -> None:
        two = {"factors": ["change.rollback: a -> b", "change.rollout: a -> b"]}
        pair = self.pair(record, self.CLOSED_BEFORE, earlier=two)
        assert needs_attention(pair, policy, AS_OF).repeats == ()

    def test_said_once_where_an_action_answers_the_factor_twice(self, record: MakeRecord, policy: Policy) -> None:
        twice = {"factors": ["change.rollout: a -> b", "change.rollout: c -> d"]}
        pair = self.pair(record, {**self.CLOSED_BEFORE, "addresses": ["F1", "F2"]}, earlier=twice)
        assert len(needs_attention(pair, policy, AS_OF).repeats) == 1

    @pytest.mark.parametrize(
        ("as_of", "seen"),
        [(datetime(2027, 3, 30, 23, 59, tzinfo=UTC), True), (datetime(2027, 3, 31, tzinfo=UTC), False)],
    )
    def test_of_the_last_twelve_months(
        self, record: MakeRecord, policy: Policy, as_of: datetime, *, seen: bool
    ) -> None:
        found = needs_attention(self.pair(record, self.CLOSED_BEFORE), policy, as_of)
        assert bool(found.repeats) is seen

    @pytest.mark.parametrize("started", ["2026-03-31T10:00Z", "2026-03-31", "2026-03", "2026"])
    @pytest.mark.parametrize(
        "as_of", ["2026-03-30", "2026-03-31", "2026-04-01", "2026-12-31", "2027-03-30", "2027-03-31"]
    )
    def test_year_is_that_in_which_factors_recur(
        self, record: MakeRecord, policy: Policy, started: str, as_of: str
    ) -> None:
        """Home and Factors say the same of what came back, also of a start that is known to the month only."""
        times = {"started": started, "recovered": "2027-01-01"}
        now = datetime.fromisoformat(f"{as_of}T12:00:00+00:00")
        other = record({"organisation": "Someone else", "times": times}, name="2026-03-31-elsewhere")
        records = [other, *self.pair(record, self.CLOSED_BEFORE, {"times": times})]
        recurring, found = recurrences(records, policy, now), repeating(records, policy)
        assert [repeat.record.id for repeat in needs_attention(records, policy, now).repeats] == [
            entry.record.id for entry in found.after_fix if entry.record in recurring.incidents
        ]

    def test_exercise_repeats_nothing(self, record: MakeRecord, policy: Policy) -> None:
        pair = self.pair(record, self.CLOSED_BEFORE, {"class": "exercise"})
        assert needs_attention(pair, policy, AS_OF).repeats == ()


@pytest.mark.parametrize(
    "provenance",
    [RETOLD, {"organisation": "Someone else"}, {"provenance": "imported"}],
    ids=["public-report", "another organisation", "imported"],
)
def test_others_are_not_ours_to_chase(record: MakeRecord, policy: Policy, provenance: dict[str, str]) -> None:
    waiting = action(due="2026-05-01", status="open") | recovered(100)
    assert needs_attention([record(waiting)], policy, AS_OF).count == 2
    found = needs_attention([record(waiting | provenance)], policy, AS_OF)
    assert found.count == 0
    assert found.first_hand == 0


def test_count_is_of_everything(record: MakeRecord, policy: Policy) -> None:
    records = [
        record({"times": {"started": "2026-05-31T10:00Z"}}),
        record(recovered(30)),
        record(action(due="2026-05-01")),
    ]
    found = needs_attention(records, policy, AS_OF)
    assert (len(found.ongoing), len(found.unreviewed), len(found.overdue)) == (1, 1, 1)
    assert (found.count, found.first_hand) == (3, 3)


def test_no_records(policy: Policy) -> None:
    assert needs_attention([], policy, AS_OF) == Attention((), (), (), (), 0)
