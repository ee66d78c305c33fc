"""What a schema allows at each place: keys, values, and where text is expected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

Schema = Mapping[str, Any]


class Shape:
    """One place in a schema, with references resolved and alternatives merged."""

    def __init__(self, schema: Schema | bool, root: Schema | None = None) -> None:
        """Take a schema (or `True`/`False`) and the root in which its references are looked up."""
        self._root: Schema = root if root is not None else (schema if isinstance(schema, Mapping) else {})
        self._own: Schema = schema if isinstance(schema, Mapping) else {}
        self._forms = self._resolve(schema, ())

    def _resolve(self, schema: Schema | bool, followed: tuple[str, ...]) -> list[Schema]:
        if not isinstance(schema, Mapping):
            return []
        forms: list[Schema] = []
        reference = schema.get("$ref", "")
        if reference not in followed:
            forms += self._resolve(self._target(reference), (*followed, reference))
        for alternative in schema.get("anyOf", ()):
            forms += self._resolve(alternative, followed)
        if "type" in schema or "properties" in schema or "const" in schema or "enum" in schema:
            forms.insert(0, schema)
        return forms

    def _target(self, reference: str) -> Schema | bool:
        """The target of a reference within the schema; anything goes for others, such as anchors."""
        target: Any = self._root
        for step in reference.removeprefix("#/").split("/"):
            target = target.get(step, True) if isinstance(target, Mapping) else True
        return target if reference else True

    @cached_property
    def types(self) -> frozenset[str]:
        """The JSON types allowed here."""
        types: set[str] = set()
        for form in self._forms:
            kind = form.get("type", ())
            types.update([kind] if isinstance(kind, str) else kind)
        return frozenset(types)

    @cached_property
    def known_keys(self) -> tuple[str, ...]:
        """The keys allowed in a mapping here, in the schema's order."""
        return tuple(dict.fromkeys(key for form in self._forms for key in form.get("properties", ())))

    @cached_property
    def required_keys(self) -> frozenset[str]:
        """The keys required in a mapping here."""
        return frozenset(key for form in self._forms for key in form.get("required", ()))

    def knows(self, key: str) -> bool:
        """Whether a mapping may have a key here, by name or by a pattern."""
        patterns = (pattern for form in self._forms for pattern in form.get("patternProperties", ()))
        return key in self.known_keys or any(re.search(pattern, key) for pattern in patterns)

    @cached_property
    def known_values(self) -> tuple[str, ...]:
        """The listed values, if there is a list."""
        return tuple(dict.fromkeys(value for form in self._forms for value in form.get("enum", ())))

    @cached_property
    def formats(self) -> frozenset[str]:
        """The forms that text may be asked to have here, such as `moment` or `date`."""
        return frozenset(form["format"] for form in self._forms if "format" in form)

    @cached_property
    def title(self) -> str:
        """The schema's title for this place; empty if it has none."""
        titles = (form["title"] for form in (self._own, *self._forms) if "title" in form)
        return str(next(titles, ""))

    @cached_property
    def description(self) -> str:
        """The schema's description of this place; empty if it has none."""
        descriptions = (form["description"] for form in (self._own, *self._forms) if "description" in form)
        return str(next(descriptions, ""))

    def child(self, key: str) -> Shape:
        """The shape under a key."""
        child = self._named.get(key)
        return self._unnamed(key) if child is None else child

    @cached_property
    def _named(self) -> dict[str, Shape]:
        """The shapes under keys that are known by name."""
        return {
            key: Shape(schema, self._root)
            for form in reversed(self._forms)
            for key, schema in form.get("properties", {}).items()
        }

    def _unnamed(self, key: str) -> Shape:
        for pattern, shape in self._patterns:
            if re.search(pattern, key):
                return shape
        return Shape({}, self._root)

    @cached_property
    def _patterns(self) -> list[tuple[str, Shape]]:
        """The shapes under other keys, by the pattern of these."""
        patterns: list[tuple[str, Shape]] = []
        for form in self._forms:
            patterns += (
                (name, Shape(inner, self._root)) for name, inner in form.get("patternProperties", {}).items()
            )
            if isinstance(form.get("additionalProperties"), Mapping):
                patterns.append(("", Shape(form["additionalProperties"], self._root)))
        return patterns

    def item(self) -> Shape:
        """The shape of a list's items."""
        return self._item

    @cached_property
    def _item(self) -> Shape:
        return Shape(next((form["items"] for form in self._forms if "items" in form), True), self._root)

    def at(self, pointer: tuple[str | int, ...]) -> Shape:
        """The shape at a pointer below this one."""
        shape = self
        for step in pointer:
            shape = shape.item() if isinstance(step, int) else shape.child(step)
        return shape

    def wants_text(self, value: object) -> bool:
        """Whether a plain scalar that reads as a number or a truth value is to be kept as written.

        A number is wherever text may stand, since it may be a version: 1.10 is not 1.1.
        """
        if isinstance(value, str) or "string" not in self.types:
            return False
        return not (isinstance(value, bool) and "boolean" in self.types)
