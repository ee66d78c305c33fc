"""An organisation's policy: its services and teams, its severities, and when a review is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from postmortems.source.access import flag, items, mapping, text, texts, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.source import Source, Value


SEARCH_SWITCH_AT = 300
"""From so many post-mortems on a site has Pagefind's search, unless the policy says otherwise."""

_FULL_REVIEWS = 2  # of the severities, the worst, unless the policy says otherwise


class Service(NamedTuple):
    """A service of the registry."""

    id: str
    label: str
    team: str = ""


class Team(NamedTuple):
    """A team or role that can own an action."""

    id: str
    label: str


class OwnField(NamedTuple):
    """A field of the organisation's own that exports know. `name` begins with `x-`, `kind` is its type."""

    name: str
    label: str
    description: str
    kind: str
    facet: bool

    @property
    def column(self) -> str:
        """What exports call it: no column of ours begins so."""
        return self.name.replace("-", "_")


class ReviewPolicy(NamedTuple):
    """Which incidents need a full review, and by when, in days after recovery."""

    at_or_above: str
    within_days: int
    grace_days: int


@dataclass(frozen=True, slots=True)
class Policy:
    """What this organisation decided. `severities` is ordered, worst first: id to label.

    From `search_switch_at` post-mortems on, a site has a search page in place of the theme's search. `language` is
    that of the interface.
    """

    organisation: str
    severities: Mapping[str, str]
    review: ReviewPolicy
    services: Mapping[str, Service]
    teams: Mapping[str, Team]
    audiences_of_lessons: tuple[str, ...]
    audience: str
    search_switch_at: int
    language: str
    licence: str = ""
    own_fields: tuple[OwnField, ...] = ()

    def needs_full_review(self, severity: str) -> bool:
        """Whether incidents of this severity need the full review; unknown severities do not."""
        return self.at_or_above(severity, self.review.at_or_above)

    def at_or_above(self, severity: str, mildest: str) -> bool:
        """Whether a severity is as bad as another or worse; unknown ones are not."""
        known = severity in self.severities and mildest in self.severities
        return known and self.rank(severity) <= self.rank(mildest)

    def rank(self, severity: str) -> int:
        """The place of a severity, 0 the worst; unknown ones come after all others."""
        order = [*self.severities]
        return order.index(severity) if severity in order else len(order)

    def severity_label(self, severity: str) -> str:
        """The label of a severity; its id where the policy does not name it, as of a retold incident."""
        return self.severities.get(severity, severity)

    def service_label(self, service: str) -> str:
        """The label of a service; its id where the registry does not hold it."""
        return self.services[service].label if service in self.services else service

    def team_label(self, team: str) -> str:
        """The label of a team; its id where the registry does not hold it."""
        return self.teams[team].label if team in self.teams else team


def build_policy(source: Source) -> Policy:
    """Make the policy of a file that has passed its schema; what it leaves out takes the defaults."""
    meta = source.meta
    review = mapping(meta.get("review"))
    listed = [mapping(entry) for entry in items(meta.get("severities"))]
    severities = {text(entry.get("id")): text(entry.get("label")) for entry in listed}
    switch = whole(meta.get("search_switch_at"))
    return Policy(
        organisation=text(meta.get("organisation")),
        severities=severities,
        review=ReviewPolicy(
            text(review.get("at_or_above")) or [*severities][:_FULL_REVIEWS][-1],
            whole(review.get("within_days")) or 7,
            whole(review.get("grace_days")) or 14,
        ),
        services={
            key: Service(key, text(mapping(value).get("label")) or key, text(mapping(value).get("team")))
            for key, value in mapping(meta.get("services")).items()
        },
        teams={
            key: Team(key, text(mapping(value).get("label")) or key)
            for key, value in mapping(meta.get("teams")).items()
        },
        audiences_of_lessons=texts(meta.get("audiences_of_lessons")),
        audience=text(meta.get("audience")) or "public",
        search_switch_at=SEARCH_SWITCH_AT if switch is None else switch,
        language=text(meta.get("language")) or "en",
        licence=text(meta.get("licence")),
        own_fields=tuple(
            _own_field(name, mapping(entry)) for name, entry in mapping(meta.get("own_fields")).items()
        ),
    )


def _own_field(name: str, entry: Mapping[str, Value]) -> OwnField:
    label = text(entry.get("label"))
    return OwnField(
        name,
        label,
        text(entry.get("description")) or f"{label}.",
        text(entry.get("type")) or "text",
        facet=flag(entry.get("facet")),
    )
