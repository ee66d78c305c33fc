"""Whatever a file holds, it is read or refused, with findings that lie within it and can be printed."""

from __future__ import annotations

import random

import pytest
from fuzz_check import mutated
from hostile import PIECES, RECORDS, TEXTS, as_yaml, assert_printable, judged, values
from hypothesis import example, given
from hypothesis import strategies as st

FENCED = "---\n{}\n---\n{}"
# The names of fields, and what their values are for, so that what is generated comes near to a record.
KEYS = st.sampled_from(
    [
        "title",
        "summary",
        "status",
        "tlp",
        "severity",
        "services",
        "trigger",
        "times",
        "started",
        "recovered",
        "at",
        "estimated",
        "within",
        "note",
        "timeline",
        "what",
        "kind",
        "impact",
        "technical",
        "level",
        "text",
        "users",
        "count",
        "cost",
        "amount",
        "currency",
        "figures",
        "value",
        "unit",
        "factors",
        "factor",
        "role",
        "statement",
        "lessons",
        "about",
        "actions",
        "id",
        "owner",
        "due",
        "closed",
        "slips",
        "from",
        "to",
        "verify",
        "review",
        "held",
        "groups",
        "not-needed",
        "evidence",
        "ref",
        "sources",
        "url",
        "not_stated",
        "related",
        "as",
        "accepted",
        "rule",
        "reason",
        "redacted",
        "path",
        "amended",
        "date",
        "x-own",
        "x-",
        "schema",
    ]
)


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"---\n\xed\xa0\x80\n---\n")
def test_any_bytes(conventions, data):
    assert_printable(judged(data, conventions))


@given(st.text(max_size=400))
def test_any_text(conventions, text):
    assert_printable(judged(text.encode("utf-8", "surrogatepass"), conventions))


@given(st.lists(st.one_of(st.sampled_from(PIECES), KEYS), max_size=30).map("".join), TEXTS)
@example("title: \u202e", "")
@example("\t" * 50, "")
@example("a: [\n\n\n", "")
@example("? a", "")
def test_any_fields_and_any_body(conventions, fields, body):
    assert_printable(judged(FENCED.format(fields, body).encode(), conventions))


@given(st.dictionaries(KEYS, values(KEYS), max_size=8), TEXTS)
def test_fields_of_any_shape(conventions, fields, body):
    assert_printable(judged(FENCED.format(as_yaml(fields), body).encode(), conventions))


@given(st.dictionaries(st.text(max_size=20), values(st.text(max_size=20)), max_size=5))
def test_keys_of_any_kind(conventions, fields):
    assert_printable(judged(FENCED.format(as_yaml(fields), "").encode(), conventions))


@given(st.sampled_from(RECORDS), st.integers(0, 2**32))
def test_a_real_record_with_a_few_changes(conventions, record, seed):
    assert_printable(judged(mutated(record, random.Random(seed)), conventions))


@pytest.mark.parametrize("record", RECORDS)
def test_the_records_that_are_changed_are_sound(conventions, record):
    assert [finding for finding in judged(record, conventions) if finding.code.startswith("S")] == []
