"""What was published in a quarter for others to learn from: other organisations' incidents, retold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.factors.factor_uses import factors_of
from postmortems.analysis.statistics.quarters import quarter_of
from postmortems.analysis.statistics.scope import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.analysis.statistics.quarters import Quarter
    from postmortems.record import Postmortem


@dataclass(frozen=True, slots=True)
class Published:
    """The retold incidents that were published in a quarter, and after it, and the factors that two or more share.

    They are a choice of what teaches, so their number says nothing of how often such things happen.
    """

    quarter: Quarter
    records: tuple[Postmortem, ...]
    since: tuple[Postmortem, ...]
    shared: tuple[tuple[str, tuple[Postmortem, ...]], ...]

    @property
    def organisations(self) -> tuple[str, ...]:
        """Whose incidents they are, by name."""
        return tuple(sorted({record.organisation for record in self.records}, key=str.casefold))


def published_in(records: Iterable[Postmortem], quarter: Quarter) -> Published:
    """Those of a quarter, newest first as `records` are."""
    dated = [
        (record, quarter_of(record.published))
        for record in counted(records)
        if record.provenance == "public-report" and record.published
    ]
    of_quarter = tuple(record for record, published in dated if published == quarter)
    uses = Counter(factor for record in of_quarter for factor in factors_of(record))
    shared = (
        (factor, tuple(record for record in of_quarter if factor in factors_of(record)))
        for factor, count in sorted(uses.items(), key=lambda use: (-use[1], use[0]))
        if count > 1
    )
    since = tuple(record for record, published in dated if published > quarter)
    return Published(quarter, of_quarter, since, tuple(shared))


def quarters_of_publication(records: Iterable[Postmortem]) -> tuple[Quarter, ...]:
    """The quarters in which a retold incident was published, newest first."""
    days = (record.published for record in counted(records) if record.provenance == "public-report")
    return tuple(sorted({quarter_of(day) for day in days if day}, reverse=True))
