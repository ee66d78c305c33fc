"""What commands that answer questions read: the corpus, as one audience may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from postmortems.cli.check.request import default_audience
from postmortems.cli.context import as_of, conventions_of, open_knowledge_base
from postmortems.cli.error_handling import Failure
from postmortems.corpus import Audience, open_corpus, read_library
from postmortems.texts import load_texts

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from postmortems.conventions import Conventions, KnowledgeBase, Policy
    from postmortems.corpus import Corpus
    from postmortems.record import Postmortem
    from postmortems.texts import Texts


@dataclass(frozen=True, slots=True)
class CorpusView:
    """A knowledge base as it was read for one audience, and the time from which everything is counted."""

    base: KnowledgeBase
    conventions: Conventions
    corpus: Corpus
    as_of: datetime

    @property
    def policy(self) -> Policy:
        """The policy of the knowledge base."""
        return self.conventions.policy

    @property
    def records(self) -> tuple[Postmortem, ...]:
        """The records that the audience may see, newest first."""
        return self.corpus.records

    @property
    def texts(self) -> Texts:
        """The words of the interface in the language of the knowledge base."""
        return load_texts(self.policy.language, self.conventions.texts)

    def record(self, name: str) -> Postmortem:
        """The record with an id, or the one whose file has this path. Raises Failure where there is none."""
        wanted = name.removesuffix(".md").removesuffix("/index").rsplit("/", 1)[-1]
        found = self.corpus.by_id.get(wanted)
        if found is None:
            from difflib import get_close_matches

            near = get_close_matches(wanted, self.corpus.by_id, n=1, cutoff=0.5)
            hint = f"\nDid you mean `{near[0]}`?" if near else ""
            raise Failure(
                f"there is no post-mortem `{name}` for the audience `{self.corpus.audience.value}`.{hint}\n"
                "`postmortems list` lists them all; use --audience to change the audience."
            )
        return found


def read_for(
    root: Path | None, audience: str | None, *, drafts: bool = False, as_on_site: bool = False
) -> CorpusView:
    """Read the knowledge base at `root`, or the one around this folder, for an audience.

    By default that is the public under CI, else the organisation; `as_on_site` the one that the policy names for
    the site. Files with errors are not counted; how many they are is said on standard error. Raises Failure where
    there is no knowledge base.
    """
    base = open_knowledge_base(root)
    conventions = conventions_of(base)
    library = read_library(base, conventions)
    faulty = sum(reading.record is None for reading in library.readings)
    if faulty:
        verb = "file has errors and is" if faulty == 1 else "files have errors and are"
        click.echo(f"Note: {faulty} {verb} not counted; run `postmortems check` for details.", err=True)
    usual = conventions.policy.audience if as_on_site else _usual_audience()
    corpus = open_corpus(library, conventions, Audience(audience or usual), preview=drafts)
    return CorpusView(base, conventions, corpus, as_of())


def _usual_audience() -> Audience:
    return Audience.PUBLIC if default_audience() == "public" else Audience.ORGANISATION
