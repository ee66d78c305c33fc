"""Facets of the listing: by what incidents can be narrowed down, and how many have each value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.selection import values
from postmortems.rendering.labels import word
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: its id, as it stands in addresses, its label, and the records that have it."""

    id: str
    label: str
    records: tuple[Postmortem, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet by its name in addresses, with its values, most frequent or first in order first."""

    name: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class _Definition:
    """How a facet is made: the trait it is of, the label of a value, and their order (None: by count)."""

    name: str
    label: str
    title: Callable[[SiteContext, str], str]
    order: Callable[[SiteContext], Sequence[str]] | None = None


def facets(context: SiteContext, records: Sequence[Postmortem]) -> tuple[Facet, ...]:
    """All facets in which records differ; one with the same value for all narrows nothing down."""
    made = (Facet(facet.name, _label(facet), tuple(_values(context, records, facet))) for facet in _all(context))
    return tuple(facet for facet in made if any(len(value.records) < len(records) for value in facet.values))


def labels_of(context: SiteContext, record: Postmortem) -> list[tuple[str, str]]:
    """The labels of a record's values, each with the name of its facet."""
    return [
        (facet.name, facet.title(context, value))
        for facet in _all(context)
        for value in values(facet.name, record, context.conventions.policy)
    ]


def _all(context: SiteContext) -> Iterator[_Definition]:
    """The facets of every library, and those that the policy adds."""
    yield from _FACETS
    for field in context.conventions.policy.own_fields:
        if field.facet:
            yield _Definition(field.name, field.label, _word if field.kind == "boolean" else _itself)


def _label(facet: _Definition) -> str:
    return facet.label if facet.name.startswith("x-") else _(facet.label)


def tokens(all_facets: Sequence[Facet]) -> dict[str, str]:
    """For each record, by its id, its values as places such as `0.2 3.0`: of the facet, and in it."""
    tokens: dict[str, list[str]] = {}
    for place, facet in enumerate(all_facets):
        for at, value in enumerate(facet.values):
            for record in value.records:
                tokens.setdefault(record.id, []).append(f"{place}.{at}")
    return {record_id: " ".join(places) for record_id, places in tokens.items()}


def _values(context: SiteContext, records: Iterable[Postmortem], facet: _Definition) -> Iterable[Value]:
    by_value: dict[str, list[Postmortem]] = {}
    for record in records:
        for value in values(facet.name, record, context.conventions.policy):
            by_value.setdefault(value, []).append(record)
    known = {value: place for place, value in enumerate(facet.order(context))} if facet.order else {}

    def rank(value: str) -> tuple[int, str]:
        place = known.get(value, len(known)) if facet.order else -len(by_value[value])
        return place, facet.title(context, value).casefold()

    return (
        Value(value, facet.title(context, value), tuple(by_value[value])) for value in sorted(by_value, key=rank)
    )


def _service_label(context: SiteContext, value: str) -> str:
    organisation, _, service = value.rpartition("/")
    return f"{organisation}: {service}" if organisation else context.conventions.policy.service_label(service)


def _word(_context: SiteContext, value: str) -> str:
    return word(value)


def _itself(_context: SiteContext, value: str) -> str:
    return value


_FACETS = (
    _Definition(
        "severity",
        N_("Severity"),
        lambda context, value: context.severity(value),
        lambda context: list(context.conventions.policy.severities),
    ),
    _Definition("class", N_("Class"), _word),
    _Definition("trigger", N_("Trigger"), lambda context, value: context.trigger(value)),
    _Definition("factor", N_("Factor"), lambda context, value: context.factor(value)),
    _Definition("service", N_("Service"), _service_label),
    _Definition("organisation", N_("Organisation"), _itself),
    _Definition(
        "year",
        N_("Year"),
        _itself,
        lambda context: [str(year) for year in sorted({record.year for record in context.records}, reverse=True)],
    ),
    _Definition("provenance", N_("Provenance"), _word),
)
