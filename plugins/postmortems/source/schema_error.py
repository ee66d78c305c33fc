"""One schema error."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from postmortems.findings import Finding
    from postmortems.source.source import Pointer

MAX_SCHEMA_ERRORS = 100  # of a file: one mistake in a generated one can repeat thousands of times


class SchemaError(NamedTuple):
    """A schema error and the finding that reports it.

    `at` is the pointer of what is wrong or lacking; `meant` those of what a mistyped key may have been meant for.
    """

    code: str
    at: Pointer
    finding: Finding
    meant: tuple[Pointer, ...] = ()
