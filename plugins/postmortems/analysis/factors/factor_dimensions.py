"""Which sides of an organisation the factors of incidents lie on: by dimension and by category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.factors.factor_uses import factors_of
from postmortems.analysis.statistics.estimates import share_of
from postmortems.analysis.statistics.scope import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from postmortems.analysis.statistics.measures import Share
    from postmortems.conventions import Vocabulary
    from postmortems.record import Postmortem

TECHNICAL = "technical"


@dataclass(frozen=True, slots=True)
class Balance:
    """Out of the incidents that name a factor: the share with one of each dimension, and of each category.

    `only_technical` is the share of those that name technical factors and no others. The shares do not add up to
    one: an incident counts once for each dimension in which it has a factor.
    """

    dimensions: Mapping[str, Share]
    categories: Mapping[str, Share]
    only_technical: Share
    unnamed: tuple[Postmortem, ...]


def balance(records: Iterable[Postmortem], vocabulary: Vocabulary) -> Balance:
    """Count incidents, not factors: one with three technical factors counts once as technical."""
    factors_by_record = [(record, factors_of(record)) for record in counted(records)]
    named = tuple(record for record, factors in factors_by_record if factors)
    sides = [{vocabulary.dimension_of(name) for name in factors} for _, factors in factors_by_record if factors]
    groups = [{_category(vocabulary, name) for name in factors} for _, factors in factors_by_record if factors]

    def share(kept: Iterable[bool]) -> Share:
        return share_of(tuple(record for record, keep in zip(named, kept, strict=True) if keep), named)

    return Balance(
        {dimension: share(dimension in side for side in sides) for dimension in vocabulary.dimensions},
        {category: share(category in group for group in groups) for category in vocabulary.categories},
        share(side == {TECHNICAL} for side in sides),
        tuple(record for record, factors in factors_by_record if not factors),
    )


def _category(vocabulary: Vocabulary, factor: str) -> str:
    category = vocabulary.category_of(factor)
    return category.id if category else ""
