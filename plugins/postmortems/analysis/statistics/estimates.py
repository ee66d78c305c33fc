"""Estimates and their intervals, all at 95 %; scipy.stats does the arithmetic.

Intervals are exact where an exact one is known (counts, quantiles, ratios of rates) and Wilson's for shares.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.measures import Interval, Share, State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from postmortems.analysis.statistics.measures import Basis, Exclusion

LEVEL = 0.95
CHANCE = 0.05
"""How often a test at this level finds a change where there is none."""
_TAIL = (1 - LEVEL) / 2
_ENUMERATED = 10_000  # so many regroupings are gone through one by one; of more, some are drawn
_DRAWN = 5_000
_AT_ONCE = 500  # or many regroupings of large samples would fill the memory
_SEED = 20260101
_LEAST_SECONDS = 60.0  # what took less counts as a minute, since the logarithm of nothing is not a number


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile of a sample and its order-statistic interval, in the sample's unit; nothing where `too few`."""

    value: float | None
    interval: Interval | None
    n: int
    state: State


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a survival curve: after `time`, `share` is not completed; `at_risk` were just before it."""

    time: float
    share: float
    interval: Interval
    at_risk: int


@dataclass(frozen=True, slots=True)
class Survival:
    """A Kaplan-Meier estimate. `median` is None where half was not reached, or of nothing at all."""

    steps: tuple[Step, ...]
    median: float | None
    median_interval: Interval | None
    n: int
    completed: int
    state: State


@dataclass(frozen=True, slots=True)
class Comparison:
    """An estimate of a ratio, after over before, with its interval and the p-value of no change at all."""

    ratio: float | None
    interval: Interval
    p: float


@cache
def minimum_n(quantile: float) -> int:
    """The least n at which a two-sided interval of a quantile exists: 6 for the median, 13 for P75, 36 for P90.

    Both `quantile ** n` and `(1 - quantile) ** n` have to fit into a tail.
    """
    rarest = max(quantile, 1 - quantile)
    return math.ceil(math.log(_TAIL) / math.log(rarest))


def quantile_of(sample: Sequence[float], quantile: float = 0.5) -> Quantile:
    """A quantile with its exact order-statistic interval (Conover 1999, 3.2); `too few` below `minimum_n`."""
    n = len(sample)
    if n < minimum_n(quantile):
        return Quantile(None, None, n, State.TOO_FEW)
    import numpy as np
    from scipy import stats

    value = float(np.quantile(np.asarray(sample, float), quantile))
    bounds = stats.quantile_test(np.asarray(sample, float), p=quantile).confidence_interval(LEVEL)
    return Quantile(value, Interval(float(bounds.low), float(bounds.high)), n, State.OK)


def share_of(part: Basis, whole: Basis, excluded: tuple[Exclusion, ...] = ()) -> Share:
    """A share with Wilson's score interval (Wilson 1927); none out of nothing."""
    return Share(part, whole, wilson(len(part), len(whole)) if whole else None, excluded)


def wilson(k: int, n: int) -> Interval:
    """Wilson's score interval of a share of `k` in `n`, n at least 1."""
    z, share = NormalDist().inv_cdf(1 - _TAIL), k / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return Interval(middle - half if k else 0.0, middle + half if k < n else 1.0)


def poisson(count: int) -> Interval:
    """The exact interval of an expected count of which one count was seen (Garwood 1936)."""
    from scipy import stats

    low = float(stats.chi2.ppf(_TAIL, 2 * count)) / 2 if count else 0.0
    return Interval(low, float(stats.chi2.ppf(1 - _TAIL, 2 * count + 2)) / 2)


def overdispersion(*groups: Sequence[int]) -> float | None:
    """The p-value of counts that vary no more than chance (chi-square dispersion test); None of nothing.

    The sum of (count - mean)^2 / mean is held against chi-square with one degree fewer than there are counts. Of
    several groups, such as the counts before and after a change, each has a mean of its own, and the sums and the
    degrees add up. Groups of fewer than two counts, and those that are all zero, say nothing.
    """
    from scipy import stats

    varied = [list(counts) for counts in groups if len(counts) > 1 and any(counts)]
    if not varied:
        return None
    statistic = sum(_dispersion(counts) for counts in varied)
    return float(stats.chi2.sf(statistic, sum(len(counts) - 1 for counts in varied)))


def _dispersion(counts: Sequence[int]) -> float:
    mean = sum(counts) / len(counts)
    return sum((count - mean) ** 2 for count in counts) / mean


def rate_ratio(after: int, time_after: float, before: int, time_before: float) -> Comparison:
    """The ratio of two rates, exact given the sum of both counts (Przyborowski and Wilenski 1940).

    Given their sum, the count after is binomial; its Clopper-Pearson bounds give those of the ratio. The times are
    in one unit and above 0. Without any event nothing can be said: the interval is open on both sides.
    """
    from scipy import stats

    if not after + before:
        return Comparison(None, Interval(0.0, None), 1.0)
    test = stats.binomtest(after, after + before, time_after / (time_after + time_before))
    bounds = test.proportion_ci(LEVEL, method="exact")

    def ratio(share: float) -> float | None:
        return share / (1 - share) * time_before / time_after if share < 1 else None

    return Comparison(
        ratio(after / (after + before)),
        Interval(ratio(float(bounds.low)), ratio(float(bounds.high))),
        float(test.pvalue),
    )


