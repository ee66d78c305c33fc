"""How titles of actions begin that say nothing to do, or not what. Data only; English."""

from __future__ import annotations

from postmortems.rules.language.words import words

# Nobody can tell when these are done.
VAGUE = (
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
VAGUE_ANYWHERE = ("more careful", "more carefully", "more attention", "better next time")
# No verb is first where one of these is.
NO_VERBS = words(
    """
    a an the this that these those our their its all any some every each no more less better fewer additional
    another further new old proper regular automatic automated better-defined should must we i they it there
    someone somebody everyone need needs possibly maybe perhaps please
    """
)
# A first word in -ing is no verb to do, but for these; nor is one in -tion.
VERBS_IN_ING = words("bring cling fling ping ring sing sling spring sting string swing wring")
VERBS_IN_TION = words(
    """
    apportion auction caution condition function mention partition petition position provision question ration
    reposition requisition section station transition vacation
    """
)
