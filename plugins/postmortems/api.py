"""What other programs can ask of a knowledge base. Import it from `postmortems`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from postmortems.checking import CheckResult, check_files
from postmortems.conventions import KnowledgeBase, find_knowledge_base, load_conventions
from postmortems.corpus import Audience
from postmortems.corpus_view import CorpusView, view_of
from postmortems.rules import all_rules, known_rules
from postmortems.runtime import clock
from postmortems.runtime.errors import MessageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from postmortems.conventions import Conventions
    from postmortems.findings import Finding, Rule


class KnowledgeBaseError(MessageError):
    """There is no knowledge base, or its conventions have errors; `findings` are these errors."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


def open_knowledge_base(path: str | Path = ".") -> KnowledgeBase:
    """The knowledge base that holds a folder: the nearest one above it with `incidents/`.

    Raises KnowledgeBaseError where there is none.
    """
    base = find_knowledge_base(Path(path))
    if base is None:
        raise KnowledgeBaseError(f"neither {path} nor any parent contains incidents/")
    return base


def check(
    base: KnowledgeBase,
    paths: Sequence[str | Path] = (),
    *,
    audience: str | None = None,
    due: bool = False,
    as_of: datetime | None = None,
) -> CheckResult:
    """Check post-mortems as `postmortems check` does: all, or those of some files and folders.

    `audience` is `public`, `organisation` or `strict`: messages name no record that it may not see. `due` adds the
    rules that depend on the day. `as_of` is an aware datetime, by default now or SOURCE_DATE_EPOCH. Raises
    KnowledgeBaseError, NothingToCheckError, BrokenPluginError, and ValueError for an unknown audience.
    """
    return check_files(
        base,
        _conventions(base),
        [Path(path) for path in paths] or [base.incidents],
        as_of=as_of or clock.as_of(),
        audience=Audience(audience) if audience else None,
        due=due,
    )


def read_corpus(
    base: KnowledgeBase, audience: str, *, drafts: bool = False, as_of: datetime | None = None
) -> CorpusView:
    """Read the records that an audience may see: `public`, `organisation` or `strict`.

    `drafts` adds drafts. Everything is counted from `as_of`, an aware datetime, by default now or
    SOURCE_DATE_EPOCH. Raises KnowledgeBaseError, and ValueError for an unknown audience.
    """
    return view_of(base, _conventions(base), Audience(audience), as_of or clock.as_of(), drafts=drafts)


def list_rules(base: KnowledgeBase | None = None) -> Mapping[str, Rule]:
    """The rules by code, those of plug-ins among them, and with a knowledge base its own requirements.

    Raises KnowledgeBaseError and BrokenPluginError.
    """
    return all_rules(_conventions(base)) if base else known_rules()


def compute_figures(
    corpus: CorpusView,
    sections: Collection[str] = (),
    *,
    since: date | None = None,
    severities: Collection[str] = (),
    services: Collection[str] = (),
) -> dict[str, object]:
    """The organisation's figures by section, as `postmortems stats --json` prints them.

    `sections` are names such as `timing` or `follow-through`; without any, all of them. The others narrow down
    which incidents count. Durations are in seconds, shares from 0 to 1; `n` is the sample size, `low` and `high`
    the bounds of the 95 % interval. Needs the extra `site`. Raises ValueError for an unknown section.
    """
    from postmortems.analysis.statistics.selection import Selection
    from postmortems.figures import SECTIONS, Asked, figures_document

    unknown = set(sections) - set(SECTIONS)
    if unknown:
        raise ValueError(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    asked = Asked(corpus, Selection(since, frozenset(severities), frozenset(services)))
    return figures_document(
        asked, [make(asked) for name, make in SECTIONS.items() if name in (sections or SECTIONS)]
    )


def _conventions(base: KnowledgeBase) -> Conventions:
    conventions, findings = load_conventions(base)
    if conventions is None:
        raise KnowledgeBaseError(f"the conventions in {base.schemas} have errors", findings)
    return conventions
