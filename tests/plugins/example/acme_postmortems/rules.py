"""The rules of an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems import Problem, Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems import Postmortem, RuleContext


@rule(
    code="ACME01",
    name="no-exclamation",
    severity=Severity.WARNING,
    family="style of Acme",
    summary="A title ends with an exclamation mark",
    why="A title says what happened, and leaves how one feels about it to the reader.",
    remedy="End the title without it.",
    bad="title: The shop was down!",
    good="title: The shop was down for an hour",
)
def no_exclamation(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """Find a title that shouts."""
    if record.title.endswith("!"):
        yield Problem(("title",), "the title ends with an exclamation mark", help="end it without one")
