"""Before a build: the knowledge base read and judged, and what of it this site may show."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from mkdocs.exceptions import PluginError

from postmortems.conventions import KnowledgeBase, load_conventions, shipped_schemas
from postmortems.corpus import Audience, open_corpus, read_library
from postmortems.due_date_history import DueDateLog, due_dates, read_due_date_log
from postmortems.findings import Severity, Tally, render_finding, render_summary
from postmortems.leaks import secrets_of
from postmortems.rules import judge
from postmortems.site import Faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mkdocs.config.defaults import MkDocsConfig

    from postmortems.conventions import Conventions
    from postmortems.corpus import Corpus, Library
    from postmortems.due_date_history import DueDates
    from postmortems.findings import Finding
    from postmortems.leaks import Secret

log = logging.getLogger("mkdocs.plugins.postmortems")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The input of a build. `withheld` are paths of records that this site may not name.

    `due_dates` are those of the corpus; `due_date_log` is kept only so that a preview need not read it again.
    `secrets` are what the leak check searches for; a preview has none.
    """

    base: KnowledgeBase
    conventions: Conventions
    corpus: Corpus
    faults: Faults
    as_of: datetime
    withheld: frozenset[str]
    due_dates: DueDates
    due_date_log: DueDateLog
    secrets: tuple[Secret, ...]


def knowledge_base(config: MkDocsConfig) -> KnowledgeBase:
    """The knowledge base of a site: the folder of its `mkdocs.yml`."""
    path = config.config_file_path
    return KnowledgeBase(Path(path).resolve().parent if path else Path.cwd())


def docs_place(config: MkDocsConfig, base: KnowledgeBase) -> str:
    """The place of the hand-written pages in the knowledge base, such as `docs`; empty where they lie outside."""
    docs, root = Path(config.docs_dir).resolve(), base.root.resolve()
    return docs.relative_to(root).as_posix() if docs.is_relative_to(root) else ""


def own_templates(config: MkDocsConfig) -> Path | None:
    """The folder of a knowledge base's own templates: `postmortems` in the theme's `custom_dir`."""
    custom = config.theme.custom_dir
    folder = Path(custom) / "postmortems" if custom else None
    return folder if folder and folder.is_dir() else None


def language_fault(config: MkDocsConfig, language: str) -> str:
    """The conflict between the theme's language and the policy's; empty if there is none.

    A theme without a language of its own, and one beside the English interface, are let be.
    """
    spoken = str(config.theme.get("language") or "")
    if not spoken or language == "en" or spoken.partition("-")[0] == language:
        return ""
    return (
        f"the policy asks for the language `{language}`, and the theme speaks `{spoken}`, which pages would call "
        f"theirs: set `language: {language}` under `theme` in mkdocs.yml"
    )


def prepare(
    config: MkDocsConfig, audience: str, as_of: datetime, *, preview: bool, before: Prepared | None
) -> Prepared:
    """Read and judge everything.

    In a build, errors raise a PluginError that lists them, but for those of post-mortems that the site's audience
    may not see: it only counts these. In a preview they are logged, and the site shows them; conventions that
    can't be read are replaced by those of the build before, or the shipped ones.
    """
    base = knowledge_base(config)
    conventions, broken = load_conventions(base)
    if conventions is None:
        if not preview:
            raise PluginError(_listed(broken, 0))
        log.info("%s", _listed(broken, 0))
        conventions = before.conventions if before else _shipped()
    library = read_library(base, conventions)
    chosen = Audience(audience or (Audience.ORGANISATION if preview else conventions.policy.audience))
    findings = judge(library, conventions, as_of, audience=chosen)
    errors = [finding for finding in findings if finding.severity == Severity.ERROR]
    if errors and not preview:
        raise PluginError(_listed_for(chosen, errors, library))
    if preview and findings:
        log.info("%s", _listed(findings, len(library.readings)))
    corpus = open_corpus(library, conventions, chosen, preview=preview)
    faults = _faults(library, [*broken, *findings]) if preview else Faults({})
    shown = {record.source.path for record in (*corpus.records, *corpus.tombstones)}
    withheld = frozenset(reading.path for reading in library.readings) - shown
    whole = len(library.readings)
    log.info("%d of %d post-mortems are withheld from this site's audience (%s)", len(withheld), whole, chosen)
    history = _due_date_log(base, conventions, corpus, before)
    secrets = () if preview else secrets_of(library, corpus, list(_texts_of_conventions(base)))
    dates = due_dates(history, corpus)
    return Prepared(base, conventions, corpus, faults, as_of, withheld, dates, history, secrets)


def _texts_of_conventions(base: KnowledgeBase) -> Iterator[str]:
    for folder in (base.schemas, shipped_schemas()):
        for path in sorted(folder.glob("*.yaml")):
            yield path.read_text(encoding="utf-8", errors="replace")


def _due_date_log(
    base: KnowledgeBase, conventions: Conventions, corpus: Corpus, before: Prepared | None
) -> DueDateLog:
    """The history of due dates, where there are actions of one's own that can have one."""
    if not any(record.provenance == "first-hand" and record.actions for record in corpus.records):
        return DueDateLog()
    history = read_due_date_log(base, conventions, before.due_date_log if before else None)
    if history.reason:
        log.debug("The history of due dates is not known: %s", history.reason)
    return history


def _shipped() -> Conventions:
    conventions, findings = load_conventions(KnowledgeBase(shipped_schemas().parent))
    if conventions is None:  # the tests hold the shipped files to their schemas
        raise PluginError(_listed(findings, 0))
    return conventions


def _faults(library: Library, findings: list[Finding]) -> Faults:
    """The findings by where they are shown: on a page of their own, or on that of the record."""
    by_path: dict[str, list[Finding]] = defaultdict(list)
    noted: dict[str, list[Finding]] = defaultdict(list)
    whole = {reading.path for reading in library.readings if reading.record}
    for finding in findings:
        if finding.path in whole:
            noted[finding.path].append(finding)
        else:  # conventions have no page, so their findings get one beside their place
            by_path[f"{finding.path.removesuffix('.md')}.md"].append(finding)
    return Faults(_frozen(by_path), _frozen(noted))


def _listed_for(audience: Audience, errors: list[Finding], library: Library) -> str:
    """The errors in what an audience may see, and how many more there are: a log may be read by all of it.

    A post-mortem whose mark can't be read is withheld, as everywhere.
    """
    open_paths = {record.source.path for record in library.lenient_records if record.tlp in audience.admitted}
    shown = [finding for finding in errors if finding.path in open_paths]
    withheld = len(errors) - len(shown)
    if not withheld:
        return _listed(errors, len(library.readings))
    files = len({finding.path for finding in errors} - open_paths)
    count = f"{withheld} {'error' if withheld == 1 else 'errors'} in {files} {'file' if files == 1 else 'files'}"
    more = (
        f"Not shown here: {count} that the audience of this site ({audience}) may not see, or whose mark can't be "
        "read. `postmortems check` shows all.\n"
    )
    return f"{_listed(shown, len(library.readings))}\n{more}" if shown else more


def _frozen(by_path: dict[str, list[Finding]]) -> dict[str, tuple[Finding, ...]]:
    return {path: tuple(findings) for path, findings in by_path.items()}


def _listed(findings: list[Finding], files: int) -> str:
    shown = "\n\n".join(render_finding(finding) for finding in findings)
    return click.unstyle(f"{shown}\n\n{render_summary(Tally.of(findings), files)}\n")
