"""The XmR chart: which counts differ from the others by more than these differ among themselves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_POINTS = 12
LEAST_MEAN = 4.0
RUN = 8
_OF_MOVING_RANGE = 2.66  # 3 / d2, with d2 = 1.128 for two values


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """Natural process limits of a series (Wheeler, Understanding Variation, 1993).

    `outside` are the places of values beyond a limit, `runs` the first and last places of eight or more values in
    a row on one side of the mean: either is a signal that something was different.
    """

    mean: float
    low: float
    high: float
    outside: tuple[int, ...]
    runs: tuple[tuple[int, int], ...]


def control_limits(counts: Sequence[int]) -> ProcessLimits | None:
    """The limits of counts: mean -+ 2.66 mean moving ranges, not below 0.

    None below 12 points, where limits are loose guesses, or below a mean of 4, where counts are too coarse.
    """
    if len(counts) < LEAST_POINTS or sum(counts) / len(counts) < LEAST_MEAN:
        return None
    mean = sum(counts) / len(counts)
    spread = _OF_MOVING_RANGE * sum(abs(b - a) for a, b in pairwise(counts)) / (len(counts) - 1)
    low, high = max(mean - spread, 0.0), mean + spread
    outside = tuple(place for place, count in enumerate(counts) if not low <= count <= high)
    return ProcessLimits(mean, low, high, outside, _runs(counts, mean))


def _runs(counts: Sequence[int], mean: float) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for side, places in groupby(
        range(len(counts)), key=lambda place: (counts[place] > mean) - (counts[place] < mean)
    ):
        run = list(places)
        if side and len(run) >= RUN:
            runs.append((run[0], run[-1]))
    return tuple(runs)
