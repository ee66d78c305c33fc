"""Validate a source: fast when it is valid, with explained errors when it is not."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from postmortems.source.shape import Schema, Shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from postmortems.findings import Finding
    from postmortems.source.schema_error import SchemaError
    from postmortems.source.schema_errors import Explainer
    from postmortems.source.source import Source, Value


class SchemaValidator:
    """Checks sources against one JSON Schema (2020-12), compiled once."""

    def __init__(self, schema: Schema) -> None:
        """Compile the schema; raises ValueError where it is none."""
        from postmortems.source.fast_validation import acceptance

        self._accepts = acceptance(schema)
        self.schema = schema
        self.shape = Shape(schema)

    @classmethod
    def of_text(cls, text: str, change: Callable[[Schema], Schema] = lambda schema: schema) -> SchemaValidator:
        """Compile what `change` makes of a schema's text; raises ValueError where that is no JSON Schema."""
        try:
            schema = json.loads(text)
        except RecursionError as error:
            raise ValueError("it is nested too deep") from error
        if not isinstance(schema, dict):
            raise ValueError("it is not an object")  # noqa: TRY004 - the text is wrong, not its type
        return cls(change(schema))

    def accepts(self, value: Value) -> bool:
        """Whether values fit the schema."""
        return self._accepts(value)

    def schema_errors(self, source: Source) -> list[SchemaError]:
        """The schema errors of a source in file order, up to a limit."""
        return [] if self._accepts(source.meta) else self._explainer.schema_errors(source)

    def findings(self, source: Source) -> list[Finding]:
        """The findings about the schema errors of a source."""
        return [error.finding for error in self.schema_errors(source)]

    @cached_property
    def _explainer(self) -> Explainer:
        from postmortems.source.schema_errors import Explainer

        return Explainer(self.schema, self.shape)
