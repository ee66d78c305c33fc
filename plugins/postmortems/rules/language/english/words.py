"""The words by which prose speaks of the people who build, run and defend systems.

Customers, users and attackers are not among them: nobody holds the response against them.
"""

from __future__ import annotations

from postmortems.rules.engine.word_sets import words

# Singular; a plural in -s is known as well.
PERSONS = words(
    """
    administrator analyst approver author colleague contractor dba developer employee engineer intern on-call
    oncall on-caller operator person programmer responder reviewer sre staff supervisor sysadmin sysop technician
    tester staffer committer maintainer commander newcomer trainee
    """
)
GROUPS = frozenset({"team", "crew", "staff", "personnel", "squad"})
PRONOUNS = frozenset({"he", "she", "i", "someone", "somebody", "everyone", "everybody"})
# `they` may be hosts or alerts: only where people were spoken of just before.
DOUBTFUL_PRONOUNS = frozenset({"they"})

# Words that mean a person only after one of these: a package manager is a program.
QUALIFIED: dict[str, frozenset[str]] = {
    "manager": words(
        """
        the a an our their duty incident product project engineering line shift operations senior general account
        change risk crisis site branch on-call team
        """
    ),
    "lead": words("tech technical team incident shift project squad"),
    "admin": words("the a an our their system database network duty on-call domain"),
}
# Programs that have the name of a person, by the word before it.
PROGRAMS: dict[str, frozenset[str]] = {
    "operator": words(
        """
        kubernetes k8s helm openshift postgres postgresql prometheus database cluster backup etcd kafka redis
        elasticsearch vault mobile network grid telecom tour comparison boolean logical
        """
    ),
    "responder": words("ocsp auto mdns dns http"),
}

DETERMINERS = words("the a an our my his her their its this that these those one some each every any no")
PREPOSITIONS = words(
    """
    of by to for from with on at in via through between about against per into over under within without across
    during among toward towards than like as upon onto behind despite
    """
)
# Words that start a clause of its own.
CONJUNCTIONS = words(
    """
    and but or because when while whereas that which so if although though since until before after where then nor
    yet unless once whose whether
    """
)
# Words between a subject and its verb.
ADVERBS = words(
    """
    also again later both all simply just still never initially first had has have did even always often who
    """
)

# What a person does to a system; a condition that people are in (had no access, were not paged) is none.
ACTS = words(
    """
    added applied approved bypassed changed clicked closed committed copied cut deleted deployed disabled
    disconnected dropped edited enabled entered erased executed fat-fingered forgot ignored killed launched leaked
    merged misconfigured misread missed mistook mistyped misunderstood moved opened overlooked overwrote pasted
    powered published pulled pushed ran rebooted released removed renamed replaced reset restarted reverted revoked
    rotated sent shared skipped started stopped switched terminated triggered truncated turned typed unplugged
    updated uploaded wiped wrote
    """
)
# After `failed to`, `neglected to`, `did not` and `never`: what is held against a person.
OMISSIONS = words(
    """
    add announce apply ask backup call check communicate configure confirm detect disable document enable escalate
    follow inform monitor notice notify patch page read realise realize recognise recognize remove renew replace
    report respond restart review rotate run see spot stop take tell test think tighten update upgrade validate
    verify watch
    """
)
