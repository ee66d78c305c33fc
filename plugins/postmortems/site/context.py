"""What every template may ask: the uris of pages and the labels of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.exports.edition import updated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path

    from postmortems.analysis import FactorUse
    from postmortems.conventions import Category, Conventions
    from postmortems.corpus import Corpus
    from postmortems.due_dates import DueDates
    from postmortems.record import Postmortem
    from postmortems.texts import Texts


__all__ = ["Context", "updated"]


@dataclass(frozen=True, slots=True)
class Context:
    """The corpus and its conventions, as pages need them.

    `texts` are the words of the interface; `templates` is a folder of templates that take the place of ours,
    and `due_dates` is what the history of the files tells, where there is one.
    """

    corpus: Corpus
    conventions: Conventions
    as_of: datetime
    uses: Mapping[str, FactorUse]
    preview: bool
    texts: Texts
    templates: Path | None = None
    due_dates: DueDates | None = None

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
        return self.conventions.policy.severities.get(severity, severity.upper())

    def service(self, record: Postmortem, service: str) -> str:
        """The label of a service: the registry's for one's own, the id as stated for others'."""
        return self.conventions.policy.service_label(service) if record.provenance == "first-hand" else service

    def team(self, team: str) -> str:
        """The label of a team."""
        return self.conventions.policy.team_label(team)

    def described(self, *path: str) -> str:
        """The description that the schema gives a field."""
        return self.conventions.schema.shape.at(path).description

    @property
    def has_first_hand(self) -> bool:
        """Whether any record is the organisation's own."""
        return any(record.provenance == "first-hand" for record in self.records)

    @property
    def organisations(self) -> tuple[str, ...]:
        """The organisations whose incidents are here."""
        return tuple(sorted({record.organisation for record in self.records}, key=str.casefold))

    @property
    def updated(self) -> date | None:
        """The day of the newest content."""
        return max((day for record in self.records if (day := updated(record))), default=None)
