"""Who noticed, and whether before any harm: shares hold where durations do not, as any record can state them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.estimates import share_of
from postmortems.analysis.statistics.measures import Exclusion
from postmortems.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from postmortems.analysis.statistics.measures import Share
    from postmortems.record import Postmortem

INTERNAL = ("monitoring", "staff")
EXTERNAL = ("customer", "partner", "researcher", "authority", "adversary")


@dataclass(frozen=True, slots=True)
class DetectionShares:
    """How incidents came to be known: `internal` out of those whose source is known, `before_impact` out of all.

    `sources` holds the incidents by source, those of the organisation itself first.
    """

    internal: Share
    before_impact: Share
    sources: Mapping[str, tuple[Postmortem, ...]]


def detection_shares(records: Iterable[Postmortem]) -> DetectionShares:
    """Look through incidents; a source that is unknown or not recorded is in neither part of the share."""
    incidents = tuple(records)
    sources = {
        source: tuple(record for record in incidents if record.detection.source == source)
        for source in (*INTERNAL, *EXTERNAL)
    }
    known = tuple(record for record in incidents if record.detection.source in sources)
    unknown = tuple(record for record in incidents if record.detection.source not in sources)
    return DetectionShares(
        share_of(
            tuple(record for record in known if record.detection.source in INTERNAL),
            known,
            (Exclusion(N_("source not known"), unknown),) if unknown else (),
        ),
        share_of(tuple(record for record in incidents if record.detection.before_impact), incidents),
        {source: records_of for source, records_of in sources.items() if records_of},
    )
