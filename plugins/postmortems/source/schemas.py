"""Rewrite schemas: find every subschema and change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# Keywords with subschemas by name, in a list, or alone. Others hold none, even if it looks like it.
_NAMED = frozenset({"$defs", "dependentSchemas", "patternProperties", "properties"})
_LISTED = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_SINGLE = frozenset(
    {
        "additionalProperties",
        "contains",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)


def rewritten(schema: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """A copy of a schema with `change` applied to every subschema, innermost first."""
    if not isinstance(schema, dict):
        return schema
    return change({key: _keyword(key, value, change) for key, value in schema.items()})


def _keyword(key: str, value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    if key in _NAMED and isinstance(value, dict):
        return {name: rewritten(inner, change) for name, inner in value.items()}
    if key in _LISTED and isinstance(value, list):
        return [rewritten(inner, change) for inner in value]
    return rewritten(value, change) if key in _SINGLE else value
