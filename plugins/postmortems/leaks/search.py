"""Search files for secrets."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from postmortems.leaks.automaton import Automaton, spellings
from postmortems.leaks.opening import contents
from postmortems.leaks.secrets import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from postmortems.leaks.secrets import Secret

# Files of programs: letters between their signs are names in code, not words.
_PROGRAMS = (".js", ".mjs", ".css", ".map", ".wasm", ".woff2", ".woff")
# A letter or digit beside a word belongs to it, unless an escape such as \n or %20 ends there.
_ESCAPE = re.compile(rb"(?:\\[nrtbf]|\\u[0-9A-Fa-f]{4}|%[0-9A-Fa-f]{2})\Z")
_PART = re.compile(rb"[A-Za-z0-9_\x80-\xff]")
_JOINED = b"-."


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret that stands in a file: where, of which kind, and of which record. It does not hold the secret."""

    file: str
    place: str
    kind: Kind
    path: str

    def __str__(self) -> str:
        """The leak in a line, without the secret."""
        return f"{self.file}, {self.place}: {self.kind} of {self.path}"


def find_leaks(
    root: Path, secrets: Sequence[Secret], shown_ids: frozenset[str], in_use: Callable[[Secret], bool]
) -> Iterator[Leak]:
    """Search all files below a folder, and their names; one leak for each file, kind and record.

    `in_use` says of a word or text whether it is in use apart from post-mortems; it is asked about what is found.
    """
    if not secrets:
        return
    search = _Search(secrets, shown_ids, in_use)
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        found = {(leak.kind, leak.path): leak for leak in search.leaks(path.relative_to(root).as_posix(), path)}
        yield from found.values()


class _Search:
    """Secrets to search for, and what was learnt of them on the way."""

    def __init__(
        self, secrets: Sequence[Secret], shown_ids: frozenset[str], in_use: Callable[[Secret], bool]
    ) -> None:
        self._secrets = {secret.text: secret for secret in secrets}
        self._automaton = Automaton(list(self._secrets), spellings)
        self._longer = _longer_ids([secret.text for secret in secrets if secret.kind == Kind.ID], shown_ids)
        self._in_use = cache(in_use)

    def leaks(self, file: str, path: Path) -> Iterator[Leak]:
        """All leaks in one file, the first ones last."""
        for how, data in (("in its name", file.encode()), *contents(path.read_bytes())):
            for text, start, end in self._automaton.find(data):
                secret = self._secrets[text]
                if self._counts(secret, data, start, end, program=file.endswith(_PROGRAMS)):
                    yield Leak(file, _place(data, start, how), secret.kind, secret.path)

    def _counts(self, secret: Secret, data: bytes, start: int, end: int, *, program: bool) -> bool:
        """Whether what was found is the secret, and no part of a longer word or id, and not in use elsewhere."""
        if secret.kind == Kind.ID:
            return not any(data.startswith(other, start) for other in self._longer.get(secret.text, ()))
        if secret.kind == Kind.WORD:
            letters = secret.text.isalpha()
            if (letters and program) or not _is_whole(data, start, end, joined=b"" if letters else _JOINED):
                return False
        return not self._in_use(secret)


def _is_whole(data: bytes, start: int, end: int, *, joined: bytes) -> bool:
    """Whether a word stands by itself; `joined` are the signs that join it to another."""
    before, after = data[max(start - 6, 0) : start], data[end : end + 2]
    if _PART.match(after) or (after[:1] in (joined[:1], joined[1:]) and _PART.match(after, 1)):
        return False
    return not (_PART.match(before[-1:]) or (before and before[-1:] in joined)) or bool(_ESCAPE.search(before))


def _longer_ids(withheld: list[str], shown: frozenset[str]) -> dict[str, list[bytes]]:
    """The shown ids that begin with a withheld one."""
    beginnings = set(withheld)
    longer: dict[str, list[bytes]] = defaultdict(list)
    for other in shown:
        for length in range(1, len(other)):
            if other[:length] in beginnings:
                longer[other[:length]].append(other.encode())
    return longer


def _place(data: bytes, start: int, how: str) -> str:
    """Where something stands: the line in a text, the offset in bytes in what is none."""
    if how == "in its name":
        return how
    line = data.count(b"\n", 0, start) + 1
    where = f"byte {start}" if b"\0" in data else f"line {line}, byte {start}"
    return f"{where} {how}".strip()
