"""The reference pages say what the code says; `make reference` writes them anew."""

from __future__ import annotations

import pytest
from making_reference import GUIDE, PAGES

from postmortems.cli.main import COMMANDS


@pytest.mark.parametrize("name", PAGES)
def test_page_is_that_of_the_code(name: str) -> None:
    assert (GUIDE / name).read_text(encoding="utf-8") == PAGES[name]()


def test_every_command_is_told_of() -> None:
    page = (GUIDE / "commands.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"\n## {name}\n" not in page] == []
