"""P02: secrets and personal data in records that may be published."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.audience import disclosures as signs
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import EVERY_STATUS, Applies, Problem, RuleContext
from postmortems.rules.text.prose import lowered
from postmortems.source import Span

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator
    from ipaddress import IPv4Network, IPv6Network

    from postmortems.record import Postmortem
    from postmortems.rules.audience.disclosures import Sign
    from postmortems.source import Source


@rule(
    code="P02",
    name="nothing-confidential",
    severity=Severity.ERROR,
    family="publication",
    summary=(
        "A record marked CLEAR contains a secret, an e-mail address, a telephone number, an IP "
        "address or a private host name"
    ),
    why="""Anyone may read a CLEAR record, including attackers, and publication can't be undone. None of these
    details is needed to understand what happened.""",
    remedy="""Revoke a secret first, then remove it from the file and the history. Say whose address or number it
    is instead: “the on-call number”, “the replica”. For examples, use what is reserved for them: example.org,
    192.0.2.0/24, 2001:db8::/32. If a record needs such details, give it a stricter `tlp`.""",
    bad="summary: The replica at 198.18.7.21 answered for the primary, and writes were lost.",
    good="summary: The replica answered for the primary, and writes were lost.",
    applies=Applies(statuses=EVERY_STATUS),  # the file of a withdrawn one is still read where the files are
)
def nothing_confidential(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """Nothing in the file of a record for everyone is a secret or leads to people and machines."""
    if record.tlp != "CLEAR":
        return
    taken: list[tuple[int, int]] = []
    for sign, start, end in _disclosures(record.source):
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue  # the address in a secret is not told apart from it
        taken.append((start, end))
        text = record.source.text[start:end]
        if text in context.conventions.vocabulary.factors:  # `communication.internal` is no host
            continue
        shown = f" ({text[: sign.shown]}…)" if sign.shown else ""
        yield Problem(
            _span(record.source, start, end),
            f"{sign.what}{shown} stands in a record that anyone may read",
            signs.HINTS.get(sign.what, signs.HINTS["secret"]),
            secret=True,
        )


def _disclosures(source: Source) -> Iterator[tuple[Sign, int, int]]:
    """The matches in a file with their offsets, secrets first."""
    text = source.text
    kinds: list[tuple[Sign, Callable[[re.Match[str]], bool]]] = [(sign, _is_secret) for sign in signs.SECRETS]
    if _is_assigned(source):
        kinds.append((signs.PASSWORD, _is_secret))
    kinds += [
        (signs.E_MAIL, _is_somebodys),
        (signs.TELEPHONE, _is_telephone),
        (signs.PRIVATE_HOST, _is_private_host),
        (signs.IP_V4, _is_telling_address),
        (signs.IP_V6, _is_telling_address),
    ]
    for sign, is_meant in kinds:
        if sign is signs.PASSWORD or sign.hint.search(text):
            for match in sign.pattern.finditer(text):
                if is_meant(match):
                    yield sign, match.start(sign.group), match.end(sign.group)


def _is_assigned(source: Source) -> bool:
    """Whether any word for a password stands before a colon or an equals sign."""
    text = lowered(source.text)
    for stem in signs.PASSWORD_STEMS:
        at = text.find(stem)
        while at >= 0:
            if signs.PASSWORD.hint.match(text, at):
                return True
            at = text.find(stem, at + 1)
    return False


def _is_secret(match: re.Match[str]) -> bool:
    """Whether it is one by its form; a password has none, so it must not look like a word of the sentence."""
    password = match[1] if match.re.groups else ""
    return not password or bool(signs.LOOKS_RANDOM.match(password) and not signs.PLACEHOLDER.search(password))


def _is_somebodys(match: re.Match[str]) -> bool:
    return not (
        match[1].lower() in signs.FILE_ENDINGS
        or signs.NOBODY.match(match[0])
        or signs.RESERVED_DOMAIN.search(match[0])
    )


def _is_telephone(match: re.Match[str]) -> bool:
    return not signs.NO_TELEPHONE.search(match[0])


def _is_private_host(match: re.Match[str]) -> bool:
    return not signs.KNOWN_HOSTS.match(match[0])


def _is_telling_address(match: re.Match[str]) -> bool:
    """Whether an address leads to a machine of someone's, and is no version or number of a chapter."""
    from ipaddress import ip_address

    text = match.string
    if match[0] in signs.KNOWN_SERVICES or signs.UNTELLING_RANGES.match(text, match.start()):
        return False
    if signs.NUMBERED.search(" ".join(text[max(0, match.start() - 60) : match.start()].split()) + " "):
        return False
    try:
        address = ip_address(match[0].rstrip(":"))
    except ValueError:
        return False
    return not any(address in network for network in _untelling() if network.version == address.version)


@cache
def _untelling() -> tuple[IPv4Network | IPv6Network, ...]:
    from ipaddress import ip_network

    return tuple(ip_network(network) for network in signs.UNTELLING_NETWORKS)


def _span(source: Source, start: int, end: int) -> Span:
    line_start = source.text.rfind("\n", 0, start) + 1
    return Span(source.text.count("\n", 0, start) + 1, start - line_start + 1, end - line_start + 1)
