"""What the rules on blameless language look for: patterns of English prose, in lower case. Data only."""

from __future__ import annotations

import re

from postmortems.rules.language.words import words

_I = re.IGNORECASE
_AN = r"(?:(?:a|an|the|this|that|it|simple|plain|pure|mere|only|just|alleged|supposed)\s+){0,3}"

# L01. A person's error is no cause where it is denied, spoken of as a word, or guarded against.
HUMAN_ERROR = re.compile(
    r"\b(?:(?P<human>human)|operator|user|pilot)\s+errors?\b"
    r"(?![ -](?:rate|probability|prevention|analysis|research))",
    _I,
)
NO_CAUSE_BEFORE = re.compile(
    r"(?:"
    r"\b(?:not|never|nor|neither|without|no|\w+n['’]t)\b[^.,;:]{0,25}"
    r"|\b(?:beyond|behind|rather\s+than|instead\s+of|more\s+than|so-called|call(?:s|ed|ing)?|labell?ed|labels?|term"
    r"|blam(?:e|es|ed|ing)|stop(?:s|ped)?\s+at|prone\s+to|risk\s+of|room\s+for|chances?\s+of|possibility\s+of"
    r"|potential\s+for|against|avoids?|prevents?|preventing|reduc(?:e|es|ed|ing)|survives?|tolerates?)"
    rf"\s+{_AN}(?:as\s+)?{_AN}"
    r")\Z",
    _I,
)
NO_CAUSE_AFTER = re.compile(
    r"\s+(?:(?:is|are|was|were)(?:\s+(?:not|never|no|only|where)\b|n['’]t\b|\s+(?:a\s+)?symptoms?\b)"
    r"|explains?\s+(?:nothing|little)|can(?:not|\s+not|['’]t)\b)",
    _I,
)
# Users and operators err in many ways that are counted and handled: only what is put down to such an error counts.
CAUSE_BEFORE = re.compile(
    r"\b(?:caused\s+by|due\s+to|owing\s+to|attributed\s+to|(?:put|come|comes|came|boils)\s+down\s+to|down\s+to"
    r"|because\s+of|results?\s+of|consequence\s+of|traced\s+(?:back\s+)?to|through|triggered\s+by|(?:cause|reason)"
    r"(?::|\s+was|\s+is)|it\s+was)"
    rf"\s+{_AN}\Z",
    _I,
)
CAUSE_AFTER = re.compile(r"\s*(?:->|→|(?:had\s+)?(?:caused|led\s+to|resulted\s+in|was\s+the\s+cause))", _I)

# L02. What could have been done otherwise, looked at from afterwards.
HINDSIGHT = re.compile(
    r"\b(?:(?P<modal>should|could)(?P<not>n['’]t|\s+not)?(?:['’]ve|\s+(?:(?!have\b)\w+\s+)?have)(?:\s+been\s+(?P<been>\w+))?"
    r"|failed\s+to|neglected\s+to|(?P<forgot>forgot(?!ten|[ -]password)|ha[ds]\s+forgotten|have\s+forgotten))\b",
    _I,
)
# `should have been paged` is said of a system that did not page; these are said of the person.
HELD_AGAINST = words("more better careful aware attentive quicker faster vigilant alert watching paying")

# L03. Words that judge people; each with what denies it.
BLAME = re.compile(
    r"\b(?:careless(?:ly|ness)?|negligen(?:t|tly|ce)|slopp(?:y|ily|iness)|to\s+blame|culprits?)\b", _I
)
DENIED = re.compile(
    r"\b(?:not|never|nobody|no\s+one|no-one|none|nothing|without|no|nor|\w+n['’]t)\b[^.,;:]{0,30}\Z", _I
)

# L04. Words that judge and do not describe.
JUDGEMENT = re.compile(r"\b(?:poor(?:ly)?|inadequate(?:ly)?|lack\s+of)\b", _I)

# L05. As if there were one.
ROOT_CAUSE = re.compile(r"\bthe\s+root\s+cause\b(?!\s*[-_]?analys)", _I)

# Cheap signs that one of the above may be in a file, in lower case: in a pattern, fixed letters come first.
HUMAN_ERROR_HINT = re.compile(r"error(?:(?<=(?:man|tor|ser|lot)\serror)|(?<=\s\serror))")
HINDSIGHT_SIGNS = ("failed to", "failed\n", "neglected to", "neglected\n", "forgot")
HINDSIGHT_HINT = re.compile(r"ould(?:(?:n['’]t|\s+\w+)?\s+have\b|['’]ve\b)")
ROOT_CAUSE_HINT = re.compile(r"root\s+cause\b")
# One of these is in each passage that holds one of the above.
HUMAN_ERROR_STEMS = ("error",)
HINDSIGHT_STEMS = ("ould", "failed", "neglected", "forgot")
BLAME_STEMS = ("careless", "negligen", "slopp", "blame", "culprit")
JUDGEMENT_STEMS = ("poor", "inadequate", "lack")
ROOT_CAUSE_STEMS = ("root",)
