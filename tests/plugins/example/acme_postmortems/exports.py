"""A list of titles as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems import Format

if TYPE_CHECKING:
    from collections.abc import Callable

    from postmortems import Tables


def _files(tables: Tables) -> dict[str, Callable[[], bytes]]:
    titles = [record.title for record in tables.context.records.values()]
    return {"data/titles.txt": lambda: "\n".join(titles).encode()}


TITLES = Format("titles", "data/titles.txt", "Titles", "The title of every incident, one a line.", _files)
