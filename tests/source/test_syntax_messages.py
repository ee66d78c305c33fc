"""What an author is told about text that is not the YAML we read: the place, the fault, and what to do."""

from __future__ import annotations

import pytest

from postmortems.source import Shape, read_yaml


def told(reading):
    return [(f.code, f.line, f.column) for f in reading.findings]


@pytest.mark.parametrize(
    ("fields", "code", "line", "column", "message", "help_text"),
    [
        ("key: one: two", "S103", 2, 9, "a colon and a space", 'key: "one: two"'),
        ("title: a\n  b: c", "S103", 3, 4, "a colon and a space", "quote t"),
        ("title: 😀😀 é: x", "S103", 2, 12, "a colon and a space", "quote t"),
        ('a: 1\ntitle: "abc\nstatus: draft', "S103", 3, 8, "is not closed", "close it"),
        ("title: 'abc", "S103", 2, 8, "is not closed", "close it"),
        ("title: 'it's'", "S103", 2, 12, "after a closing quotation mark", "double each"),
        ('title: "a" b', "S103", 2, 12, "after a closing quotation mark", "quote the whole text"),
        (r'title: "C:\path"', "S103", 2, 11, "backslash", "single quotes"),
        (r'title: "\xzz"', "S103", 2, 11, "backslash", "single quotes"),
        (r'title: "\ud800"', "S103", 2, 11, "backslash", "single quotes"),
        ("title: [a, b", "S103", 2, 8, "a bracket or brace is not closed", "close it"),
        ("title: {a: b", "S103", 2, 8, "a bracket or brace is not closed", "close it"),
        ("title: @x", "S103", 2, 8, "text can't start with `@`", "quote t"),
        ("title: `x`", "S103", 2, 8, "text can't start with ```", "quote t"),
        ("title: %x", "S103", 2, 8, "text can't start with `%`", "quote t"),
        ("\ttitle: x", "S103", 2, 1, "the indentation contains a tab", "with spaces"),
        ("times:\n\tstarted: 2019", "S103", 3, 1, "the indentation contains a tab", "with spaces"),
        ("title: > 90 % of users", "S103", 2, 8, "start a block of text", "quote t"),
        ("title: |x", "S103", 2, 8, "start a block of text", "quote t"),
        ("title: - x", "S103", 2, 8, "`- ` is not allowed here", "quote t"),
        ("title: x\njust text\nstatus: draft", "S103", 3, 1, "this line has no key", "key: value"),
        ("times:\n    started: 2019\n  closed: 2019", "S103", 4, 3, "did not find expected", "indentation"),
        ("  title: x\nstatus: draft", "S103", 3, 1, "the fields end above", "same column"),
        ("title: x\n...\nstatus: draft", "S103", 4, 1, "the fields end above", "same column"),
        ("title: *x", "S104", 2, 8, "aliases are not read", "quote t"),
        ("title: **bold** text", "S104", 2, 8, "aliases are not read", "quote t"),
        ("title: * text", "S104", 2, 8, "aliases are not read", "quote t"),
        ("title: & text", "S104", 2, 8, "anchors are not read", "quote t"),
        ("title: &x y", "S104", 2, 8, "anchors are not read", "quote t"),
        ("tags: [&x a]", "S104", 2, 8, "anchors are not read", "quote t"),
        ("{title: !x a}", "S104", 2, 9, "tags are not read", "quote t"),
        ("title: !x y", "S104", 2, 8, "tags are not read", "quote t"),
        ("title: ! y", "S104", 2, 8, "tags are not read", "quote t"),
        ("title: !", "S104", 2, 8, "tags are not read", "quote t"),
        ("title: !!str 5", "S104", 2, 8, "tags are not read", "quote t"),
        ("title: !!python/object:os.system x", "S104", 2, 8, "tags are not read", "quote t"),
        ("title: !no!handle x", "S104", 2, 8, "tags are not read", "quote t"),
        ("title: !<unclosed x", "S104", 2, 8, "tags are not read", "quote t"),
        ("!x\ntitle: y", "S104", 2, 1, "tags are not read", "quote t"),
        ("<<: {title: x}", "S104", 2, 1, "merge keys are not read", "write the fields out"),
        ("? [a, b]\n: c", "S104", 2, 3, "must be plain text", "one word"),
        ("? {a: b}\n: c", "S104", 2, 3, "must be plain text", "one word"),
        (
            "title: x\nstatus: draft\ntitle: y",
            "S105",
            4,
            1,
            "`title` appears twice; the first is on line 2",
            "keep one",
        ),
        ('title: x\n"title": y', "S105", 3, 1, "`title` appears twice", "keep one"),
        ("times: {started: 2019, started: 2020}", "S105", 2, 24, "`started` appears twice", "keep one"),
    ],
)
def test_a_fault_is_told_with_its_place_and_a_way_out(read, fields, code, line, column, message, help_text):
    reading = read(fields)
    assert reading.record is None
    first = reading.findings[0]
    assert (first.code, first.line, first.column) == (code, line, column), first
    assert message in first.message
    assert help_text in first.help
    assert first.excerpt == fields.split("\n")[line - 2]


def test_every_duplicate_is_told_at_its_own_place(read):
    assert told(read("a: 1\nb: 2\na: 3\nb: {c: 1, c: 2}\na: 4")) == [
        ("S105", 4, 1),
        ("S105", 5, 1),
        ("S105", 6, 1),
    ]


def test_anchor_and_alias_are_both_told(read):
    assert told(read("title: &x a\nsummary: *x")) == [("S104", 2, 8), ("S104", 3, 10)]


@pytest.mark.parametrize(
    "summary",
    [
        "fish & chips, R&D &c",
        "2 * 3 * x and a*b",
        "wow! really!! !",
        "[draft] is text in quotes only",
        "- dash inside",
        "p99 < 200 ms & p50 > 1 ms",
        "say: &x *y !z",
        "# not a comment",
        "<<",
        "one\n\n  &a *b !c\n  - d",
        "---",
        "%YAML",
    ],
)
@pytest.mark.parametrize("style", ["'{}'", '"{}"', "|-\n  {}"])
def test_special_characters_inside_text_are_text(read, summary, style):
    written = style.format(summary)
    reading = read(f"summary: {written}")
    assert reading.record, reading.findings


@pytest.mark.parametrize(
    "text", ["fish & chips", "2 * 3 * x", "wow! really!! !", "R&D, a*b", "a <<: b".replace(": ", ":")]
)
def test_special_characters_inside_plain_text_are_text(read, text):
    assert read(f"summary: {text}").record.summary == text


@pytest.mark.parametrize("text", ["a: 1\n---\nb: 2\n", "---\na: 1\n---\nb: 2\n", "a: 1\n...\n---\nb: 2\n"])
def test_a_yaml_file_holds_one_document(text):
    (finding,) = read_yaml("x.yaml", text.encode(), Shape({})).findings
    assert (finding.code, finding.message) == ("S103", "a second YAML document starts here")


@pytest.mark.parametrize("text", ["%YAML 2.0\n---\na: 1\n", "%TAG ! x\n%TAG ! x\n---\na: 1\n", "%\n"])
def test_faulty_directives_are_findings(text):
    assert [f.code for f in read_yaml("x.yaml", text.encode(), Shape({})).findings] == ["S103"]
