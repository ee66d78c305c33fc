"""The time that a file takes grows with its size, not with the square of it."""

from __future__ import annotations

import time

import pytest
from hostile import RECORDS, judged

SIZE = 400_000
SECONDS = 15  # a square of the size would be minutes; a machine may be busy
FIELDS = {
    "a key thousands of times, behind thousands of others": (
        "".join(f"k{i}:\n" for i in range(SIZE // 14)) + f"k{SIZE // 14 - 1}:\n" * (SIZE // 14)
    ),
    "a bracket never closed, and empty lines": "x-a: [\n" + "\n" * SIZE,
    "a quotation mark never closed": 'title: "x\n' + "\n" * SIZE,
    "thousands of services, one of them empty": (
        "services:\n- ~\n" + "".join(f"- a{i}\n" for i in range(SIZE // 9))
    ),
    "thousands of mappings where there should be text": (
        "services:\n" + "".join(f"- {{a: {i}}}\n" for i in range(SIZE // 14))
    ),
    "thousands of empty entries": "lessons:\n" + "- ~\n" * (SIZE // 4),
    "thousands of entries that lack something": "timeline:\n" + "- {at: 2019}\n" * (SIZE // 13),
    "thousands of own fields": "".join(f"x-a{i}: b\n" for i in range(SIZE // 11)),
    "thousands of tags": "x-a:\n" + "- !a b\n" * (SIZE // 7),
    "thousands of documents": "title: x\n...\n" * (SIZE // 13),
    "a long key": "a" * SIZE + ": b",
    "a long line of hyphens": "- " * (SIZE // 2),
    "a long service": "services:\n- " + "a-" * (SIZE // 2) + "!\n",
    "a long path": "redacted:\n- " + "a." * (SIZE // 2),
    "a long duration": "duration_stated: 1 d" + " 1 h" * (SIZE // 4) + "x",
    "a long moment": "times:\n  started: " + "1" * SIZE,
}
BODIES = [
    "a",
    "a ",
    "`",
    "`a",
    '"a',
    "](",
    "<a",
    "<!--",
    "#\n",
    "a@",
    "a@b.",
    "+1 ",
    "1.",
    "1:",
    "=\n",
    "x\n-\n",
    "\n",
]
BODIES += [
    "Mr A ",
    "engineer ",
    "http://",
    "password: a ",
    "“a",
    "‘a",
    " 'a",
    "~~~\n",
    "> a\n",
    "|a",
    "should have ",
    "é",
]


@pytest.mark.parametrize("fields", FIELDS.values(), ids=FIELDS)
def test_fields_of_any_length(conventions, fields):
    start = time.perf_counter()
    judged(f"---\n{fields}\n---\n".encode(), conventions)
    assert time.perf_counter() - start < SECONDS


@pytest.mark.parametrize("piece", BODIES, ids=ascii)
def test_a_body_of_one_thing_over_and_over(conventions, piece):
    start = time.perf_counter()
    judged(RECORDS[-1] + b"\n" + (piece * (SIZE // len(piece))).encode(), conventions)
    assert time.perf_counter() - start < SECONDS
