"""Estimates agree with worked cases, to the digits that these show."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from scipy import stats

from postmortems.analysis.statistics.estimates import (
    duration_ratio,
    kaplan_meier,
    minimum_n,
    overdispersion,
    poisson,
    quantile_of,
    rate_ratio,
    rejects,
    wilson,
)
from postmortems.analysis.statistics.measures import State

GOLDEN = yaml.safe_load((Path(__file__).parent / "golden/statistics.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", GOLDEN["kaplan_meier"])
def test_kaplan_meier(case):
    curve = kaplan_meier(case["times"], [bool(done) for done in case["completed"]])
    assert {step.time: step.share for step in curve.steps} == pytest.approx(
        {time: _fraction(share) for time, share in case["survival"].items()}
    )
    assert curve.median == case["median"]
    assert (curve.n, curve.completed) == (len(case["times"]), sum(case["completed"]))


def test_kaplan_meier_where_half_is_not_reached():
    curve = kaplan_meier([5, 30, 30, 30], [True, False, False, False])
    assert (curve.state, curve.median) == (State.NOT_REACHED, None)
    assert [step.share for step in curve.steps] == pytest.approx([0.75])


def test_kaplan_meier_of_nothing_completed():
    assert kaplan_meier([5, 30], [False, False]).state == State.NOT_REACHED
    assert kaplan_meier([], []).state == State.TOO_FEW


def test_kaplan_meier_where_all_is_completed():
    curve = kaplan_meier([1, 2, 3, 4], [True] * 4)
    assert (curve.state, curve.median, curve.steps[-1].share) == (State.OK, 2, 0)


@pytest.mark.parametrize("case", GOLDEN["rate_ratio"])
def test_rate_ratio(case):
    found = rate_ratio(*case["after"], *case["before"])
    if "ratio" in case:
        digits = 0.5 * 10 ** -len(str(case["high"]).partition(".")[2])
        assert found.ratio == pytest.approx(case["ratio"], abs=digits)
        assert found.interval.low == pytest.approx(case["low"], abs=digits)
        assert found.interval.high == pytest.approx(case["high"], abs=digits)
    if "p" in case:
        assert found.p == pytest.approx(case["p"])


def test_rate_ratio_of_no_event_at_all_says_nothing():
    found = rate_ratio(0, 12, 0, 12)
    assert (found.ratio, found.interval.low, found.interval.high) == (None, 0, None)


def test_rate_ratio_without_an_event_before_is_open_above():
    found = rate_ratio(5, 12, 0, 12)
    assert found.ratio is None
    assert found.interval.low > 0
    assert found.interval.high is None


@pytest.mark.parametrize("case", GOLDEN["wilson"])
def test_wilson(case):
    found = wilson(case["k"], case["n"])
    assert (round(found.low, 3), round(found.high, 3)) == (case["low"], case["high"])


@pytest.mark.parametrize("n", [1, 2, 7, 40, 365])
def test_wilson_is_that_of_scipy(n):
    for k in {0, 1, n // 3, n - 1, n}:
        expected = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
        assert wilson(k, n).low == pytest.approx(expected.low, abs=1e-12)
        assert wilson(k, n).high == pytest.approx(expected.high, abs=1e-12)


def test_least_numbers_for_a_quantile():
    wanted = GOLDEN["order_statistic_median"]["minimum_n"]
    assert {"median": minimum_n(0.5), "p75": minimum_n(0.75), "p90": minimum_n(0.9)} == wanted


@pytest.mark.parametrize("quantile", [0.5, 0.75, 0.9])
def test_quantile_has_an_interval_from_its_least_number_on(quantile):
    least = minimum_n(quantile)
    enough = quantile_of(range(least), quantile)
    assert enough.state == State.OK
    assert enough.interval.low <= enough.value <= enough.interval.high
    few = quantile_of(range(least - 1), quantile)
    assert (few.state, few.value, few.interval) == (State.TOO_FEW, None, None)


def test_interval_of_a_median_is_that_of_order_statistics():
    """Of 20, the 6th and the 15th: below the 6th lies at most 2.07 % of Binomial(20, 1/2)."""
    found = quantile_of(range(1, 21))
    assert (found.interval.low, found.interval.high) == (6, 15)


def test_poisson_of_published_tables():
    assert (poisson(0).low, round(poisson(0).high, 2)) == (0, 3.69)
    assert (round(poisson(10).low, 2), round(poisson(10).high, 2)) == (4.80, 18.39)


def test_overdispersion():
    assert overdispersion([3, 3, 3, 3]) > 0.9
    assert overdispersion([12, 0, 0, 0]) < 0.001
    assert overdispersion([0, 0]) is None
    assert overdispersion([4]) is None


def test_overdispersion_of_groups_holds_each_against_its_own_mean():
    """From 2 a quarter to none: of one group that would be a burst, of two it is a drop."""
    before, after = [2, 2, 2, 2], [0, 0, 0, 0]
    assert overdispersion([*before, *after]) < 0.35
    assert overdispersion(before, after) == overdispersion(before) == 1
    assert overdispersion([4, 0], [0, 4]) == pytest.approx(float(stats.chi2.sf(8, 2)))


def test_duration_ratio_of_the_same_sample_is_one():
    found = duration_ratio([600, 1200, 2400, 4800], [600, 1200, 2400, 4800])
    assert found.ratio == pytest.approx(1)
    assert found.p == pytest.approx(1)
    assert found.interval.low < 1 < found.interval.high


def test_duration_ratio_enumerates_small_samples():
    """4 against 5 can be regrouped in 126 ways; fully apart on both sides, 2 of them are as extreme."""
    found = duration_ratio([600, 700, 800, 900], [7200, 3600, 9000, 4000, 5000])
    assert found.p == pytest.approx(2 / 126)
    assert found.interval.high < 1


def test_duration_ratio_is_the_same_each_time():
    samples = [600 * i for i in range(1, 15)], [650 * i for i in range(1, 18)]
    assert duration_ratio(*samples) == duration_ratio(*samples)


def test_a_p_of_exactly_one_in_twenty_rejects_in_test_and_interval_alike():
    """3 against 7 can be regrouped in 120 ways; on one side 3 of them are as extreme, and 2 * 3 / 120 is 0.05."""
    after = [630_000, 3240, 86_400, 13_200, 67_200, 95_400, 30_000]
    found = duration_ratio(after, [3120, 3600, 9000])
    assert found.p == pytest.approx(0.05)
    assert rejects(found.p)
    assert found.interval.low > 1


def test_two_against_two_can_not_be_told_apart():
    found = duration_ratio([600, 700], [60_000, 70_000])
    assert found.p > 0.05
    assert found.interval.high is None


def _fraction(text):
    top, _, bottom = str(text).partition("/")
    return float(top) / float(bottom or 1)
