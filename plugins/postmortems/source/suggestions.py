"""“Did you mean”: the known word that is nearest to a mistyped one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question that names the nearest known words, or an empty text where none is near."""
    near = nearest(word, known)
    return f"did you mean {' or '.join(f'`{match}`' for match in near)}?" if near else ""


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known words that a word may have been meant for, the nearest first; at most two."""
    from difflib import get_close_matches

    by_lower = {candidate.lower().replace("_", "-"): candidate for candidate in known}
    near = get_close_matches(word.lower().replace("_", "-")[:80], by_lower, n=2, cutoff=0.7)
    return [by_lower[match] for match in near]


def one_of(known: Iterable[str], limit: int = 12) -> str:
    """List what may stand in a place, cut after `limit` words."""
    words = list(known)
    shown = ", ".join(words[:limit])
    return f"one of: {shown}" + (f" and {len(words) - limit} more" if len(words) > limit else "")
