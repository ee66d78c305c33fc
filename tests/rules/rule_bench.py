"""What the tests of the rules share: a knowledge base with registries, and cases read from a folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from postmortems.conventions import Conventions, KnowledgeBase, load_conventions
from postmortems.corpus import Library
from postmortems.history import History, read_earlier
from postmortems.record import read_postmortem
from postmortems.rules import judge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postmortems.corpus import Audience
    from postmortems.findings import Finding
    from postmortems.record import Postmortem, RecordReading

AS_OF = datetime(2026, 6, 1, 12, tzinfo=UTC)
CASES = Path(__file__).parent / "cases"
POLICY = """\
schema: 1
organisation: Example Bank
severities:
  - {id: sev1, label: SEV1}
  - {id: sev2, label: SEV2}
  - {id: sev3, label: SEV3}
  - {id: sev4, label: SEV4}
  - {id: sev5, label: SEV5}
review:
  at_or_above: sev2
services:
  payments:
    label: Payments
    team: platform
  checkout:
    label: Checkout
teams:
  platform:
    label: Platform team
  incident-manager:
    label: Incident manager
audiences_of_lessons:
  - engineering
  - leadership
"""
SMALL = (CASES / "small-record.md").read_text(encoding="utf-8")
FULL = (CASES / "full-record.md").read_text(encoding="utf-8")
EARLIER = (CASES / "earlier-record.md").read_text(encoding="utf-8")
# Other records of the library, for cases to refer to: the first has actions, the third is not for the public, and
# the fourth can't be read.
_NEIGHBOURS = {
    "2026-01-10-checkout-rollout": EARLIER,
    "2026-01-15-gateway-timeouts": SMALL,
    "2026-02-02-gateway-intrusion": SMALL.replace("tlp: CLEAR", "tlp: AMBER"),
    "2026-03-03-unreadable": "---\n",
}

_EXPECT = re.compile(r"^(?:<!--|#) expect: ([A-Z]\d+) (\d+):(\d+) (error|warning|info)(?: -->)?$", re.MULTILINE)
_FILE = re.compile(r"^<!-- file: (\S.*?) -->$", re.MULTILINE)


@cache
def conventions(policy: str = POLICY, vocabulary: str = "") -> Conventions:
    """The shipped conventions, but with this policy, and this vocabulary if one is given."""
    made, findings = load(policy, vocabulary)
    assert made, findings
    return made


def load(policy: str = POLICY, vocabulary: str = "") -> tuple[Conventions | None, list[Finding]]:
    """Load the conventions of a knowledge base that has these files of its own."""
    with TemporaryDirectory() as folder:
        base = KnowledgeBase(Path(folder))
        base.schemas.mkdir()
        for name, text in (("policy.yaml", policy), ("vocabulary.yaml", vocabulary)):
            if text:
                (base.schemas / name).write_text(text, encoding="utf-8")
        return load_conventions(base)


def judge_text(
    text: str | bytes,
    *,
    name: str = "2026-03-31-case.md",
    using: Conventions | None = None,
    as_of: datetime = AS_OF,
    due: bool = False,
    audience: Audience | None = None,
) -> list[Finding]:
    """The findings about one record of a library that holds a few others."""
    using = using or conventions()
    path = f"incidents/2026/{name}"
    reading = read_postmortem(path, text if isinstance(text, bytes) else text.encode(), using)
    library = Library((reading, *_neighbours()), ())
    return judge(library, using, as_of, due=due, audience=audience, only=frozenset({path}))


def judge_change(before: str | bytes, after: str | None, *, name: str = "2026-03-31-case.md") -> list[Finding]:
    """The findings about one record against what it was at a base; without a text of today, its file is gone."""
    path = f"incidents/2026/{name}"
    earlier = read_earlier(path, before if isinstance(before, bytes) else before.encode(), conventions())
    today = [] if after is None else [read_postmortem(path, after.encode(), conventions())]
    changed = frozenset(reading.path for reading in today)
    history = History("origin/main", {earlier.id: earlier}, changed, frozenset({path}) - changed)
    library = Library((*today, *_neighbours()), ())
    found = judge(library, conventions(), AS_OF, history=history)
    return [finding for finding in found if finding.path == path]


@cache
def _neighbours() -> tuple[RecordReading, ...]:
    return tuple(
        read_postmortem(f"incidents/2026/{key}.md", text.encode(), conventions())
        for key, text in _NEIGHBOURS.items()
    )


def read(text: str) -> Postmortem:
    """The record that a text holds."""
    reading = read_postmortem("incidents/2026/2026-03-31-case.md", text.encode(), conventions())
    assert reading.record, reading.findings
    return reading.record


def codes(findings: Iterable[Finding]) -> list[str]:
    """The codes of findings, in their order."""
    return [finding.code for finding in findings]


def with_fields(record: str, fields: str) -> str:
    """A record in which top-level fields are replaced, or added at the end of the front matter."""
    _, front, body = record.split("---\n", 2)
    blocks = _blocks(front) | _blocks(fields)
    return f"---\n{''.join(blocks.values())}---\n{body}"


def without_fields(record: str, *names: str) -> str:
    """A record without some top-level fields."""
    _, front, body = record.split("---\n", 2)
    return f"---\n{''.join(text for name, text in _blocks(front).items() if name not in names)}---\n{body}"


def with_body(record: str, body: str) -> str:
    """A record with another narrative."""
    _, front, _ = record.split("---\n", 2)
    return f"---\n{front}---\n{body}"


def _blocks(front: str) -> dict[str, str]:
    """The lines of each top-level field by its name."""
    blocks: dict[str, str] = {}
    name = ""
    for line in front.splitlines(keepends=True):
        if line[0] not in " -#\n":
            name = line.partition(":")[0]
            while name in blocks:  # a key that stands twice
                name += "'"
        blocks[name] = blocks.get(name, "") + (line if line.endswith("\n") else f"{line}\n")
    return blocks


@dataclass(frozen=True)
class Case:
    """A file of the folder `cases/`: the code it is about, and what is expected of it.

    The file says so itself, in comments at its end: `<!-- expect: T03 12:12 error -->`. A case of the H rules is a
    folder with a `base.md` and a `head.md`, which is lacking where the post-mortem is deleted.
    """

    code: str
    path: Path

    @property
    def is_bad(self) -> bool:
        """Whether something is to be found."""
        return self.path.name.startswith("bad-")

    @property
    def text(self) -> str:
        return (self._head or self._base or self.path).read_text(encoding="utf-8")

    @property
    def _base(self) -> Path | None:
        return self.path / "base.md" if self.path.is_dir() else None

    @property
    def _head(self) -> Path | None:
        head = self.path / "head.md"
        return head if head.is_file() else None

    @property
    def expected(self) -> list[tuple[int, int, str, str]]:
        """Line, column, code and severity of each finding, in the order of the file."""
        return sorted(
            (int(line), int(column), code, grade) for code, line, column, grade in _EXPECT.findall(self.text)
        )

    @property
    def findings(self) -> list[Finding]:
        if self._base and not self._head:
            return judge_change(self._base.read_text(encoding="utf-8"), None)
        return self.findings_with(self.text)

    def findings_with(self, text: str) -> list[Finding]:
        """What would be found if the case had another text."""
        if self.path.name.endswith(".policy.yaml"):
            return load(policy=text)[1]
        if self._base:
            return judge_change(self._base.read_text(encoding="utf-8"), text)
        named = _FILE.search(text)
        name = named[1] if named else f"2026-03-31-{self.path.stem}.md"
        return judge_text(text, name=name, due=self.code.startswith("D"))

    def __str__(self) -> str:
        return f"{self.code}/{self.path.name}"


def cases() -> list[Case]:
    """Every case of the folder."""
    return [Case(path.parent.name, path) for path in sorted(CASES.glob("*/*"))]
