"""Texts without who did what: a role becomes “someone”, where the text allows it.

No grammar, only words, as in the rules on language. A role is replaced where a determiner stands before it and
nothing after it makes it part of another noun: “the operator error” and “the on-call list” stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortems.rules.engine.word_sets import words
from postmortems.rules.language.english.persons import person_at_start
from postmortems.rules.language.english.words import (
    ACTS,
    ADVERBS,
    CONJUNCTIONS,
    GROUPS,
    PERSONS,
    PREPOSITIONS,
    PRONOUNS,
)
from postmortems.runtime.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

# Beside those that the rules know: who decides, and who is called.
_LEADERS = words("director officer chief coordinator executive president")
# Verbs that follow a person; those of the past end in -ed or are acts.
_VERBS = words(
    """
    is are was were has have had will can could may might must should would does did says said sees saw asks finds
    found calls opens starts stops notices writes wrote tries tried believes believe knows knew goes went sends
    reports confirms restarts switches rolls decides decide leads lead led takes took gives gave thinks thought
    makes made looks runs becomes became begins began comes came gets got keeps kept reads tells told turns puts
    who
    """
)
_FOLLOWS = _VERBS | ACTS | ADVERBS | CONJUNCTIONS | PREPOSITIONS
_LONGEST = 5
_FIRST = "the|an?|our|another|two|three|several|some"
_PHRASE = Pattern(rf"\b(?P<first>{_FIRST})(?:\s+[A-Za-z][\w-]*){{1,{_LONGEST - 1}}}", re.IGNORECASE)
_PLURAL = Pattern(rf"(?:^|(?<=[.;:!?]\s))(?:{'|'.join(sorted(PERSONS))})s\b", re.IGNORECASE)
_LEADERSHIP = Pattern(r"\b(?:leadership|management)(?=\s+(?:decide|agree|ask)s?d?\b)", re.IGNORECASE)
_WORD = Pattern(r"\s*([A-Za-z][\w-]*|[’']s\b|[’']|\S)")


def anonymised(text: str) -> str:
    """A text in which roles are replaced by “someone” or “people”."""
    made, at = [], 0
    while match := _PHRASE.search(text, at):
        end = _end_of_role(text, match)
        made.append(text[at : match.start()])
        made.append(_stand_in(text[match.start() : end]) if end else match["first"])
        at = end or match.end("first")
    whole = "".join([*made, text[at:]])
    whole = _PLURAL.sub(lambda word: _capital("people", word[0]), whole)
    return _LEADERSHIP.sub(lambda word: _capital("someone", word[0]), whole)


def _end_of_role(text: str, match: re.Match[str]) -> int:
    """Where the role ends that starts here; 0 where there is none, or it is part of something else."""
    tokens = match[0].lower().split()
    length = _length_of_role(tokens)
    head = tokens[length - 1] if length else ""
    if not length or head in PRONOUNS or head.removesuffix("s") == "person":
        return 0
    end = match.start() + [word.end() for word in re.finditer(r"\S+", match[0])][length - 1]
    if head in GROUPS and length < 3:  # “the team” is nobody in particular
        return 0
    following = _WORD.match(text, end)
    next_word = following[1].lower() if following else ""
    if head in GROUPS and next_word in {"that", "which", "who"}:
        return 0
    ends = not next_word or not next_word[0].isalnum() or next_word in _FOLLOWS or next_word.endswith(("ed", "ly"))
    return end if ends else 0


def _length_of_role(tokens: Sequence[str]) -> int:
    length = person_at_start(tokens)
    if length:
        return length
    for at, token in enumerate(tokens[1:], 2):
        if token in _FOLLOWS:
            return 0
        if token.removesuffix("s") in _LEADERS:
            return at
    return 0


def _stand_in(phrase: str) -> str:
    first, *_, head = phrase.lower().split()
    if head in GROUPS:
        return _capital("a team", phrase)
    if not head.endswith("s"):
        return _capital("someone", phrase)
    return _capital("people" if first in {"the", "our"} else f"{first} people", phrase)


def _capital(stand_in: str, phrase: str) -> str:
    return stand_in[:1].upper() + stand_in[1:] if phrase[:1].isupper() else stand_in
