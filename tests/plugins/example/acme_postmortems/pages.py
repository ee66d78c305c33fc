"""A page about costs."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from postmortems import PluginPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems import Corpus


def cost_pages(corpus: Corpus) -> Iterator[PluginPage]:
    """One page that lists the titles of all incidents."""
    rows = "".join(f"<li>{escape(record.title)}</li>" for record in corpus.records)
    yield PluginPage("costs/index.md", "Costs", f"<ul>{rows}</ul>", "What incidents cost.", menu="Acme")
