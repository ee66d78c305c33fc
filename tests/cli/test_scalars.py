"""Text written as YAML is read back as it was: by our reader and by MkDocs' stock one."""

from __future__ import annotations

import pytest
import yaml

from postmortems.cli.drafts.scalars import field, moment, one_line, scalar
from postmortems.source import Shape, read_yaml

TRICKY = [
    "plain words",
    "colon: space",
    "ends with a colon:",
    "hash # in the middle",
    "# at the start",
    "- dash",
    "? mark",
    "! bang",
    "&anchor",
    "*alias",
    "@at",
    "`tick`",
    "%percent",
    "{a: b}",
    "[a, b]",
    "'single'",
    '"double"',
    "back\\slash",
    "it's",
    "yes",
    "No",
    "on",
    "null",
    "~",
    "true",
    "12",
    "1e3",
    "0x1f",
    "14:32",
    "2026-03-31",
    "---",
    "...",
    "<<",
    "=",
    "| pipe",
    "> fold",
    "🎉 party 👩‍💻",
    "été, naïve",
    "日本語のタイトル",
    "\x85\u2028\ufeff",
    "",
    " ",
    "{{ jinja }}",
    "p99 < 200 ms",
    "x" * 300,
]


@pytest.mark.parametrize("text", TRICKY)
def test_any_text_is_read_back(text):
    written = f"key: {scalar(text)}\n"
    assert yaml.safe_load(written) == {"key": text}
    reading = read_yaml("x.yaml", written.encode(), Shape({}))
    assert reading.source
    assert reading.source.meta == {"key": text}


@pytest.mark.parametrize("text", [text for text in TRICKY if text == one_line(text)])
def test_long_text_is_folded_and_read_back(text):
    long = one_line(f"{text} {'many words # and: marks - ' * 20}{text}")
    written = field("key", long)
    assert all(len(line) <= 120 for line in written.splitlines()) or len(text) > 100
    assert written.startswith("key: >-\n")
    reading = read_yaml("x.yaml", f"{written}\n".encode(), Shape({}))
    assert reading.source
    assert reading.source.meta == {"key": long}


def test_ordinary_text_stays_plain():
    assert scalar("Checkout refused cards (again), for an hour") == "Checkout refused cards (again), for an hour"
    assert moment("2026-03-31T14:32+02:00") == "2026-03-31T14:32+02:00"
    assert moment("a: b") == '"a: b"'
