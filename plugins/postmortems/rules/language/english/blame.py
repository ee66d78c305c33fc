"""What the rules on blameless language look for."""

from __future__ import annotations

import re
from functools import partial

from postmortems.rules.engine.word_sets import words
from postmortems.rules.language.english.persons import is_coordinated, person_before
from postmortems.rules.language.language import Phrases
from postmortems.runtime.patterns import Pattern

_I = re.IGNORECASE
_AN = r"(?:(?:a|an|the|this|that|it|simple|plain|pure|mere|only|just|alleged|supposed)\s+){0,3}"

# L01. A person's error is no cause where it is denied, spoken of as a word, or guarded against.
_HUMAN_ERROR = Pattern(
    r"\b(?:(?P<human>human)|operator|user|pilot)\s+errors?\b"
    r"(?![ -](?:rate|probability|prevention|analysis|research))",
    _I,
)
_NO_CAUSE_BEFORE = Pattern(
    r"(?:"
    r"\b(?:not|never|nor|neither|without|no|\w+n['’]t)\b[^.,;:]{0,25}"
    r"|\b(?:beyond|behind|rather\s+than|instead\s+of|more\s+than|so-called|call(?:s|ed|ing)?|labell?ed|labels?|term"
    r"|blam(?:e|es|ed|ing)|stop(?:s|ped)?\s+at|prone\s+to|risk\s+of|room\s+for|chances?\s+of|possibility\s+of"
    r"|potential\s+for|against|avoids?|prevents?|preventing|reduc(?:e|es|ed|ing)|survives?|tolerates?)"
    rf"\s+{_AN}(?:as\s+)?{_AN}"
    r")\Z",
    _I,
)
_NO_CAUSE_AFTER = Pattern(
    r"\s+(?:(?:is|are|was|were)(?:\s+(?:not|never|no|only|where)\b|n['’]t\b|\s+(?:a\s+)?symptoms?\b)"
    r"|explains?\s+(?:nothing|little)|can(?:not|\s+not|['’]t)\b)",
    _I,
)
# Users and operators err in many ways that are counted and handled: only what is put down to such an error counts.
_CAUSE_BEFORE = Pattern(
    r"\b(?:caused\s+by|due\s+to|owing\s+to|attributed\s+to|(?:put|come|comes|came|boils)\s+down\s+to|down\s+to"
    r"|because\s+of|results?\s+of|consequence\s+of|traced\s+(?:back\s+)?to|through|triggered\s+by|(?:cause|reason)"
    r"(?::|\s+was|\s+is)|it\s+was)"
    rf"\s+{_AN}\Z",
    _I,
)
_CAUSE_AFTER = Pattern(r"\s*(?:->|→|(?:had\s+)?(?:caused|led\s+to|resulted\s+in|was\s+the\s+cause))", _I)

# L02. What could have been done otherwise, looked at from afterwards.
_HINDSIGHT = Pattern(
    r"\b(?:(?P<modal>should|could)(?P<not>n['’]t|\s+not)?(?:['’]ve|\s+(?:(?!have\b)\w+\s+)?have)(?:\s+been\s+(?P<been>\w+))?"
    r"|failed\s+to|neglected\s+to|(?P<forgot>forgot(?!ten|[ -]password)|ha[ds]\s+forgotten|have\s+forgotten))\b",
    _I,
)
# `should have been paged` is said of a system that did not page; these are said of the person.
_HELD_AGAINST = words("more better careful aware attentive quicker faster vigilant alert watching paying")

# L03. Words that judge people; each with what denies it.
_BLAME = Pattern(
    r"\b(?:careless(?:ly|ness)?|negligen(?:t|tly|ce)|slopp(?:y|ily|iness)|to\s+blame|culprits?)\b", _I
)
_DENIED = Pattern(
    r"\b(?:not|never|nobody|no\s+one|no-one|none|nothing|without|no|nor|\w+n['’]t)\b[^.,;:]{0,30}\Z", _I
)

# L04. Words that judge and do not describe.
_JUDGEMENT = Pattern(r"\b(?:poor(?:ly)?|inadequate(?:ly)?|lack\s+of)\b", _I)

# L05. As if there were one.
_ROOT_CAUSE = Pattern(r"\bthe\s+root\s+cause\b(?!\s*[-_]?analys)", _I)

# Cheap signs that one of the above may be in a file: in a pattern, fixed letters come first.
_HUMAN_ERROR_HINT = Pattern(r"error(?:(?<=(?:man|tor|ser|lot)\serror)|(?<=\s\serror))")
_HINDSIGHT_SIGNS = ("failed to", "failed\n", "neglected to", "neglected\n", "forgot")
_HINDSIGHT_HINT = Pattern(r"ould(?:(?:n['’]t|\s+\w+)?\s+have\b|['’]ve\b)")
_ROOT_CAUSE_HINT = Pattern(r"root\s+cause\b")
_BLAME_STEMS = ("careless", "negligen", "slopp", "blame", "culprit")
_JUDGEMENT_STEMS = ("poor", "inadequate", "lack")


def _is_cause(match: re.Match[str]) -> bool:
    """Whether the error is given as a cause; other than “human error”, the words can mean much else."""
    before = match.string[max(0, match.start() - 80) : match.start()]
    if _NO_CAUSE_BEFORE.search(before) or _NO_CAUSE_AFTER.match(match.string, match.end()):
        return False
    if match["human"]:
        return True
    return bool(_CAUSE_BEFORE.search(before) or _CAUSE_AFTER.match(match.string, match.end()))


def _is_held_against_someone(match: re.Match[str]) -> bool:
    if match["modal"] and match["been"] and match["been"].lower() not in _HELD_AGAINST:
        return False  # `should have been paged`: what happened to people, not what they did
    if match["not"] and match["modal"].lower() == "could":
        return False  # `could not have known`: that excuses
    if match["forgot"] and is_coordinated(match.string, match.start()):
        return True  # machines don't forget
    return person_before(match.string, match.start())


def _is_blame(match: re.Match[str]) -> bool:
    return not _DENIED.search(match.string[max(0, match.start() - 60) : match.start()])


def _may_hold_hindsight(text: str) -> bool:
    return _any_in(_HINDSIGHT_SIGNS, text) or bool(_HINDSIGHT_HINT.search(text))


def _any_in(stems: tuple[str, ...], text: str) -> bool:
    return any(stem in text for stem in stems)


PHRASES = {
    "L01": Phrases(_HUMAN_ERROR, ("error",), _HUMAN_ERROR_HINT.search, _is_cause),
    "L02": Phrases(
        _HINDSIGHT, ("ould", "failed", "neglected", "forgot"), _may_hold_hindsight, _is_held_against_someone
    ),
    "L03": Phrases(_BLAME, _BLAME_STEMS, partial(_any_in, _BLAME_STEMS), _is_blame),
    "L04": Phrases(_JUDGEMENT, _JUDGEMENT_STEMS, partial(_any_in, _JUDGEMENT_STEMS)),
    "L05": Phrases(_ROOT_CAUSE, ("root",), _ROOT_CAUSE_HINT.search),
}
"""The phrases, by the code of the rule that looks for them."""
