"""What rules know about a language; what it lacks is not checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

    from postmortems.runtime.patterns import Pattern

# A name of a person: one word of it.
NAME = r"[A-Z][a-zà-öø-ÿ'’-]{1,24}"


class Phrases(NamedTuple):
    """Phrases that a rule looks for in prose.

    Looking is cheap where there are none: `may_hold` says whether the text of a file, in lower case, can hold one,
    and each passage that does holds one of the `stems`. `is_meant` sorts out what only reads alike.
    """

    pattern: Pattern
    stems: tuple[str, ...]
    may_hold: Callable[[str], object]
    is_meant: Callable[[re.Match[str]], bool] = lambda _match: True


class NamePattern(NamedTuple):
    """How persons are named; the name is the last group that matches.

    `stem` is in every text, in lower case, that holds such a name, and `hint` a pattern found in it that is cheap,
    since it starts with fixed letters.
    """

    stem: str
    hint: Pattern
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Language:
    """A language. `phrases` are by the code of the rule that looks for them, `names` those that need its words."""

    name: str = ""
    phrases: Mapping[str, Phrases] = field(default_factory=dict)
    names: tuple[NamePattern, ...] = ()
    is_role_or_product: Callable[[str], bool] = lambda _name: False
    """Whether what is written like a person's name is one of something else."""
    vague_words: Callable[[str], str] = lambda _title: ""
    """Words in an action's title, in lower case, for which nobody can tell when it is done; or an empty text."""
    starts_without_verb: Callable[[str], bool] = lambda _title: False
    """Whether an action's title, in lower case, surely does not start with a verb."""
    stops_at_a_person: Callable[[str], bool] = lambda _clause: False
    """Whether a clause says what a person did, or did not do, and nothing beneath it."""
    anonymised: Callable[[str], str] = lambda text: text
    """A text in which nobody is told by their role."""
