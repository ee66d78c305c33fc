"""How titles of actions begin that say nothing to do, or not what."""

from __future__ import annotations

from postmortems.rules.engine.word_sets import words

# Nobody can tell when these are done.
_VAGUE = (
    "investigate",
    "consider",
    "improve",
    "ensure",
    "remind",
    "make sure",
    "look into",
    "look at",
    "think about",
    "try to",
    "be careful",
    "be more careful",
    "be more",
    "take care",
    "take more care",
    "pay attention",
    "pay more attention",
    "explore",
    "discuss",
    "strive",
    "aim to",
)
# Wherever they stand.
_VAGUE_ANYWHERE = ("more careful", "more carefully", "more attention", "better next time")
# No verb is first where one of these is.
_NO_VERBS = words(
    """
    a an the this that these those our their its all any some every each no more less better fewer additional
    another further new old proper regular automatic automated better-defined should must we i they it there
    someone somebody everyone need needs possibly maybe perhaps please
    """
)
# A first word in -ing is no verb to do, but for these; nor is one in -tion.
_VERBS_IN_ING = words("bring cling fling ping ring sing sling spring sting string swing wring")
_VERBS_IN_TION = words(
    """
    apportion auction caution condition function mention partition petition position provision question ration
    reposition requisition section station transition vacation
    """
)


def vague_words(title: str) -> str:
    """The vague words that a title, in lower case, starts with or holds; empty for none."""
    first = next((start for start in _VAGUE if title == start or title.startswith(f"{start} ")), "")
    return first or next((part for part in _VAGUE_ANYWHERE if part in title), "")


def starts_without_verb(title: str) -> bool:
    """Whether the first word of a title, in lower case, is surely no verb."""
    word = title.split(" ", 1)[0].strip(",.:;“”\"'")
    return (
        word in _NO_VERBS
        or (len(word) > 5 and word.endswith("ing") and word not in _VERBS_IN_ING)
        or (word.endswith("tion") and word not in _VERBS_IN_TION)
    )
