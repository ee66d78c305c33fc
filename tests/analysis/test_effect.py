"""Did it work? Worked cases for every verdict, and what is left out of a comparison."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest

from postmortems.analysis.effect.verdicts import Effect, Verdict, effects

AS_OF = datetime(2027, 6, 1, 12, tzinfo=UTC)
TURN = datetime(2026, 1, 1, tzinfo=UTC)
FACTOR = "infrastructure.expiry"


@pytest.fixture
def told(record, policy):
    """The comparison of one action with the incidents that began so many days from the day on which it turns."""

    def make(
        days: list[float], *, verify: Any = None, action: Any = None, as_of: datetime = AS_OF, extra: Any = ()
    ) -> Effect:
        declared = {"metric": "count", "factor": FACTOR, "from": "2026-01-01", "months": 12, "expect": "fewer"}
        origin = {
            "id": "A1",
            "title": "Alarm before a certificate ends",
            "owner": "platform",
            "due": "2025-12-20",
            "done_when": "It rang.",
            "status": "done",
            "closed": "2025-12-20",
            "evidence": ["https://example.org/1"],
            "verify": {**declared, **(verify or {})},
        } | (action or {})
        records = [record(incident(-20) | {"actions": [origin], "no_actions_reason": None}, "2025-12-12-origin")]
        records += [record(incident(day), f"2026-01-01-no-{n}") for n, day in enumerate(days)]
        records += [record(changes, name) for name, changes in extra]
        (found,) = effects(records, policy, as_of).effects
        return found

    return make


def incident(day: float, minutes: float = 30, **changes: Any) -> dict[str, Any]:
    began = TURN + timedelta(days=day, hours=1)
    return {
        "times": {
            "started": f"{began:%Y-%m-%dT%H:%MZ}",
            "detected": f"{began + timedelta(minutes=minutes):%Y-%m-%dT%H:%MZ}",
            "recovered": f"{began + timedelta(hours=10):%Y-%m-%dT%H:%MZ}",
        },
        "factors": [f"{FACTOR}: the job had no alarm -> the certificate ran out"],
    } | changes


# So far back that the records cover the months before.
LONG_AGO = [("2020-01-01-first", incident(-2191, factors=["change.rollout: all at once -> all were hit"]))]
SPREAD = [-350, -300, -250, -200, -150, -100, -50]


class TestCounts:
    def test_fewer(self, told):
        """7 before and 0 after, over equal times: p = 2 / 2^7."""
        found = told(SPREAD, extra=LONG_AGO)
        assert found.verdict == Verdict.IMPROVED
        assert (len(found.before.incidents), len(found.after.incidents)) == (7, 0)
        assert found.comparison.ratio == 0
        assert found.comparison.p == pytest.approx(2 / 2**7)
        assert found.comparison.interval.high < 1

    def test_more(self, told):
        found = told([-day for day in SPREAD], extra=LONG_AGO)
        assert found.verdict == Verdict.WORSE
        assert (found.comparison.ratio, found.comparison.interval.high) == (None, None)
        assert found.comparison.interval.low > 1

    def test_about_as_many(self, told):
        found = told([-300, -200, -100, 50, 150, 250, 350], extra=LONG_AGO)
        assert found.verdict == Verdict.CANNOT_TELL
        assert found.comparison.ratio == pytest.approx(4 / 3)

    @pytest.mark.parametrize(("count", "verdict"), [(5, Verdict.TOO_FEW), (6, Verdict.IMPROVED)])
    def test_six_on_one_side_are_the_fewest_that_tell(self, told, count: int, verdict: Verdict):
        """5 before and 0 after: p = 0.0625, as in the golden cases."""
        found = told(SPREAD[:count], extra=LONG_AGO)
        assert found.verdict == verdict
        assert verdict == Verdict.IMPROVED or found.needed == 6

    def test_bursts(self, told):
        found = told([-350, -349, -348, -347, -346, -345, -344], extra=LONG_AGO)
        assert (found.verdict, found.comparison) == (Verdict.CLUSTERED, None)

    def test_a_change_is_no_burst(self, told):
        """The counts before and after are held against their own means, or every drop would be a cluster."""
        assert told(SPREAD, extra=LONG_AGO).verdict == Verdict.IMPROVED

    def test_records_that_begin_later_than_the_months_before(self, told):
        assert told(SPREAD).verdict == Verdict.UNSEEN

    def test_the_incident_that_gave_rise_to_it_is_left_out(self, told):
        found = told(SPREAD, extra=LONG_AGO)
        assert "2025-12-12-origin" not in {record.id for record in found.before.incidents}

    @pytest.mark.parametrize(
        "changes",
        [
            {"class": "near-miss"},
            {"class": "exercise"},
            {"class": "maintenance"},
            {"factors": ["change.rollout: all at once -> all were hit"]},
            {"organisation": "Someone else"},
            {"provenance": "public-report", "organisation": "Someone else"},
        ],
    )
    def test_others_are_not_compared(self, told, changes: dict[str, Any]):
        found = told(SPREAD, extra=[*LONG_AGO, ("2026-02-01-other", incident(30) | changes)])
        assert len(found.after.incidents) == 0

    def test_imported_ones_are(self, told):
        extra = [*LONG_AGO, ("2026-02-01-older", incident(30) | {"provenance": "imported"})]
        assert len(told(SPREAD, extra=extra).after.incidents) == 1

    def test_factor_and_service_both_hold(self, told):
        found = told(
            [50], verify={"service": "payments"}, extra=[("2026-03-02-x", incident(60, services=["payments"]))]
        )
        assert [record.id for record in found.after.incidents] == ["2026-03-02-x"]

    def test_without_either_all_incidents_are_compared(self, told):
        found = told([50], verify={"factor": "change.rollout", "service": "checkout"})
        assert len(found.after.incidents) == 0

    @pytest.mark.parametrize(("name", "shown"), [("2025-11-05-vague", 1), ("2019-11-05-vague", 0)])
    def test_a_start_that_is_not_recorded_is_said_of_the_years_in_question(self, told, name: str, shown: int):
        found = told([], extra=[(name, {**incident(0), "times": None, "state": "resolved"})])
        assert [(e.reason, e.count) for e in found.excluded] == [("start not recorded", 1)] * shown

    def test_a_month_that_holds_the_turn_lies_on_no_side(self, told):
        found = told(
            [],
            verify={"from": "2026-01-15"},
            extra=[("2026-01-05-vague", {**incident(0), "times": {"started": "2026-01"}})],
        )
        assert [(e.reason, e.count) for e in found.excluded] == [("start not known exactly enough", 1)]


class TestWindows:
    def test_both_last_the_same_months(self, told):
        found = told([])
        assert (found.before.start, found.before.end) == (datetime(2025, 1, 1, tzinfo=UTC), TURN)
        assert (found.after.start, found.after.end) == (TURN, datetime(2027, 1, 1, tzinfo=UTC))
        assert (found.passed, found.is_running) == (1, False)

    def test_what_lies_ahead_is_cut_off_and_said(self, told):
        half = TURN + timedelta(days=73)
        found = told([-300, 30, 72.9, 73.1], as_of=half)
        assert found.after.end == half
        assert found.passed == pytest.approx(0.2)
        assert found.is_running
        assert len(found.after.incidents) == 2

    def test_rates_are_compared_and_not_counts(self, told):
        """7 in a year before, and 1 in the tenth of a year after: 1.43 times as often, though fewer."""
        found = told([*SPREAD, 20], extra=LONG_AGO, as_of=TURN + timedelta(days=36.5))
        assert found.verdict == Verdict.CANNOT_TELL
        assert found.comparison.ratio == pytest.approx(10 / 7)

    def test_before_it_begins_it_is_too_early(self, told):
        found = told(SPREAD, extra=LONG_AGO, as_of=TURN - timedelta(hours=1))
        assert (found.verdict, found.passed, found.comparison) == (Verdict.TOO_EARLY, 0, None)

    def test_what_is_not_done_can_not_have_worked(self, told):
        assert told(SPREAD, extra=LONG_AGO, action={"status": "open"}).verdict == Verdict.TOO_EARLY

    def test_a_day_that_a_month_lacks_is_its_last(self, told):
        found = told([], verify={"from": "2025-08-31", "months": 6})
        assert found.before.start == datetime(2025, 2, 28, tzinfo=UTC)


class TestDurations:
    VERIFY: ClassVar = {"metric": "ttd", "expect": "shorter"}

    def told_of(self, told, before: list[float], after: list[float], **options: Any) -> Effect:
        extra = [(f"2025-06-before-{n}", incident(-200 + n, value)) for n, value in enumerate(before)]
        extra += [(f"2026-06-after-{n}", incident(200 + n, value)) for n, value in enumerate(after)]
        return told([], verify=self.VERIFY, extra=[*extra, *options.pop("extra", ())], **options)

    def test_shorter(self, told):
        """4 against 4, all shorter: the rarest of 70 regroupings, on both sides."""
        found = self.told_of(told, [22, 26, 31, 185], [3, 4, 5, 6])
        assert found.verdict == Verdict.IMPROVED
        assert found.comparison.p == pytest.approx(2 / 70)

    def test_longer(self, told):
        assert self.told_of(told, [3, 4, 5, 6], [22, 26, 31, 185]).verdict == Verdict.WORSE

    def test_mixed(self, told):
        assert self.told_of(told, [3, 26, 5, 185], [22, 4, 31, 6]).verdict == Verdict.CANNOT_TELL

    @pytest.mark.parametrize(("before", "after"), [(3, 4), (1, 40), (40, 1), (0, 0)])
    def test_too_few_on_a_side(self, told, before: int, after: int):
        found = self.told_of(told, [100.0] * before, [5.0] * after)
        assert (found.verdict, found.comparison) == (Verdict.TOO_FEW, None)

    def test_what_is_not_known_is_left_out_and_said(self, told):
        caught = incident(210) | {"detection": {"source": "monitoring", "before_impact": True}}
        unknown = incident(211)
        del unknown["times"]["detected"]
        vague = incident(212)
        vague["times"]["detected"] = {"at": vague["times"]["detected"], "within": "1h"}
        extra = [("2026-08-01-a", caught), ("2026-08-02-b", unknown), ("2026-08-03-c", vague)]
        found = self.told_of(told, [], [], extra=extra)
        assert {(e.reason, e.count) for e in found.excluded} == {
            ("caught before impact", 1),
            ("duration not recorded", 1),
            ("duration not known exactly enough", 1),
        }


class TestOwners:
    @pytest.mark.parametrize(
        ("verdict", "agrees"), [("effective", True), ("ineffective", False), ("partly", None), (None, None)]
    )
    def test_beside_an_improvement(self, told, verdict: str | None, agrees: bool | None):
        result = {"result": {"verdict": verdict}} if verdict else {}
        assert told(SPREAD, extra=LONG_AGO, action=result).agrees is agrees

    def test_beside_no_verdict_nobody_is_contradicted(self, told):
        assert told([], action={"result": {"verdict": "effective"}}).agrees is None


def test_chance_is_counted_over_what_was_tested(record, policy):
    verify = {"metric": "count", "factor": FACTOR, "from": "2026-01-01", "months": 12, "expect": "fewer"}
    plain = {"title": "Mend it", "owner": "platform", "due": "2025-12-20", "done_when": "It holds."}
    closed = {"status": "done", "closed": "2025-12-20", "evidence": ["https://example.org/1"]}
    entries = [
        {"id": "A1", **plain, **closed, "verify": verify},
        {"id": "A2", **plain, **closed, "verify": {**verify, "factor": "change.rollout"}},
        {"id": "A3", **plain, **closed},
        {"id": "A4", **plain, "status": "declined", "reason": "No.", "verify": verify},
    ]
    records = [
        record(
            incident(-20) | {"actions": [deepcopy(entry) for entry in entries], "no_actions_reason": None},
            "2025-12-12-origin",
        ),
        *(record(incident(day), f"2026-01-01-no-{n}") for n, day in enumerate(SPREAD)),
        *(record(changes, name) for name, changes in LONG_AGO),
    ]
    told = effects(records, policy, AS_OF)
    assert [effect.verdict for effect in told.effects] == [Verdict.IMPROVED, Verdict.TOO_FEW]
    assert (len(told.compared), told.by_chance) == (1, pytest.approx(0.05))
    assert [of.action.id for of in told.given_up] == ["A4"]
    assert [of.action.id for of in told.undeclared] == ["A3"]
    assert told.first.year == 2020
