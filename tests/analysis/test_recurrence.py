"""Recurrence: which factors come back within a year of own incidents, and when a change of it can be told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.factors.recurrence import LEAST_TO_COMPARE, Direction, recurrences

if TYPE_CHECKING:
    from postmortems.analysis.factors.recurrence import Recurrences
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem
    from sites import MakeRecord

AS_OF = datetime(2026, 6, 1, 12, tzinfo=UTC)
ROLLOUT, RUNBOOK = "change.rollout", "response.runbook"
RETOLD = {"provenance": "public-report", "organisation": "Someone else"}


@pytest.fixture
def on(record: MakeRecord) -> Any:
    """A record of a day, with factors."""

    def made(day: str, *factors: str, number: int = 1, **changes: Any) -> Postmortem:
        named = [{"factor": factor, "statement": "a -> b"} for factor in factors or (ROLLOUT,)]
        times = {"started": f"{day}T10:00Z"} if len(day) == 10 else {"started": day}
        return record({"factors": named, "times": times} | changes, name=f"{day}-case-{number}")

    return made


def of(policy: Policy, *records: Postmortem) -> Recurrences:
    return recurrences(records, policy, AS_OF)


def test_a_factor_recurs_from_two_incidents(on: Any, policy: Policy) -> None:
    found = of(policy, on("2026-05-01", ROLLOUT, RUNBOOK), on("2026-04-01", ROLLOUT, ROLLOUT))
    assert [(entry.factor, len(entry.now)) for entry in found.recurring] == [(ROLLOUT, 2)]
    assert len(found.by_factor[RUNBOOK].now) == 1
    assert len(found.incidents) == 2


def test_the_year_ends_today_and_the_one_before_with_it(on: Any, policy: Policy) -> None:
    days = ("2026-06-01", "2025-06-02", "2025-06-01", "2024-06-02", "2024-06-01")
    found = of(policy, *(on(day) for day in days))
    entry = found.by_factor[ROLLOUT]
    assert (found.year.first, found.year.last) == (date(2025, 6, 2), date(2026, 6, 1))
    assert [record.date_text for record in entry.now] == ["2026-06-01", "2025-06-02"]
    assert [record.date_text for record in entry.before] == ["2025-06-01", "2024-06-02"]


@pytest.mark.parametrize(
    "changes", [RETOLD, {"class": "maintenance"}, {"status": "withdrawn"}, {"organisation": "A subsidiary"}]
)
def test_what_is_no_performance_of_ours_is_not_counted(on: Any, policy: Policy, changes: dict[str, str]) -> None:
    found = of(policy, on("2026-05-01", **changes), on("2026-04-01", **changes))
    assert (found.by_factor, found.incidents) == ({}, ())


def test_imported_incidents_count(on: Any, policy: Policy) -> None:
    assert of(policy, on("2026-05-01", provenance="imported"), on("2026-04-01")).recurring


@pytest.mark.parametrize("kind", ["near-miss", "exercise"])
def test_near_misses_and_exercises_are_counted_apart(on: Any, policy: Policy, kind: str) -> None:
    found = of(policy, on("2026-05-01"), on("2026-04-01", **{"class": kind}))
    entry = found.by_factor[ROLLOUT]
    assert (len(entry.now), len(entry.apart), entry.recurs) == (1, 1, False)
    assert len(found.incidents) == 1


@pytest.mark.parametrize("word", ["unknown", "none"])
def test_words_for_no_factor_do_not_recur(on: Any, policy: Policy, word: str) -> None:
    assert of(policy, on("2026-05-01", word), on("2026-04-01", word)).by_factor == {}


def test_an_incident_that_may_lie_in_either_year_is_left_out_and_said_to_be(on: Any, policy: Policy) -> None:
    found = of(policy, on("2026-05-01"), on("2025"), on("2025-12"))
    assert [record.date_text for record in found.unplaced] == ["2025"]
    assert [record.date_text for record in found.by_factor[ROLLOUT].now] == ["2026-05-01", "2025-12"]


def test_services_of_the_last_year(on: Any, policy: Policy) -> None:
    found = of(policy, on("2026-05-01", services=["payments", "checkout"]), on("2025-05-01", services=["old"]))
    assert found.by_factor[ROLLOUT].services == ("checkout", "payments")


# More or fewer than the year before. Of n incidents in two years of equal length, the rarest split has a p-value
# of 2 x 0.5^n: 0.0625 for 5, 0.03125 for 6.


def years(on: Any, now: int, before: int, *, reaching_back: bool = True) -> list[Postmortem]:
    made = [on("2026-01-01", number=number) for number in range(now)]
    made += [on("2025-01-01", number=number) for number in range(before)]
    return made + ([on("2024-06-02", RUNBOOK)] if reaching_back else [])


def test_so_many_are_needed_that_a_result_could_be_told_from_chance() -> None:
    assert 2 * 0.5 ** (LEAST_TO_COMPARE - 1) > 0.05 >= 2 * 0.5**LEAST_TO_COMPARE


@pytest.mark.parametrize(
    ("now", "before", "direction"),
    [
        (5, 0, None),
        (6, 0, Direction.MORE),
        (0, 6, Direction.FEWER),
        (3, 3, Direction.CANNOT_TELL),
        (7, 1, Direction.CANNOT_TELL),  # exact p = 0.070
        (8, 1, Direction.MORE),  # exact p = 0.039
    ],
)
def test_the_direction(on: Any, policy: Policy, now: int, before: int, direction: Direction | None) -> None:
    assert of(policy, *years(on, now, before)).by_factor[ROLLOUT].direction is direction


def test_nothing_is_compared_with_a_year_that_the_records_do_not_reach(on: Any, policy: Policy) -> None:
    found = of(policy, *years(on, 8, 0, reaching_back=False))
    assert not found.reaches_back
    assert found.by_factor[ROLLOUT].direction is None
    assert of(policy, *years(on, 8, 0)).reaches_back


def test_the_ratio_is_that_of_the_counts(on: Any, policy: Policy) -> None:
    comparison = of(policy, *years(on, 8, 2)).by_factor[ROLLOUT].comparison
    assert comparison
    assert comparison.ratio == pytest.approx(4.0)
    # Clopper-Pearson of 8 in 10: 0.4439 to 0.9748, as odds.
    assert comparison.interval.low == pytest.approx(0.4439 / 0.5561, rel=1e-3)
    assert comparison.interval.high == pytest.approx(0.97479 / 0.02521, rel=1e-3)


def test_most_frequent_now_then_before_then_by_name(on: Any, policy: Policy) -> None:
    records = [
        on("2026-05-01", "software.logic", RUNBOOK, ROLLOUT),
        on("2026-04-01", RUNBOOK),
        on("2025-05-01", "software.logic"),
    ]
    assert list(of(policy, *records).by_factor) == [RUNBOOK, "software.logic", ROLLOUT]


def test_no_records(policy: Policy) -> None:
    found = of(policy)
    assert (found.recurring, found.incidents, found.unplaced, found.reaches_back) == ((), (), (), False)