def duration_ratio(after: Sequence[float], before: Sequence[float]) -> Comparison:
    """The ratio of the geometric means of two samples of seconds, by a permutation test on mean log duration.

    All regroupings are gone through where they are few, else a fixed number is drawn with a fixed seed. The
    interval holds the ratios that the test does not reject (inversion by bisection). Both samples need at least 2
    values.
    """
    import numpy as np
    from scipy import stats

    logs_after = np.log(np.maximum(np.asarray(after, float), _LEAST_SECONDS))
    logs_before = np.log(np.maximum(np.asarray(before, float), _LEAST_SECONDS))

    # The second row tells, of each regrouping, how much of a shift of all values after would be left in it.
    enumerated = _regroupings(len(after), len(before)) <= _ENUMERATED
    test = stats.permutation_test(
        (np.stack([logs_after, np.ones(len(after))]), np.stack([logs_before, np.zeros(len(before))])),
        lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis),
        vectorized=True,
        n_resamples=np.inf if enumerated else _DRAWN,
        batch=_AT_ONCE,
        rng=np.random.default_rng(_SEED),
        axis=-1,
    )
    null, left = test.null_distribution.T

    def p_value(shift: float) -> float:
        extreme = _share_beyond(null - shift * left, centre - shift, exact=enumerated)
        return min(1.0, 2 * extreme)

    centre = float(logs_after.mean() - logs_before.mean())
    low, high = (_bound(p_value, centre, direction) for direction in (-1, 1))
    return Comparison(
        math.exp(centre),
        Interval(None if low is None else math.exp(low), None if high is None else math.exp(high)),
        float(test.pvalue[0]),
    )


def rejects(p: float) -> bool:
    """Whether a p-value says that there is a change: at most 0.05, however a computer writes that."""
    return p <= CHANCE + 1e-12


def kaplan_meier(times: Sequence[float], completed: Sequence[bool]) -> Survival:
    """How long things wait until completed (Kaplan and Meier 1958); what is not yet completed is censored.

    `times` are in any unit, 0 or more, one for each thing, up to its completion or to where it was last seen. The
    bands are the log-log ones (Kalbfleisch and Prentice); the median's interval is where they cross one half
    (Brookmeyer and Crowley 1982).
    """
    n, done = len(times), sum(completed)
    if not done:
        return Survival((), None, None, n, 0, State.NOT_REACHED if n else State.TOO_FEW)
    import numpy as np
    from scipy import stats

    values, ended = np.asarray(times, float), np.asarray(completed, bool)
    curve = stats.ecdf(stats.CensoredData(uncensored=values[ended], right=values[~ended])).sf
    # Where all or nothing is completed, the bands are open, of which scipy warns.
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore", category=RuntimeWarning):
        bands = curve.confidence_interval(LEVEL, method="log-log")
    steps = tuple(
        Step(
            float(time),
            float(share),
            Interval(*(None if math.isnan(bound) else float(bound) for bound in (low, high))),
            int((values >= time).sum()),
        )
        for time, share, low, high in zip(
            curve.quantiles,
            curve.probabilities,
            bands.low.probabilities,
            bands.high.probabilities,
            strict=True,
        )
        if bool(((values == time) & ended).any())
    )
    median = _first(steps, lambda step: step.share)
    return Survival(
        steps,
        median,
        Interval(_first(steps, lambda step: step.interval.low), _first(steps, lambda step: step.interval.high))
        if median is not None
        else None,
        n,
        done,
        State.OK if median is not None else State.NOT_REACHED,
    )


def _first(steps: Sequence[Step], height: Callable[[Step], float | None]) -> float | None:
    """The time of the first step at which a curve is at or below one half."""
    for step in steps:
        at = height(step)
        if at is not None and at <= 0.5 + 1e-12:
            return step.time
    return None


def _share_beyond(null: NDArray[np.float64], observed: float, *, exact: bool) -> float:
    """The share of a null distribution at or beyond what was observed, on the side where it is less.

    Of drawn regroupings, the observed one counts as one more (Phipson and Smyth 2010), as scipy counts it.
    """
    tolerance = 1e-12 * max(1.0, abs(observed))
    beyond = min(int((null >= observed - tolerance).sum()), int((null <= observed + tolerance).sum()))
    return beyond / len(null) if exact else (beyond + 1) / (len(null) + 1)


def _regroupings(first: int, second: int) -> int:
    return math.comb(first + second, first)


def _bound(p_value: Callable[[float], float], centre: float, direction: int) -> float | None:
    """The furthest shift to one side that the test does not reject; None where it rejects none within e^12."""
    inside, outside = centre, centre
    step = 0.25
    while not rejects(p_value(outside)):
        inside, outside, step = outside, outside + direction * step, step * 2
        if abs(outside - centre) > 12:
            return None
    for _ in range(40):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if rejects(p_value(middle)) else (middle, outside)
    return inside
