"""Data of rules on prose: words and patterns of English, with as little code as it takes to hold them."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())
