"""Nothing that a file holds makes the reader raise, hang or point outside the file."""

from __future__ import annotations

import random
import time
from pathlib import Path

import click
import pytest

from postmortems.findings import render_finding

DEEP = 10_000
VALID = (Path(__file__).parent.parent / "record" / "cases" / "kitchen-sink.md").read_bytes()
SPECIAL = [
    *"\"'`#&*!|>%@{}[],:?-~\\/=<\t\r\n\0\x07\x85é😀\u2028\ufeff",
    "\n---\n",
    ": ",
    "- ",
    "<<: ",
    "!!",
    "&a ",
    "*a",
]


def assert_sound(reading, data):
    """Either a record or findings; each with a place within the file, and fit to be printed."""
    assert (reading.record is None) == bool(reading.findings)
    lines = data.decode("utf-8", errors="replace").count("\n") + 1
    for finding in reading.findings:
        assert 1 <= finding.line <= lines, finding
        assert finding.column >= 1
        assert finding.end_column > finding.column or finding.code == "S120", finding
        assert finding.message
        click.unstyle(render_finding(finding)).encode()


HOSTILE = [
    ("x-a: " + "[" * DEEP + "]" * DEEP, "S106"),
    ("x-a: " + "[" * DEEP, "S106"),
    ("x-a: " + "{a: " * DEEP, "S106"),
    ("x-a:\n  " + "- " * DEEP + "a", "S106"),
    ("? " * DEEP + "a", "S106"),
    ("? - " * DEEP + "a", "S106"),
    ("\n".join(" " * i + "a:" for i in range(1000)), "S106"),
    ("\n".join(" " * i + "a:" for i in range(60)), "S106"),
    ("x-a: " + "[" * 60 + "]" * 60, "S106"),
    ("x-a: &a [" + "*a, " * DEEP + "]", "S104"),
    ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]", "S104"),
    ("a:" * DEEP, "S103"),
    ("a: '" + "''" * DEEP, "S103"),
    ("? " + "k" * 100_000 + "\n: a", "S110"),
    ("\n".join(f"k{i}: 1" for i in range(10_000)), "S110"),
    ("services:\n" + "- a\n- ~\n" * 5000, "S111"),
    ("schema: " + "1" * 5000, "S111"),
    ("schema: -" + "1" * 5000, "S111"),
    ("impact: {users: {count: " + "9" * 5000 + "}}", "S111"),
    ("impact: {users: {count: '" + "9" * 5000 + "'}}", "S111"),
    ("impact: {cost: {amount: 1e" + "9" * 5000 + ", currency: EUR}}", "S111"),
    ("published: " + "9" * 5000, "S113"),
    ("times: {started: " + "9" * 5000 + "}", "T01"),
    ("times: {started: {at: 2019, within: " + "9" * 5000 + "d}}", "S113"),
    ("title: " + "9" * 5000, "S114"),
    ("title: '" + "9" * 5000 + "'", "S114"),
]


@pytest.mark.parametrize(("fields", "code"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_file_is_a_finding_at_once(read, fields, code):
    start = time.perf_counter()
    reading = read(fields)
    assert time.perf_counter() - start < 5
    assert reading.findings[0].code == code
    assert_sound(reading, f"---\n{fields}\n---\n".encode())


def test_forty_levels_are_enough_and_one_more_is_not(read):
    flow = "x-a: " + "[" * 39 + "]" * 39
    block = "\n".join(" " * i + "a:" for i in range(40))
    assert {f.code for f in read(flow).findings} == {"S111"}
    assert {f.code for f in read(block).findings} == {"S110"}
    assert [f.code for f in read("x-a: " + "[" * 40 + "]" * 40).findings] == ["S106"]
    assert [f.code for f in read("\n".join(" " * i + "- " for i in range(41))).findings] == ["S106"]


def test_brackets_in_text_are_not_nesting(read):
    assert read("summary: '" + "[{" * 200 + "'").record


def test_the_valid_record_is_valid(read):
    reading = read(VALID)
    assert reading.record, reading.findings


@pytest.mark.parametrize("start", range(0, len(VALID), 1500))
def test_a_truncated_record_is_read_or_refused(read, start):
    for end in range(start, min(start + 1500, len(VALID)), 50):
        assert_sound(read(VALID[:end]), VALID[:end])


@pytest.mark.parametrize("seed", range(10))
def test_a_mutated_record_is_read_or_refused(read, seed):
    chance = random.Random(seed)
    for _ in range(20):
        data = bytearray(VALID)
        for _ in range(chance.choice([1, 1, 2, 5])):
            place = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    del data[place : place + chance.choice([1, 2, 10, 200])]
                case 1:
                    data[place:place] = chance.choice(SPECIAL).encode()
                case 2:
                    data[place] = chance.randrange(256)
                case _:
                    data[place:place] = data[place : place + chance.choice([5, 80])]
        assert_sound(read(bytes(data)), bytes(data))
