"""Patterns of secrets and personal data, and of what only looks like them.

Few patterns that are nearly always right: an error of P02 can't be accepted.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from postmortems.rules.engine.word_sets import words
from postmortems.runtime.patterns import Pattern

_I = re.IGNORECASE


class Sign(NamedTuple):
    """A kind of thing that must not be published.

    `hint` is a cheap pattern, with fixed characters first, that is found in every text that holds such a thing. A
    message shows the first `shown` characters of it and no more. `group` is the part of the pattern that is meant.
    """

    what: str
    hint: Pattern
    pattern: Pattern
    shown: int = 0
    group: int = 0


def _secret(what: str, hint: str, pattern: str, shown: int = 0) -> Sign:
    return Sign(what, Pattern(hint), Pattern(pattern), shown)


SECRETS = (
    _secret("a private key", "PRIVATE KEY", r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----", 10),
    _secret(
        "an AWS access key id", "A(?:KI|SI)A[A-Z2-7]", r"\b(?:AKIA|ASIA)(?![A-Z2-7]{9}EXAMPLE)[A-Z2-7]{16}\b", 4
    ),
    _secret(
        "a GitHub token",
        "g(?:h[pousr]_|ithub_pat_)",
        r"\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b",
        4,
    ),
    _secret("a GitLab token", "glpat-", r"\bglpat-[\w-]{20,64}", 6),
    _secret("a Slack token", "xox[abeoprs]-", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,255}", 5),
    _secret(
        "a Slack webhook",
        r"hooks\.slack\.com/",
        r"\bhttps://hooks\.slack\.com/(?:services|workflows)/[\w/-]{20,255}",
        24,
    ),
    _secret("an npm token", "npm_", r"\bnpm_[A-Za-z0-9]{36}\b", 4),
    _secret("a PyPI token", "pypi-", r"\bpypi-[\w-]{50,255}", 5),
    _secret("a Stripe key", "k_live_", r"\b[rs]k_live_[A-Za-z0-9]{16,255}\b", 8),
    _secret("a Google API key", "AIza", r"\bAIza[\w-]{35}(?![\w-])", 4),
    _secret("a signed token (JWT)", "eyJ", r"\beyJ[\w-]{10,4096}\.eyJ[\w-]{10,8192}\.[\w-]{10,2048}", 3),
    Sign(
        "a password in an address",
        Pattern(r"@"),
        Pattern(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/@:<>]{0,64}:([^\s/@:<>{}$*]{3,128})@", _I),
        group=1,
    ),
)
PASSWORD = Sign(
    "a password",
    Pattern(r"[\w-]{3,24}[\"']?\s?[:=]"),  # at one of the stems
    Pattern(
        # A variable may have a name before it: DB_PASSWORD, AWS_SECRET_ACCESS_KEY, my-api-key.
        r"(?<![^\W_])(?:password|passwd|pwd|client_secret|secret_key|secret_access_key|api[_-]?key"
        r"|(?:access|auth)_token|bearer_token|private_key)[\"']?\s?[:=]\s?[\"']?([^\s\"'<>{}$*`]{6,200})",
        _I,
    ),
    group=1,
)
PASSWORD_STEMS = ("passw", "pwd", "secret", "api_key", "api-key", "apikey", "_token", "private_key")
# A password is one only where it can't be a word of the sentence, and nothing that stands in for one.
LOOKS_RANDOM = Pattern(r"(?=.*[A-Za-z])(?=.*(?:\d|[^\w.,;:)-]))")
PLACEHOLDER = Pattern(
    r"example|changeme|redacted|removed|your[-_]|dummy|secret|password|passwd|xxx|\.\.\.|…|•", _I
)

E_MAIL = Sign(
    "an e-mail address",
    Pattern("@"),
    Pattern(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}([a-z]{2,24})(?![\w-]|\.\w)", _I),
    2,
)
# Nobody's: hosts of Git and addresses that nobody reads; and what has an @ in its name without being an address.
NOBODY = Pattern(r"(?:git|hg|svn|no-?reply|do-?not-?reply|postmaster)@", _I)
RESERVED_DOMAIN = Pattern(r"[@.](?:example(?:\.(?:com|net|org|edu))?|test|invalid|localhost)$", _I)
FILE_ENDINGS = words(
    """
    css gif html ico jpeg jpg js json jsx lock log md mjs mount path pdf png py scope service slice socket svg
    target timer toml ts tsx txt webp xml yaml yml zip
    """
)

TELEPHONE = Sign(
    "a telephone number",
    Pattern(r"\+[1-9]"),
    Pattern(r"(?<![\w+./-])\+[1-9](?:[ ().-]{0,2}\d){8,14}(?![\w%]|[.,:]\d)"),
    3,
)
# Set aside for films and documentation, and figures in groups of three.
NO_TELEPHONE = Pattern(r"\+1\D*(?:\d{3}\D*)?555\D*01\d\d$|\+\d{1,3}(?:[ ,.]\d{3})*[ ,.]000$")

IP_V4 = Sign(
    "an IP address",
    Pattern(r"\.\d{1,3}\.\d"),
    Pattern(
        r"(?<![\w.-])(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?![\w-]|\.\w)"
    ),
)
IP_V6 = Sign(
    "an IP address",
    Pattern(r":(?<=[0-9A-Fa-f]{4}:)[0-9A-Fa-f:]"),
    Pattern(r"(?<![\w:.])(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe80):[0-9a-f:]{2,39}(?![\w:])", _I),
)
# What else has four numbers: the words before it say so.
NUMBERED = Pattern(
    r"(?:\b(?:v|ver|build|driver|patch|section|clause|control|req|article|chapter|step|table|figure|annex|dss|oid)"
    r"|§)[\s.:]*\Z|\b(?:versions?|releases?|firmware|requirements?|upgrad\w+|downgrad\w+)\b(?:[^.]|\.\d){0,40}\Z",
    re.IGNORECASE,
)
# Documentation, this host, link-local with the clouds' metadata service, masks, and whole private ranges.
UNTELLING_NETWORKS = (
    "0.0.0.0/8",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "192.0.2.0/24",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "255.0.0.0/8",
    "2001:db8::/32",
)
UNTELLING_RANGES = Pattern(r"(?:10\.0\.0\.0/8|172\.16\.0\.0/12|192\.168\.0\.0/16|100\.64\.0\.0/10)\b")
# Services that the world knows by their address.
KNOWN_SERVICES = words("1.1.1.1 1.0.0.1 8.8.8.8 8.8.4.4 9.9.9.9 2606:4700:4700::1111 2001:4860:4860::8888")

PRIVATE_HOST = Sign(
    "a private host name",
    Pattern(r"\.(?:internal|local|corp|lan|intranet|home\.arpa)", _I),
    Pattern(
        r"(?<![\w.@$-])(?<!(?<![:/])/)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}"
        r"(?:internal|local|localdomain|corp|lan|intranet|home\.arpa)(?![\w-]|\.\w|\()",
        _I,
    ),
)
# Names that are the same everywhere, files, places in programs, and a factor of the vocabulary.
KNOWN_HOSTS = Pattern(
    r"^(?:metadata\.google\.internal|(?:host|gateway)\.docker\.internal|kubernetes(?:\.[\w-]+)*\.cluster\.local"
    r"|(?:svc\.)?cluster\.local|(?:rc|env|settings|config|thread|threading|window|example|hosts)\.local"
    r"|(?:java|javax|jdk|sun|com|org|net|io|github|pkg)\.[\w.-]*internal|communication\.internal)$",
    _I,
)

HINTS = {
    "secret": (
        "revoke it first, because it is exposed once committed; then remove it from the file and the history"
    ),
    "a telephone number": "say whose it is instead: “the on-call number”",
    "an e-mail address": "say whose it is instead: “the security team's mailbox”; examples end in @example.org",
    "an IP address": (
        "say what it belongs to instead: “the replica”; for examples use 192.0.2.0/24 or 2001:db8::/32"
    ),
    "a private host name": "say what runs there instead: “the build server”",
}
