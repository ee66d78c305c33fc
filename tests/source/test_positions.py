"""Every key and value knows its line and its columns, which count characters from 1."""

from __future__ import annotations

import pickle
from functools import cache

import pytest

from postmortems.source import Shape, Span, places, read_yaml

TEXT = """\
title: Plain text  # a comment
empty:
quoted: "one: two"
block: |
  first
  second
folded: >-
  one
  two
multi: one
  two three
list:
  - a
  - key: b
    other: [1, {deep: c}]
flow: {é: ü, 😀😀: 😀, after: x}
😀: "😀" # astral
'quoted key': 1
? explicit
: value
last: end
"""


@pytest.fixture(scope="module")
def source():
    reading = read_yaml("x.yaml", TEXT.encode(), Shape({}))
    assert reading.source, reading.findings
    return reading.source


@pytest.mark.parametrize(
    ("pointer", "span"),
    [
        (("title",), Span(1, 8, 18)),
        (("empty",), Span(2, 7, 8)),
        (("quoted",), Span(3, 9, 19)),
        (("block",), Span(4, 8, 9)),
        (("folded",), Span(7, 9, 11)),
        (("multi",), Span(10, 8, 11)),
        (("list",), Span(13, 3, 6)),
        (("list", 0), Span(13, 5, 6)),
        (("list", 1), Span(14, 5, 11)),
        (("list", 1, "key"), Span(14, 10, 11)),
        (("list", 1, "other"), Span(15, 12, 26)),
        (("list", 1, "other", 0), Span(15, 13, 14)),
        (("list", 1, "other", 1), Span(15, 16, 25)),
        (("list", 1, "other", 1, "deep"), Span(15, 23, 24)),
        (("flow",), Span(16, 7, 30)),
        (("flow", "é"), Span(16, 11, 12)),
        (("flow", "😀😀"), Span(16, 18, 19)),
        (("flow", "after"), Span(16, 28, 29)),
        (("😀",), Span(17, 4, 7)),
        (("quoted key",), Span(18, 15, 16)),
        (("explicit",), Span(20, 3, 8)),
        (("last",), Span(21, 7, 10)),
    ],
)
def test_a_value_knows_its_place(source, pointer, span):
    assert source.values[pointer] == span


@pytest.mark.parametrize(
    ("pointer", "span"),
    [
        (("title",), Span(1, 1, 6)),
        (("list", 1, "other"), Span(15, 5, 10)),
        (("list", 1, "other", 1, "deep"), Span(15, 17, 21)),
        (("flow", "😀😀"), Span(16, 14, 16)),
        (("flow", "after"), Span(16, 21, 26)),
        (("😀",), Span(17, 1, 2)),
        (("quoted key",), Span(18, 1, 13)),
        (("explicit",), Span(19, 3, 11)),
    ],
)
def test_a_key_knows_its_place(source, pointer, span):
    assert source.keys[pointer] == span
    assert source.place(pointer, of_key=True) == span


def test_every_value_has_a_place_within_its_line(source):
    lines = TEXT.split("\n")
    for span in (*source.keys.values(), *source.values.values()):
        assert 1 <= span.column < span.end_column <= len(lines[span.line - 1]) + 2


@pytest.mark.parametrize(
    ("pointer", "span"),
    [
        (("title", "missing"), Span(1, 1, 6)),
        (("list", 1, "missing"), Span(14, 5, 11)),
        (("list", 1, "other", 1, "missing", "deeper"), Span(15, 16, 25)),
        (("missing",), Span(1, 1, 4)),
        ((), Span(1, 1, 31)),
    ],
)
def test_what_is_absent_stands_where_it_would_belong(source, pointer, span):
    assert source.place(pointer) == span


def test_flow_mappings_are_remembered(source):
    assert source.flow == {("flow",), ("list", 1, "other", 1)}


def test_places_of_a_record_are_those_in_its_file(read):
    reading = read("title: x\nseverity: sev9\n")
    assert [(f.line, f.column, f.end_column, f.excerpt) for f in reading.findings] == [
        (3, 11, 15, "severity: sev9")
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_ends_do_not_move_places(read, line_end):
    text = line_end.join(["---", "title: é", "severity: sev9", "---", "body"])
    (finding,) = read(text.encode()).findings
    assert (finding.line, finding.column, finding.excerpt) == (3, 11, "severity: sev9")


def test_places_are_looked_up_once_and_only_if_asked_for(monkeypatch):
    asked = []
    compose = places.compose
    monkeypatch.setattr(places, "_composed", cache(lambda text: asked.append(text) or compose(text)))
    read = read_yaml("x.yaml", TEXT.encode(), Shape({})).source
    assert ("flow", "é") in read.values
    assert ("flow", "é") in read.keys
    assert not asked
    assert read.values["flow", "é"] == Span(16, 11, 12)
    assert read.keys["flow", "é"] == Span(16, 8, 9)
    assert asked == [TEXT]


@pytest.mark.parametrize(
    "pointer",
    [
        *((), ("title",), ("list",), ("list", 0), ("list", 1, "key"), ("flow", "😀😀")),
        *(
            ("list", 2),
            ("list", -1),
            ("list", "0"),
            ("title", 0),
            ("title", "x"),
            (0,),
            ("absent",),
            ("flow", "x", "y"),
        ),
    ],
)
def test_what_has_a_place_is_known_without_looking(source, pointer):
    assert (pointer in source.values) is (pointer in dict(source.values))
    assert (pointer in source.keys) is (pointer in dict(source.keys))


def test_places_survive_the_way_to_another_process(source):
    copy = pickle.loads(pickle.dumps(source))  # noqa: S301 - our own
    assert copy == source
    assert copy.place(("flow", "é")) == source.place(("flow", "é"))
