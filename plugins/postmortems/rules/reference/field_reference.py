"""The reference of fields, made from the schema and the table of requirements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from postmortems.rules.engine.requirements import requirement_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from postmortems.conventions import Conventions

    Schema = Mapping[str, Any]

_INTRODUCTION = """\
A record starts with these fields, as YAML between two lines of `---`. Write them in this order; `postmortems check
--fix` puts them into it.

What a record needs depends on its `status`, its `provenance` and its severity. In a draft a field that is missing
is a warning, unless every record needs it. Where the sources do not give a field, list it under `not_stated`.

In the tables, “needed” marks what an entry can't do without.
"""


@dataclass(frozen=True, slots=True)
class FieldNeed:
    """That a kind of record needs a field: the code of the rule, and which records, in words."""

    code: str
    scope: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field within another, or within each entry of a list: its path from there, such as `slips.from`.

    `form` says what may stand in it, and `is_key` that an entry says nothing without it.
    """

    path: str
    description: str
    form: str
    is_key: bool
    needs: tuple[FieldNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field of the record, or a form of value that several fields share. Code stands in backticks."""

    name: str
    title: str
    description: str
    form: str
    needs: tuple[FieldNeed, ...]
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class FieldReference:
    """All fields in the order of the schema, and the forms of values that they share."""

    introduction: tuple[str, ...]
    fields: tuple[FieldEntry, ...]
    forms: tuple[FieldEntry, ...]


def field_reference(conventions: Conventions) -> FieldReference:
    """Describe every field: its meaning, its values and which records need it."""
    schema = conventions.schema.schema
    reader = _Reader(schema, _needs(conventions))
    fields = [reader.entry(name, name, place) for name, place in schema.get("properties", {}).items()]
    own = [reader.entry("x-…", "", place) for place in schema.get("patternProperties", {}).values()]
    shared = [
        reader.entry(_named(place), "", place)
        for place in schema.get("$defs", {}).values()
        if "enum" not in place  # these words are listed wherever they may stand
    ]
    introduction = tuple(" ".join(paragraph.split()) for paragraph in _INTRODUCTION.split("\n\n"))
    return FieldReference(introduction, (*fields, *own), tuple(shared))


def _needs(conventions: Conventions) -> dict[str, tuple[FieldNeed, ...]]:
    needs: dict[str, tuple[FieldNeed, ...]] = {}
    rules = {rule.code: rule for rule in requirement_rules(conventions)}
    for requirement in conventions.requirements:
        scope = rules[requirement.code].applies.describe()
        if requirement.unless:
            scope += f", unless `{'` or `'.join(requirement.unless)}` is given"
        needs[requirement.field] = (*needs.get(requirement.field, ()), FieldNeed(requirement.code, scope))
    return needs


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads entries out of a schema; `needs` are by the field's path."""

    root: Schema
    needs: Mapping[str, tuple[FieldNeed, ...]]

    def entry(self, name: str, path: str, place: Schema) -> FieldEntry:
        """Tell of one field, or of one shared form."""
        return FieldEntry(
            name=name,
            title=str(place.get("title", "")),
            description=self._description(place),
            form=self._form(place),
            needs=self.needs.get(path, ()),
            rows=tuple(self._rows(place, path, "")),
        )

    def _form(self, place: Schema) -> str:
        """The form of a value in a few words; shared forms by name."""
        if "$ref" in place:
            target = self._target(place)
            return self._form(target) if "enum" in target else _named(target)
        if "anyOf" in place:
            return self._choice(place["anyOf"])
        if "enum" in place:
            return _one_of(place["enum"])
        return f"`{place['const']}`" if "const" in place else self._typed_form(place)

    def _typed_form(self, place: Schema) -> str:
        """The form of a value for which the schema gives only types."""
        kind = place.get("type")
        if isinstance(kind, list):
            return " or ".join(_KINDS[name] for name in kind)
        if kind == "array":
            return f"a list; each entry: {self._form(place.get('items', {}))}"
        if kind == "integer" and "maximum" in place:
            return f"a whole number from {place['minimum']} to {place['maximum']}"
        if kind == "string" and "maxLength" in place:
            return f"text of at most {place['maxLength']} characters"
        return _KINDS.get(str(kind), "any value")

    def _choice(self, forms: list[Schema]) -> str:
        """Several forms; the text that stands for a mapping is its short form."""
        if [form.get("type") for form in forms if "type" in form][-1:] == ["object"] and len(forms) == 2:
            short = forms[0]
            short_form = self._form(short) if {"enum", "$ref"} & set(short) else _first_sentence(short)
            return f"a mapping, or in short: {short_form}"
        return ", or ".join(self._form(form) for form in forms)

    def _rows(self, place: Schema, path: str, prefix: str) -> Iterator[FieldRow]:
        """The fields within a place; what a shared form holds is told where that is."""
        if "items" in place and "$ref" not in place:
            yield from self._rows(place["items"], path, prefix)
            return
        mapping = self._mapping(place)
        if mapping is None:
            return
        for key, inner in mapping.get("properties", {}).items():
            name = f"{prefix}.{key}" if prefix else key
            yield FieldRow(
                path=name,
                description=self._description(inner),
                form=self._form(inner),
                is_key=key in mapping.get("required", ()),
                needs=self.needs.get(f"{path}.{key}", ()) if path else (),
            )
            yield from self._rows(inner, f"{path}.{key}" if path else "", name)

    @staticmethod
    def _mapping(place: Schema) -> Schema | None:
        """The mapping that may be written in a place itself."""
        return next((form for form in place.get("anyOf", [place]) if "properties" in form), None)

    def _description(self, place: Schema) -> str:
        title = str(place.get("title", ""))
        if title.endswith("?"):
            return title
        own = place.get("description")
        return str(own if own or "$ref" not in place else self._target(place).get("description", ""))

    def _target(self, place: Schema) -> Schema:
        target: Any = self.root
        for step in place["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        return dict(target)


_KINDS = {
    "string": "text",
    "object": "a mapping",
    "array": "a list",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
}


def _named(place: Schema) -> str:
    """A shared form as other fields name it."""
    title = str(place.get("title", ""))
    return title[:1].lower() + title[1:] if not title[1:2].isupper() else title


def _first_sentence(place: Schema) -> str:
    sentence = str(place.get("description", "")).partition(". ")[0].rstrip(".")
    return sentence[:1].lower() + sentence[1:]


def _one_of(words: list[str]) -> str:
    return "one of " + ", ".join(f"`{word}`" for word in words)


def as_markdown(reference: FieldReference) -> str:
    """The reference as a Markdown document."""
    blocks = ["# Fields", *reference.introduction]
    for entry in reference.fields:
        blocks += _entry_blocks(entry, f"## `{entry.name}`")
    blocks.append("## Forms of values")
    for entry in reference.forms:
        blocks += _entry_blocks(entry, f"### {entry.title}")
    return "\n\n".join(blocks) + "\n"


def _entry_blocks(entry: FieldEntry, heading: str) -> Iterator[str]:
    yield heading
    yield entry.description
    facts = [f"- Form: {entry.form}", *(f"- Required: {need.scope} ({need.code})" for need in entry.needs)]
    yield "\n".join(facts)
    if entry.rows:
        rows = ["| Field | Meaning | Form |", "| --- | --- | --- |", *map(_row, entry.rows)]
        yield "\n".join(rows)


def _row(row: FieldRow) -> str:
    name = f"`{row.path}`" + (" (needed)" if row.is_key else "")
    needs = "".join(f" Required: {need.scope} ({need.code})." for need in row.needs)
    cells = (name, row.description + needs, row.form)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
