"""What stands beside a post-mortem on its page, in words: what happened before or since, and who refers to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from postmortems.rendering.labels import word
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from postmortems.analysis.related.related_incidents import Neighbour, Neighbourhood
    from postmortems.analysis.related.text_similarity import Likeness
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext

_TITLES = {
    frozenset({True}): N_("Happened before"),
    frozenset({False}): N_("Happened since"),
    frozenset({True, False}): N_("Happened before and since"),
}


class InCommon(NamedTuple):
    """What two post-mortems share of one kind, each with a uri or none; the kinds are those of `in_common`."""

    kind: str
    labels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The neighbours of a post-mortem, each with what the two share, under a title that is true of all."""

    found: Neighbourhood
    title: str
    entries: tuple[tuple[Neighbour, tuple[InCommon, ...]], ...]


def beside(context: SiteContext, record: Postmortem, neighbourhood: Neighbourhood) -> Beside:
    """Put into words what stands beside a record."""
    return Beside(
        neighbourhood,
        _(_TITLES.get(frozenset(neighbour.earlier for neighbour in neighbourhood.neighbours), "")),
        tuple(
            (neighbour, in_common(context, record, neighbour.likeness) if neighbour.likeness else ())
            for neighbour in neighbourhood.neighbours
        ),
    )


def in_common(context: SiteContext, record: Postmortem, likeness: Likeness) -> tuple[InCommon, ...]:
    """What a record and another have in common, the factors first and the words last."""
    kinds = {
        "factors": [(context.factor(name), context.factor_uri(name)) for name in likeness.factors],
        "services": [context.service_of(record, name) for name in likeness.services],
        "trigger": [(context.trigger(likeness.trigger), "")] if likeness.trigger else [],
        "class": [(word(likeness.incident_class), "")] if likeness.incident_class else [],
        "words": [(name, "") for name in likeness.words],
    }
    return tuple(InCommon(kind, tuple(labels)) for kind, labels in kinds.items() if labels)
