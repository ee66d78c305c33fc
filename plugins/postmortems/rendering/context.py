"""What every template may ask: the uris of pages and the labels of words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.service_keys import ServiceKey, key_of
from postmortems.exports.export_context import Addresses, updated
from postmortems.record import own_texts
from postmortems.rendering.forge_links import Origin
from postmortems.rendering.labels import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from postmortems.analysis import FactorUse
    from postmortems.analysis.services import ServiceUse
    from postmortems.analysis.statistics.measures import ActionOf
    from postmortems.conventions import Category, Conventions
    from postmortems.corpus import Corpus
    from postmortems.due_date_history import DueDates
    from postmortems.record import Postmortem
    from postmortems.texts import Texts


__all__ = ["SiteContext", "updated"]


@dataclass(frozen=True, slots=True)
class SiteContext:
    """The corpus and its conventions, as pages need them; `services` with the uris of their pages.

    `texts` are the words of the interface; `templates` is a folder of templates that take the place of ours,
    and `due_dates` is what the history of the files tells, where there is one. `origin` and `addresses` tell where
    the site comes from and where it will be.
    """

    corpus: Corpus
    conventions: Conventions
    as_of: datetime
    uses: Mapping[str, FactorUse]
    preview: bool
    texts: Texts
    templates: Path | None = None
    due_dates: DueDates | None = None
    services: Mapping[ServiceKey, tuple[ServiceUse, str]] = field(default_factory=dict)
    origin: Origin = field(default_factory=Origin)
    addresses: Addresses = field(default_factory=Addresses)

    @property
    def records(self) -> tuple[Postmortem, ...]:
        """The records that pages list, newest first."""
        return self.corpus.records

    def record(self, record_id: str) -> Postmortem | None:
        """A record by its id."""
        return self.corpus.by_id.get(record_id)

    @staticmethod
    def uri(record: Postmortem) -> str:
        """Where a record's page lies."""
        return record.source.path

    def factor_uri(self, factor: str) -> str:
        """Where a factor's page lies; empty where it has none because it does not occur."""
        return f"factors/{factor}.md" if factor in self.uses else ""

    def factor(self, factor: str) -> str:
        """The label of a factor."""
        return self.conventions.vocabulary.factor_label(factor)

    def factor_description(self, factor: str) -> str:
        """The description of a factor."""
        term = self.conventions.vocabulary.factors.get(factor)
        return term.description if term else ""

    def category(self, factor: str) -> Category | None:
        """The category of a factor."""
        return self.conventions.vocabulary.category_of(factor)

    def trigger(self, trigger: str) -> str:
        """The label of a trigger."""
        return self.conventions.vocabulary.trigger_label(trigger)

    def severity(self, severity: str) -> str:
        """The label of a severity."""
        return self.conventions.policy.severity_label(severity)

    def own_fields(self, record: Postmortem) -> list[tuple[str, str]]:
        """The organisation's own fields of a record: the label of each, and what it holds."""
        labels = {field.name: field.label for field in self.conventions.policy.own_fields}
        return [
            (labels.get(name) or word(name.removeprefix("x-")), ", ".join(own_texts(value)))
            for name, value in record.own.items()
        ]

    def service(self, record: Postmortem, name: str) -> str:
        """The label of a service that a record names: the registry's for one's own, else the id as stated."""
        return self.service_of(record, name)[0]

    def service_name(self, key: ServiceKey) -> str:
        """The label of a service, with the organisation that it is of where that is another."""
        return self.conventions.policy.service_label(key.name) if key.is_own else f"{key.organisation}: {key.name}"

    def service_uri(self, key: ServiceKey) -> str:
        """Where a service's page lies; empty where it has none."""
        return self.services[key][1] if key in self.services else ""

    def services_of(self, record: Postmortem) -> list[tuple[str, str]]:
        """The services of a record: the label of each, and where its page lies, empty where it has none."""
        return [self.service_of(record, name) for name in record.services]

    def service_of(self, record: Postmortem, name: str) -> tuple[str, str]:
        """The label of a service that a record names, and where its page lies."""
        key = key_of(record, name, self.conventions.policy)
        label = self.conventions.policy.service_label(name) if key.is_own else name
        return label, self.service_uri(key)

    @staticmethod
    def own_keys(names: Iterable[str]) -> list[ServiceKey]:
        """The keys of one's own services."""
        return [ServiceKey("", name) for name in names]

    def is_overdue(self, entry: ActionOf) -> bool:
        """Whether an action of one's own is open past its due date."""
        own = entry.record.provenance == "first-hand" and entry.record.organisation == self.organisation
        return own and entry.action.is_open and entry.action.due is not None and entry.action.due < self.today

    def team(self, team: str) -> str:
        """The label of a team."""
        return self.conventions.policy.team_label(team)

    def described(self, *path: str) -> str:
        """The description that the schema gives a field."""
        return self.conventions.schema.shape.at(path).description

    @property
    def organisation(self) -> str:
        """The organisation whose knowledge base it is."""
        return self.conventions.policy.organisation

    @property
    def today(self) -> date:
        """The day from which everything is counted."""
        return self.as_of.date()

    @property
    def has_first_hand(self) -> bool:
        """Whether any record is the organisation's own."""
        return any(record.provenance == "first-hand" for record in self.records)

    @property
    def names_organisations(self) -> bool:
        """Whether others' incidents are here, so that each is told with its organisation."""
        return any(record.organisation != self.organisation for record in self.records)

    @property
    def organisations(self) -> tuple[str, ...]:
        """The organisations whose incidents are here."""
        return tuple(sorted({record.organisation for record in self.records}, key=str.casefold))

    @property
    def updated(self) -> date | None:
        """The day of the newest content."""
        return max((day for record in self.records if (day := updated(record))), default=None)
