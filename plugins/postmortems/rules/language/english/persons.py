"""Whether a person is the subject of a sentence: “the operator failed to”, and not “the failover failed to”.

No grammar, only words: the noun before the verb, and whether it is one for a person. Where the sentence is too
involved for that, no person is found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortems.rules.language.english.words import (
    ACTS,
    ADVERBS,
    CONJUNCTIONS,
    DETERMINERS,
    DOUBTFUL_PRONOUNS,
    GROUPS,
    OMISSIONS,
    PERSONS,
    PREPOSITIONS,
    PROGRAMS,
    PRONOUNS,
    QUALIFIED,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(r"->|→|[A-Za-z][\w'’-]*|[.,;:!?()\[\]—–|]")
_WINDOW = 240
_LONGEST_PHRASE = 5
# What says that a clause goes on to what lies beneath.
_BENEATH = frozenset({"because", "since", "owing", "due"})
_COORDINATING = frozenset({"and", "but", "then", "or"})


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """The words and the punctuation of a text, in lower case."""
    return [token.lower() for token in _TOKEN.findall(text, start, len(text) if end is None else end)]


def person_before(text: str, end: int) -> bool:
    """Whether a person is the subject of the verb that starts at `end`."""
    tokens = tokens_of(text, max(0, end - _WINDOW), end)
    clause, mark, rest = _last_clause(tokens)
    if not clause and mark == ",":  # “the operator, tired after the night, failed to”
        opening = len(rest) - 1 - rest[::-1].index(",") if "," in rest else 0
        clause, mark, rest = _last_clause(rest[:opening])
    if not clause and mark in _COORDINATING:  # “the operator restarted the host and forgot to”
        while not clause and rest:
            clause, mark, rest = _last_clause(rest)
        return person_at_start(clause) > 0
    return _is_person(_subject(clause), tokens)


def is_coordinated(text: str, end: int) -> bool:
    """Whether the verb that starts at `end` has its subject before an “and” or the like."""
    clause, mark, _ = _last_clause(tokens_of(text, max(0, end - _WINDOW), end))
    return not clause and mark in _COORDINATING


def person_at_start(tokens: Sequence[str]) -> int:
    """How many tokens at the start of a clause name a person; 0 where they do not."""
    length = 0
    for i, token in enumerate(tokens[: _LONGEST_PHRASE + 1]):
        if token in PREPOSITIONS or token in CONJUNCTIONS or not token[0].isalpha():
            break
        if _is_person(tokens[: i + 1], ()):
            length = i + 1
        elif length:
            break
    return length


def stops_at_a_person(clause: str) -> bool:
    """Whether a clause says what a person did, or did not do, and nothing beneath it."""
    tokens = tokens_of(clause)
    start = person_at_start(tokens)
    if not start or not _BENEATH.isdisjoint(tokens):
        return False
    rest: Sequence[str] = tokens[start:]
    if rest and rest[0] in PREPOSITIONS:  # the engineer on call
        at = next((i for i, token in enumerate(rest[:6]) if token in ACTS), 0)
        rest = rest[at:] if at else ()
    while rest and (rest[0] in ADVERBS or rest[0].endswith("ly")):
        rest = rest[1:]
    match list(rest):
        case [verb, *_] if verb in ACTS:
            return True
        case ["failed" | "neglected", "to", verb, *_] | ["not", verb, *_] | ["didn't" | "didn’t", verb, *_]:
            return verb in OMISSIONS
    return False


def _last_clause(tokens: Sequence[str]) -> tuple[list[str], str, list[str]]:
    """The words after the last mark or conjunction, without adverbs at the end; that mark; what is before."""
    start = len(tokens)
    while start and tokens[start - 1] not in CONJUNCTIONS and tokens[start - 1][0].isalpha():
        start -= 1
    clause = list(tokens[start:])
    while clause and (clause[-1] in ADVERBS or clause[-1].endswith("ly")):
        clause.pop()
    return clause, tokens[start - 1] if start else "", list(tokens[: max(start - 1, 0)])


def _subject(clause: Sequence[str]) -> Sequence[str]:
    """The noun phrase that is the subject of the verb after a clause; empty where one can't tell."""
    chunks: list[list[str]] = [[]]
    for token in clause:
        if token in PREPOSITIONS:
            chunks.append([])
        else:
            chunks[-1].append(token)
    # “the pager of the engineer”: the first; “in the morning the engineer”: what follows the morning.
    leading = bool(chunks[0])
    chunk = chunks[0] if leading else chunks[-1]
    start = max((i for i, token in enumerate(chunk) if token in DETERMINERS), default=-1)
    if not leading and start <= 0:
        return ()
    return chunk[max(start, 0) :]


def _is_person(phrase: Sequence[str], context: Sequence[str]) -> bool:
    """Whether a noun phrase means a person; `context` is what stands before, for what `they` refers to."""
    if not phrase or len(phrase) > _LONGEST_PHRASE + 1 or phrase[0] == "no":
        return False
    head, before = phrase[-1], phrase[-2] if len(phrase) > 1 else ""
    if head in PRONOUNS or head in DOUBTFUL_PRONOUNS:
        return len(phrase) == 1 and (head in PRONOUNS or any(_names_person(token) for token in context))
    for noun in (head, head.removesuffix("s")):
        if noun in QUALIFIED:
            return before in QUALIFIED[noun]
        if noun in PERSONS or noun in GROUPS:
            return before not in PROGRAMS.get(noun, ())
    return False


def _names_person(token: str) -> bool:
    return token in PERSONS or token.removesuffix("s") in PERSONS
