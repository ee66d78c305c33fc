"""What the guide says of safe fixes holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

GUIDE = (Path(__file__).parent.parent.parent / "docs/guide/checking.md").read_text(encoding="utf-8")
SECTION = GUIDE.split("{ #fixes }")[1].split("\n## ")[0]
ROWS = [[re.findall(r"`([^`]+)`", cell) for cell in line.split("|")[2:4]] for line in SECTION.splitlines()]
PAIRS = [
    (before, after) for row in ROWS if len(row) == 2 for before, after in zip(*row, strict=True) if len(before) > 4
]


def fields(text: str) -> str:
    """The fields that an example is of."""
    if text.startswith("- "):
        return f"lessons:\n  {text}"
    return text if ": " in text else f"times:\n  started: {text}"


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_an_example_of_the_guide_is_put_right(mend_fields, before, after):
    assert mend_fields(fields(before)) == fields(after)


def test_the_guide_shows_examples():
    assert len(PAIRS) == 8
    assert ("tlp: TLP:WHITE", "tlp: CLEAR") in PAIRS
