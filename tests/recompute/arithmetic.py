"""Statistics by hand, so that what scipy does in the program is seen from another side."""

from __future__ import annotations

import calendar
import math
from datetime import date
from itertools import combinations
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Z = NormalDist().inv_cdf(0.975)


def cut(value: object) -> object:
    """Shares of nothing and everything are whole, whatever their last digits say."""
    return round(value, 12) if isinstance(value, float) else value


def months_later(start: date, months: int) -> date:
    year, month = start.year, start.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        elif month == 0:
            year, month = year - 1, 12
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def wilson(k: int, n: int) -> tuple[float, float]:
    centre = (k + Z**2 / 2) / (n + Z**2)
    half = Z / (n + Z**2) * math.sqrt(k * (n - k) / n + Z**2 / 4)
    return cut(max(centre - half, 0.0)), cut(min(centre + half, 1.0))


def median(sample: Sequence[float]) -> tuple[float, float, float]:
    """The median, and the order statistics beside which at most 2.5 % of Binomial(n, 1/2) lie."""
    values, n = sorted(sample), len(sample)
    rank, below = 0, 0.0
    while below + math.comb(n, rank) / 2**n <= 0.025:
        below += math.comb(n, rank) / 2**n
        rank += 1
    middle = values[n // 2] if n % 2 else (values[n // 2 - 1] + values[n // 2]) / 2
    return middle, values[rank - 1], values[n - rank]


def kaplan_meier(rows: Sequence[tuple[float, bool]]) -> list[tuple[float, float, float | None, float | None, int]]:
    """For each time at which something was done: the share that is not, its log-log band, how many were left."""
    steps = []
    share, spread = 1.0, 0.0
    for time in sorted({time for time, done in rows if done}):
        left = sum(other >= time for other, _ in rows)
        done = sum(other == time and is_done for other, is_done in rows)
        share *= 1 - done / left
        low: float | None = None
        high: float | None = None
        if left > done:
            spread += done / (left * (left - done))  # Greenwood's sum
            width = Z * math.sqrt(spread) / math.log(share)
            low, high = share ** math.exp(-width), share ** math.exp(width)
        steps.append((time, cut(share), cut(low), cut(high), left))
    return steps


def permutations_p(after: Sequence[float], before: Sequence[float]) -> float:
    """The two-sided p-value of a difference of means, over all regroupings."""
    pooled, n = [*after, *before], len(after)
    total = sum(pooled)

    def difference(some: Sequence[float]) -> float:
        return sum(some) / n - (total - sum(some)) / (len(pooled) - n)

    observed = difference(after)
    found = [difference(some) for some in combinations(pooled, n)]
    above = sum(value >= observed - 1e-9 for value in found) / len(found)
    below = sum(value <= observed + 1e-9 for value in found) / len(found)
    return min(1.0, 2 * min(above, below))
