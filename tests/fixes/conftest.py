"""Repairs of records in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from postmortems.fixes import Repair, repair

if TYPE_CHECKING:
    from postmortems.conventions import Conventions

PATH = "incidents/2026/2026-03-31-example.md"
Mend = Callable[[str | bytes], Repair]
MendFields = Callable[[str], str]


@pytest.fixture(scope="session")
def mend(conventions: Conventions) -> Mend:
    """Repair a whole file, and make sure that a second run finds nothing left to do."""

    def _mend(content: str | bytes) -> Repair:
        data = content if isinstance(content, bytes) else content.encode()
        made = repair(PATH, data, conventions)
        again = repair(PATH, made.after, conventions)
        assert again.after == made.after
        assert again.fixes == ()
        assert made.before == data
        assert bool(made.fixes) == (made.after != data)
        return made

    return _mend


@pytest.fixture(scope="session")
def mend_fields(mend: Mend) -> MendFields:
    """Repair the fields of a record, and give the fields that come of it."""

    def _mend(fields: str) -> str:
        after = mend(f"---\n{fields}\n---\nThe body: it stays.\n").after.decode()
        assert after.startswith("---\n")
        assert after.endswith("\n---\nThe body: it stays.\n")
        return after.removeprefix("---\n").removesuffix("\n---\nThe body: it stays.\n")

    return _mend
