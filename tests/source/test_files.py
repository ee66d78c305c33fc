"""Whole files: encoding, line ends, fences, size; and where the body begins."""

from __future__ import annotations

import pytest

from postmortems.source import Shape, read_yaml


@pytest.mark.parametrize(
    ("data", "line", "column", "message"),
    [
        (b"\xff\xfe-\x00-\x00", 1, 1, "byte 0xff is not UTF-8"),
        (b"---\ntitle: caf\xe9\n---\n", 2, 11, "byte 0xe9 is not UTF-8"),
        (b"---\r\ntitle: \xc3\xa9\xe9\r\n---\r\n", 2, 9, "byte 0xe9 is not UTF-8"),
        (b"---\ntitle: \xed\xa0\x80\n---\n", 2, 8, "byte 0xed is not UTF-8"),
        (b"---\ntitle: \xc0\xaf\n---\n", 2, 8, "byte 0xc0 is not UTF-8"),
        (b"---\ntitle: x\xf0\x9f\x98", 2, 9, "byte 0xf0 is not UTF-8"),
        (b"\xef\xbb\xbf---\ntitle: x\n---\n", 1, 1, "byte order mark"),
        ("---\ntitle: 😀\ufeff\n---\n".encode(), 2, 9, "U+FEFF"),
        (b"---\rtitle: x\r---\r", 1, 4, "a carriage return"),
        (b"---\ntitle: x\r\r\n---\n", 2, 9, "a carriage return"),
        (b"---\ntitle: a\0b\n---\n", 2, 9, "U+0000"),
        (b"---\ntitle: \x1b[31mred\n---\n", 2, 8, "U+001B"),
        (b"---\ntitle: x\n---\nbody\x7f\n", 4, 5, "U+007F"),
        ("---\ntitle: a\u0085b\n---\n".encode(), 2, 9, "U+0085"),
        ("---\ntitle: a\u2028b\n---\n".encode(), 2, 9, "U+2028"),
        ("---\ntitle: a\uffff\n---\n".encode(), 2, 9, "U+FFFF"),
        (b"a" * 3_000_000, 1, 1, "3,000,000 bytes; the limit is 2,097,152"),
    ],
)
def test_bytes_that_are_shown_differently_are_refused(read, data, line, column, message):
    reading = read(data)
    assert (reading.record, reading.source) == (None, None)
    first = reading.findings[0]
    assert (first.code, first.line, first.column) == ("S101", line, column)
    assert message in first.message
    assert first.help


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "does not start with front matter"),
        (b"# Title\n\ntext", "does not start with front matter"),
        (b"\n---\ntitle: x\n---\n", "does not start with front matter"),
        (b" ---\ntitle: x\n---\n", "does not start with front matter"),
        (b"----\ntitle: x\n----\n", "does not start with front matter"),
        (b"---", "is not closed"),
        (b"---\n", "is not closed"),
        (b"---\ntitle: x\n", "is not closed"),
        (b"---\ntitle: x\n --- \nbody", "is not closed"),
        (b"---\ntitle: x\n----\nbody", "is not closed"),
        (b"---\n- a\n---\n", "not a mapping"),
        (b"---\ntext\n---\n", "not a mapping"),
        (b"---\n~\n---\n", "not a mapping"),
        (b"---\n[]\n---\n", "not a mapping"),
    ],
)
def test_front_matter_stands_at_the_start_between_two_fences(read, data, message):
    (finding,) = read(data).findings
    assert finding.code == "S102"
    assert message in finding.message
    assert finding.help


@pytest.mark.parametrize(
    ("data", "body", "body_line"),
    [
        (b"---\ntitle: x\n---\nbody", "body", 4),
        (b"---\ntitle: x\n---\n\nbody\n", "\nbody\n", 4),
        (b"---\ntitle: x\n---", "", 4),
        (b"---\ntitle: x\n---\n", "", 4),
        (b"---  \ntitle: x\n--- \t\nbody", "body", 4),
        (b"---\r\ntitle: x\r\n---\r\none\r\ntwo", "one\ntwo", 4),
        (b"---\n---\nbody", "body", 3),
        (b"---\n\n\n---\nbody", "body", 5),
        (b"---\n# a comment\n---\nbody", "body", 4),
        (b"---\ntitle: x\n---\nbody\n---\nmore", "body\n---\nmore", 4),
        ("---\ntitle: x\n---\n\tcode, 😀\n".encode(), "\tcode, 😀\n", 4),
    ],
)
def test_the_body_is_what_follows(read, data, body, body_line):
    reading = read(data)
    assert reading.source, reading.findings
    assert (reading.source.body, reading.source.body_line) == (body, body_line)


def test_the_first_line_of_three_hyphens_closes_even_a_block_of_text(read):
    """As in MkDocs, Jekyll and Hugo; a block of text is indented, so its own `---` never stands at the margin."""
    closed = read(b"---\ntitle: |\n  a\n---\nb\n---\n")
    assert (closed.record.title, closed.record.body) == ("a", "b\n---\n")
    indented = read(b"---\nsummary: |\n  a\n  ---\n  b\n---\nbody")
    assert (indented.record.summary, indented.record.body) == ("a\n---\nb", "body")


@pytest.mark.parametrize("data", [b"", b"\n", b"# nothing\n", b"{}\n"])
def test_a_plain_yaml_file_may_be_empty(data):
    reading = read_yaml("x.yaml", data, Shape({}))
    assert (reading.source.meta, reading.findings) == ({}, ())


def test_a_byte_order_mark_does_not_move_what_follows(read):
    found = read(b"\xef\xbb\xbf---\0\ntitle: \x1b\n---\n").findings
    assert [(f.line, f.column) for f in found] == [(1, 1), (1, 4), (2, 8)]


def test_a_file_with_many_controls_is_told_a_few_times(read):
    assert len(read(b"---\n" + b"\0" * 10_000).findings) == 20
