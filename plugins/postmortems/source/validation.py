"""A schema's verdict on a source: a quick yes, or what is wrong with it."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from postmortems.source.shape import Schema, Shape

if TYPE_CHECKING:
    from postmortems.findings import Finding
    from postmortems.source.departure import Departure
    from postmortems.source.departures import Explainer
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
    def of_text(cls, text: str) -> SchemaValidator:
        """Compile a schema from its text; raises ValueError where that is no JSON Schema."""
        try:
            schema = json.loads(text)
        except RecursionError as error:
            raise ValueError("it is nested too deep") from error
        if not isinstance(schema, dict):
            raise ValueError("it is not an object")  # noqa: TRY004 - the text is wrong, not its type
        return cls(schema)

    def accepts(self, value: Value) -> bool:
        """Whether values are as the schema asks."""
        return self._accepts(value)

    def departures(self, source: Source) -> list[Departure]:
        """The ways in which the source departs from the schema, in the order of the file, up to a bound."""
        return [] if self._accepts(source.meta) else self._explainer.departures(source)

    def findings(self, source: Source) -> list[Finding]:
        """The findings about the ways in which the source departs from the schema."""
        return [departure.finding for departure in self.departures(source)]

    @cached_property
    def _explainer(self) -> Explainer:
        from postmortems.source.departures import Explainer

        return Explainer(self.schema, self.shape)
