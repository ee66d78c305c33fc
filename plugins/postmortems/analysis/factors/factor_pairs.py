"""Which factors occur in the same incidents, beside how often chance alone would bring them together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from postmortems.analysis.factors.factor_uses import factors_of
from postmortems.analysis.statistics.scope import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from postmortems.record import Postmortem

LISTED_FROM = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """Two factors that occur together, in `records`; each occurs in so many incidents in all.

    `by_chance` is how many incidents would have both if each fell on the `of` incidents regardless of the other:
    `first_count` times `second_count` over `of`. It is there to be looked at, and no test is made of it: the pairs
    were chosen because they occur together.
    """

    first: str
    second: str
    records: tuple[Postmortem, ...]
    first_count: int
    second_count: int
    of: int

    @property
    def by_chance(self) -> float:
        """The count to be expected of two factors that have nothing to do with each other."""
        return self.first_count * self.second_count / self.of

    def other(self, factor: str) -> str:
        """The one that is not this."""
        return self.second if factor == self.first else self.first


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs that occur together more than once, most often first, out of `possible` ones."""

    listed: tuple[Pair, ...]
    of: tuple[Postmortem, ...]
    possible: int

    def with_factor(self, factor: str) -> tuple[Pair, ...]:
        """Those of one factor."""
        return tuple(pair for pair in self.listed if factor in {pair.first, pair.second})


def pairs(records: Iterable[Postmortem]) -> Pairs:
    """All pairs of factors that two or more incidents share."""
    incidents = counted(records)
    together: dict[tuple[str, str], list[Postmortem]] = {}
    counts: dict[str, int] = {}
    for record in incidents:
        names = sorted(factors_of(record))
        for name in names:
            counts[name] = counts.get(name, 0) + 1
        for pair in combinations(names, 2):
            together.setdefault(pair, []).append(record)
    listed = (_pair(pair, having_both, counts, len(incidents)) for pair, having_both in together.items())
    kept = [pair for pair in listed if len(pair.records) >= LISTED_FROM]
    kept.sort(key=lambda pair: (-len(pair.records), pair.first, pair.second))
    return Pairs(tuple(kept), incidents, len(counts) * (len(counts) - 1) // 2)


def _pair(names: tuple[str, str], records: Sequence[Postmortem], counts: Mapping[str, int], of: int) -> Pair:
    first, second = names
    return Pair(first, second, tuple(records), counts[first], counts[second], of)
