"""A knowledge base as one audience may see it, with the time that everything is counted from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.corpus import open_corpus, read_library
from postmortems.runtime.errors import MessageError
from postmortems.texts import load_texts

if TYPE_CHECKING:
    from datetime import datetime

    from postmortems.conventions import Conventions, KnowledgeBase, Policy
    from postmortems.corpus import Audience, Corpus
    from postmortems.record import Postmortem
    from postmortems.texts import Texts


class UnknownRecordError(MessageError):
    """There is no record of this name for the audience; the message says what may have been meant."""


@dataclass(frozen=True, slots=True)
class CorpusView:
    """A knowledge base as it was read for one audience, and the time from which everything is counted.

    `unread` is the number of files with errors, which are not in it.
    """

    base: KnowledgeBase
    conventions: Conventions
    corpus: Corpus
    as_of: datetime
    unread: int = 0

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
        """The record with an id, or the one whose file has this path. Raises UnknownRecordError."""
        wanted = name.removesuffix(".md").removesuffix("/index").rsplit("/", 1)[-1]
        found = self.corpus.by_id.get(wanted)
        if found is None:
            from difflib import get_close_matches

            near = get_close_matches(wanted, self.corpus.by_id, n=1, cutoff=0.5)
            hint = f"\nDid you mean `{near[0]}`?" if near else ""
            raise UnknownRecordError(
                f"there is no post-mortem `{name}` for the audience `{self.corpus.audience.value}`.{hint}\n"
                "`postmortems list` lists them all; use --audience to change the audience."
            )
        return found


def view_of(
    base: KnowledgeBase, conventions: Conventions, audience: Audience, as_of: datetime, *, drafts: bool = False
) -> CorpusView:
    """Read a knowledge base for an audience."""
    library = read_library(base, conventions)
    unread = sum(reading.record is None for reading in library.readings)
    corpus = open_corpus(library, conventions, audience, preview=drafts)
    return CorpusView(base, conventions, corpus, as_of, unread)
