"""The controlled vocabulary: triggers, and factors in categories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from postmortems.source.access import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from postmortems.source import Source, Value


class Term(NamedTuple):
    """A word of the vocabulary. A factor's id is `category.name`; `parent` is set for an organisation's own."""

    id: str
    label: str
    description: str = ""
    category: str = ""
    parent: str = ""
    replaced_by: str = ""


class Category(NamedTuple):
    """A group of factors; `dimension` is technical, process, human-organisational, communication or external."""

    id: str
    label: str
    description: str
    dimension: str
    factors: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that records may use, by id."""

    version: str
    roles: Mapping[str, Term]
    triggers: Mapping[str, Term]
    dimensions: Mapping[str, Term]
    categories: Mapping[str, Category]
    factors: Mapping[str, Term]

    def factor_label(self, factor: str) -> str:
        """The label of a factor; its id where the vocabulary does not hold it."""
        return self.factors[factor].label if factor in self.factors else factor

    def trigger_label(self, trigger: str) -> str:
        """The label of a trigger; its id where the vocabulary does not hold it."""
        return self.triggers[trigger].label if trigger in self.triggers else trigger

    def category_of(self, factor: str) -> Category | None:
        """The category that a factor belongs to."""
        term = self.factors.get(factor)
        return self.categories.get(term.category) if term else None

    def dimension_of(self, factor: str) -> str:
        """The id of a factor's dimension; empty for a special or unknown factor."""
        category = self.category_of(factor)
        return category.dimension if category else ""


def build_vocabulary(source: Source) -> Vocabulary:
    """Make the vocabulary of a file that has passed its schema."""
    meta = source.meta
    categories = {key: _category(key, mapping(value)) for key, value in mapping(meta.get("categories")).items()}
    factors = {term.id: term for category in categories.values() for term in category.factors}
    for term in _terms(meta.get("special")):
        factors[term.id] = term
    for key, value in mapping(meta.get("extensions")).items():
        parent = text(mapping(value).get("parent"))
        parent_term = factors.get(parent)
        factors[key] = _term(key, mapping(value), parent_term.category if parent_term else "", parent)
    return Vocabulary(
        version=text(meta.get("version")),
        roles=_by_id(_terms(meta.get("roles"))),
        triggers=_by_id(_terms(meta.get("triggers"))),
        dimensions=_by_id(_terms(meta.get("dimensions"))),
        categories=categories,
        factors=factors,
    )


def _category(key: str, value: Mapping[str, Value]) -> Category:
    factors = tuple(
        _term(f"{key}.{name}", mapping(entry), key) for name, entry in mapping(value.get("factors")).items()
    )
    return Category(
        key, text(value.get("label")), text(value.get("description")), text(value.get("dimension")), factors
    )


def _term(key: str, value: Mapping[str, Value], category: str = "", parent: str = "") -> Term:
    return Term(
        key,
        text(value.get("label")),
        text(value.get("description")),
        category,
        parent,
        text(value.get("replaced_by")),
    )


def _terms(value: Value) -> list[Term]:
    return [_term(key, mapping(entry)) for key, entry in mapping(value).items()]


def _by_id(terms: Iterable[Term]) -> dict[str, Term]:
    return {term.id: term for term in terms}
