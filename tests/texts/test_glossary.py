"""Texts use the field's standard terms: none says what has a better word."""

from __future__ import annotations

import re

import pytest

from extracting import extracted_texts

# What a text must not say, and what it says instead.
GLOSSARY = {
    r"kept for what|taught by": "lessons: 44 to fix, 25 that worked, 5 lucky escapes",
    r"factor met most often": "Most common factor:",
    r"no change can be told|cannot tell": "no clear change",
    r"too few to tell|it takes$": "not enough data yet (3 of 6 needed)",
    r"half (of the|within)|three in four|nine in ten": "Median, 75th percentile, 90th percentile",
    r"exactly enough": "Precise enough to count",
    r"left out": "Not counted, and why",
    r"what was seen": "Coverage",
    r"agreed first": "Done by the original due date?",
    r"reason, of the last": "Latest reason",
    r"most pressing": "Most urgent first",
    r"said beforehand|one would tell|one will tell": "had a success measure",
    r"gave rise to": "the incident that prompted it",
    r"times as long as before": "10 times faster",
    r"than chance easily makes|comes about easily by chance": "more than chance would explain",
    r"formality": "Possible box-ticking",
    r"did not hurt": "Near misses and exercises",
    r"^who is there|^are they": "Attendance; Are reviews held?",
    r"(is|are) told|told as|told of|can.t be told": "a verb that says what the page does",
    r"^(together|the first|the second|by chance)$": "Seen together, A, B, expected by chance",
    r"^(after|before) the fix$": "Came back after the fix; came back before it was fixed",
    r"is to hold this time": "what will make it stick this time?",
    r"may come by itself": "What can happen to you",
    r"records that may support": "Evidence by control",
    r"taken away": "Download",
    r"^learnt:": "Lesson:",
    r"behind the figures$": "Sources for these numbers",
    r"as recorded$": "Exact times",
    r"had ended|\bmails\b|\balarm when\b": "expired; emails; alert when",
    r"itself fares": "This library has no incidents of its own",
}


@pytest.mark.parametrize("term", GLOSSARY)
def test_texts_use_the_better_word(term: str) -> None:
    texts = [text for forms in extracted_texts() for text in ([forms] if isinstance(forms, str) else forms)]
    pattern = re.compile(term, re.IGNORECASE)
    assert [text for text in texts if pattern.search(text)] == [], GLOSSARY[term]


def test_each_term_of_the_glossary_can_be_found() -> None:
    worse = ("too few to tell", "By chance", "Half within", "Learnt:", "Are they held?", "can be taken away")
    found = {term for term in GLOSSARY for text in worse if re.search(term, text, re.IGNORECASE)}
    assert len(found) == len(worse)
