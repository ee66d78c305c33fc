"""What tells a finding from others in the next run, when lines have moved."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postmortems.findings.finding import Finding


def with_fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Give every finding a fingerprint of 64 hexadecimal digits that no other of the same list has.

    It holds the code, the path, the message and the text of the line, but not the line's number: a finding keeps
    it when lines are added above. The second of two that are alike is told apart by being the second.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        parts = (finding.code, finding.path, finding.message, finding.excerpt.strip())
        identity = "\0".join(parts)
        yield finding, _digest(f"{identity}\0{seen[identity]}" if seen[identity] else identity)
        seen[identity] += 1


def _digest(text: str) -> str:
    import hashlib  # most checks print no fingerprint

    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
