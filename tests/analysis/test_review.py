"""Reviews: which are due, how long they took, who was there; and what is left out of each figure, and why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.reviews.review_quality import review_quality
from postmortems.analysis.statistics.measures import State
from postmortems.corpus import DraftReviews
from sites import AS_OF

if TYPE_CHECKING:
    from postmortems.analysis.reviews.review_quality import ReviewQuality
    from postmortems.analysis.statistics.measures import Exclusion
    from postmortems.conventions import Policy
    from sites import MakeRecord

RETOLD = {"provenance": "public-report", "organisation": "Someone else"}
RECOVERED = {"recovered": "2026-03-31T10:55Z"}


def reviewed(held: str | None = "2026-04-03", **fields: Any) -> dict[str, Any]:
    """A severe incident that recovered on 31 March, long ago, and its review."""
    review = {"held": held} if held else {"facilitator": {"role": "Lead"}}
    return {"severity": "sev1", "status": "in-review", "times": RECOVERED, "review": review} | fields


def ids(records: tuple[object, ...]) -> list[str]:
    return [record.id for record in records]


def left_out(excluded: tuple[Exclusion, ...]) -> dict[str, int]:
    return {exclusion.reason: exclusion.count for exclusion in excluded if exclusion.count}


@pytest.fixture
def quality(record: MakeRecord, policy: Policy) -> Any:
    def made(*changes: dict[str, Any], drafts: DraftReviews | None = None) -> ReviewQuality:
        records = [record(change, name=f"2026-01-{n:02}-case") for n, change in enumerate(changes, 1)]
        return review_quality(records, policy, AS_OF, drafts)

    return made


class TestCoverage:
    def test_held_out_of_due(self, quality: Any) -> None:
        found = quality(reviewed(), reviewed(None), reviewed("2026-05-01")).coverage
        assert (found.held, found.due) == (2, 3)
        assert ids(found.seen.part) == ["2026-01-01-case", "2026-01-03-case"]
        assert found.seen.interval == found.interval
        assert found.interval.low == pytest.approx(0.2077, abs=1e-4)  # Wilson, 2 of 3
        assert [(late.record.id, late.days) for late in found.waiting] == [("2026-01-02-case", 62)]

    @pytest.mark.parametrize(
        ("changes", "due", "reason"),
        [
            ({"times": {"recovered": "2026-05-18T12:01Z"}}, 0, "recovered too recently"),
            ({"times": {"recovered": "2026-05-18T11:59Z"}}, 1, None),
            ({"times": {"started": "2026-01-01T10:00Z"}}, 0, "without a known recovery"),
            ({"status": "published"}, 0, "not told when it was reviewed"),
            ({"status": "draft"}, 1, None),
        ],
        ids=str,
    )
    def test_what_is_due(self, quality: Any, changes: dict[str, Any], due: int, reason: str | None) -> None:
        found = quality(reviewed(None) | changes).coverage
        assert (found.seen.n, found.held) == (due, 0)
        assert left_out(found.seen.excluded) == ({reason: 1} if reason else {})
        assert len(found.waiting) == due

    @pytest.mark.parametrize(
        "changes",
        [
            RETOLD,
            {"provenance": "imported"},
            {"organisation": "A subsidiary"},
            {"severity": "sev3"},
            {"class": "maintenance"},
            {"status": "withdrawn"},
        ],
        ids=str,
    )
    def test_what_is_not_asked_for_a_review(self, quality: Any, changes: dict[str, Any]) -> None:
        found = quality(reviewed() | changes)
        assert (found.needing, found.reviewed, found.coverage.due) == ((), (), 0)
        assert found.coverage.interval is None

    def test_drafts_are_added_as_numbers(self, quality: Any) -> None:
        found = quality(reviewed(), reviewed(None), drafts=_drafts([False] * 4)).coverage
        assert (found.held, found.due, found.seen.n) == (1, 6, 2)
        assert found.interval.high == pytest.approx(0.5635, abs=1e-4)  # Wilson, 1 of 6
        assert len(found.waiting) == 1


def _drafts(held: list[bool], days_ago: float = 20) -> DraftReviews:
    return DraftReviews(tuple((AS_OF - timedelta(days=days_ago), one) for one in held))


class TestDrafts:
    @pytest.mark.parametrize(("count", "told"), [(0, 0), (1, 0), (2, 0), (3, 3), (7, 7)])
    def test_few_are_told_as_none(self, count: int, told: int) -> None:
        grace = timedelta(days=14)
        assert _drafts([False] * count).waiting(AS_OF, grace) == told
        assert _drafts([True] * count).held(AS_OF, grace) == told

    def test_each_number_for_itself(self) -> None:
        drafts = _drafts([True, True, False, False, False])
        assert drafts.held(AS_OF, timedelta(days=14)) == 0
        assert drafts.waiting(AS_OF, timedelta(days=14)) == 3

    def test_only_after_the_grace(self) -> None:
        drafts = _drafts([False] * 3, days_ago=14)
        assert drafts.waiting(AS_OF, timedelta(days=14)) == 0
        assert drafts.waiting(AS_OF + timedelta(minutes=1), timedelta(days=14)) == 3

    def test_they_say_nothing_else(self) -> None:
        assert repr(_drafts([True] * 3)) == "DraftReviews()"


class TestTimeToReview:
    def test_the_median_from_six_on(self, quality: Any) -> None:
        days = [3, 1, 8, 30, 7, 5]
        held = [(date(2026, 3, 31) + timedelta(days=count)).isoformat() for count in days]
        found = quality(*(reviewed(day) for day in held)).time
        assert found.median.value == 6  # between 5 and 7
        assert (found.median.interval.low, found.median.interval.high) == (1, 30)
        assert (found.in_time.k, found.in_time.n) == (4, 6)
        five = quality(*(reviewed(day) for day in held[:5])).time
        assert (five.median.value, five.median.state, five.median.n) == (None, State.TOO_FEW, 5)

    @pytest.mark.parametrize(
        ("recovered", "days"),
        [
            ("2026-03-31T23:30Z", 3),
            ("2026-04-01T01:30+02:00", 2),  # still 31 March in UTC, and April where it happened
            ("2026-03-31", 3),
            ({"at": "2026-03-31T10:00Z", "estimated": True, "within": "3h"}, 3),
            ("2026-04-03T09:00Z", 0),
        ],
        ids=str,
    )
    def test_whole_days(self, quality: Any, recovered: Any, days: int) -> None:
        found = quality(reviewed(times={"recovered": recovered})).time
        assert [count for _, count in found.days] == [days]

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"times": {"recovered": "2026-03"}}, "recovery not known to the day"),
            (
                {"times": {"recovered": {"at": "2026-03-31T10:00Z", "estimated": True}}},
                "recovery not known to the day",
            ),
            ({"times": {"recovered": "2026-04-04T10:00Z"}}, "reviewed before recovery"),
            ({"times": {"started": "2026-03-31T10:00Z"}}, "without a known recovery"),
            ({"class": "near-miss"}, "near miss or exercise"),
        ],
        ids=str,
    )
    def test_what_is_left_out(self, quality: Any, changes: dict[str, Any], reason: str) -> None:
        found = quality(reviewed() | changes).time
        assert found.days == ()
        assert left_out(found.median.excluded) == left_out(found.in_time.excluded) == {reason: 1}
        assert (found.median.of, found.median.coverage) == (1, 0)


def test_groups(quality: Any) -> None:
    def with_legal(legal: Any) -> dict[str, Any]:
        groups = {"technical": "attended"} | ({"legal": legal} if legal else {})
        return reviewed(review={"held": "2026-04-03", "groups": groups})

    found = quality(*map(with_legal, ("attended", "consulted", {"not-needed": "No contract."}, None, None)))
    legal = next(row for row in found.presence if row.group == "legal")
    assert {kind: len(records) for kind, records in legal.by_kind.items()} == {
        "attended": 1,
        "consulted": 1,
        "not-needed": 1,
        "absent": 2,
    }
    assert (legal.present.k, legal.present.n) == (2, 4)
    assert left_out(legal.present.excluded) == {"not needed": 1}


def test_the_facilitator_the_briefing_and_the_follow_up(quality: Any) -> None:
    def with_review(**fields: Any) -> dict[str, Any]:
        return reviewed(review={"held": "2026-04-03"} | fields)

    found = quality(
        with_review(facilitator={"role": "Lead", "responded": False}, briefed_on="2026-04-05"),
        with_review(facilitator={"role": "Lead", "responded": True}, follow_ups=["2026-05-05"]),
        with_review(facilitator={"role": "Lead"}),
        with_review(),
    )
    assert (found.neutral.k, found.neutral.n, left_out(found.neutral.excluded)) == (1, 2, {"not recorded": 2})
    assert (found.briefed.k, found.briefed.n) == (1, 4)
    assert (found.followed.k, found.followed.n) == (1, 4)


def test_nothing_from_nothing(quality: Any) -> None:
    found = quality()
    assert found.coverage.interval is None
    assert found.time.median.state == State.TOO_FEW
    assert found.neutral.interval is None
    assert all(row.present.value is None for row in found.presence)
