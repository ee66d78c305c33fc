"""What the rules on language make of single sentences: those of sentences.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rule_bench import SMALL, codes, judge_text, with_body, with_fields

SENTENCES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))
FOUND = [(code, text) for code, kinds in SENTENCES.items() for text in kinds["found"]]
CLEAN = [(code, text) for code, kinds in SENTENCES.items() for text in kinds["clean"]]


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_found_in_the_body(code: str, text: str):
    assert codes(judge_text(with_body(SMALL, f"\n## Response\n\n{text}\n"))) == [code]


@pytest.mark.parametrize(("code", "text"), CLEAN)
def test_not_found_in_the_body(code: str, text: str):
    assert code not in codes(judge_text(with_body(SMALL, f"\n## Response\n\n{text}\n")))


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_found_in_a_field_however_it_is_folded(code: str, text: str):
    """Each word on a line of its own, at the place of the first."""
    folded = "".join(f"      {word}\n" for word in text.split())
    found = judge_text(with_fields(SMALL, f"detection:\n  source: customer\n  how: >-\n{folded}"))
    assert codes(found) == [code]
    assert found[0].excerpt.strip().strip(".") in text


def test_enough_sentences():
    assert all(len(SENTENCES[code]["found"]) >= 2 <= len(SENTENCES[code]["clean"]) for code in SENTENCES)
    assert len(SENTENCES["L02"]["found"]) + len(SENTENCES["L02"]["clean"]) >= 60


@pytest.mark.parametrize(
    "body",
    [
        "> It was human error.",
        "> The vendor says:\nit was human error, and\nnothing else.",
        "```\nhuman error\n```",
        "~~~text\nhuman error\n~~~",
        "The ticket is `human error`.",
        'He called it "human error".',
        "They spoke of “a plain\nhuman error”.",
        "They spoke of 'human error' and left.",
        "They spoke of ‘human error’ and left.",
        "<!-- It was human error. -->",
        "<!--\nIt was human error.\n-->",
        "See https://example.org/human%20error?human+error.",
    ],
)
def test_quotes_code_comments_and_addresses_are_nobodys_words(body: str):
    assert judge_text(with_body(SMALL, f"\n{body}\n")) == []


@pytest.mark.parametrize(
    "body",
    [
        "> A quote.\n\nIt was human error.",
        "It's the engineers' view, and it was human error, they said, in the operators' own words.",
        "```\ncode\n```\nIt was human error.",
        "<!-- a note --> It was human error. <!-- another -->",
        "- One.\n- It was human error.",
        "| Cause |\n| --- |\n| It was human error. |",
        "### It was human error",
        "[It was human error](https://example.org/)",
    ],
)
def test_what_stands_beside_them_is_the_authors(body: str):
    found = judge_text(with_body(SMALL, f"\n{body}\n"))
    assert codes(found) == ["L01"]
    place = found[0].excerpt[found[0].column - 1 : found[0].end_column - 1]
    assert place == "human error"


@pytest.mark.parametrize(
    "fields",
    [
        "summary: It was human error.\n",
        "summary: 'It was human error, ''human error'', in short.'\n",
        'lessons:\n  - "improve: It was human error."\n',
        "trigger:\n  kind: expiry\n  note: |-\n    It was\n    human error.\n",
    ],
)
def test_place_within_a_field(fields: str):
    finding = judge_text(with_fields(SMALL, fields))[0]
    assert finding.excerpt[finding.column - 1 : finding.end_column - 1] == "human error"


def test_the_second_of_two_is_meant_where_the_first_is_quoted():
    line = "summary: “human error” was said, and human error it was.\n"
    assert judge_text(with_fields(SMALL, line))[0].column == line.rindex("human") + 1


@pytest.mark.parametrize("text", ["human error " * 20_000, "'" * 100_000, "operator, " * 20_000 + "failed to"])
def test_long_texts_are_read_in_bounded_time(text: str):
    assert len(judge_text(with_body(SMALL, f"\n{text}\n"))) <= 100
