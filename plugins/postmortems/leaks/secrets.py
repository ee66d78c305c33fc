"""What an audience may not see, as texts to search a site for.

Withheld is what the records as read hold and the records as shown don't: all of a record that is not shown, the
redacted fields of one that is, comments. Where the same text is shown elsewhere it is no secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from postmortems.leaks.automaton import Automaton
from postmortems.leaks.vocabulary import Vocabulary, telling_words
from postmortems.record.build import written_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from postmortems.corpus import Corpus, Library
    from postmortems.record import Postmortem
    from postmortems.source import Value

# Shorter texts are judged by their words, since innocent texts hold the same: "Service manager" is no secret of
# the one record that names one, unless this record withholds just that.
_LEAST_TEXT = 8
_FEWEST_WORDS = 2
_FEWEST_WORDS_OF_MANY = 4
_MOST_TEXT = 60


class Kind(StrEnum):
    """What a secret is, as messages name it."""

    ID = "the id"
    TITLE = "the title"
    TEXT = "a withheld text"
    WORD = "a word that only withheld text has"


@dataclass(frozen=True, slots=True)
class Secret:
    """Something to search for, and the path of the record that it is from."""

    kind: Kind
    text: str
    path: str


def secrets_of(library: Library, corpus: Corpus, conventions: Sequence[str]) -> tuple[Secret, ...]:
    """What a corpus withholds of a library; `conventions` are texts that are no secret either."""
    shown = [text for record in (*corpus.records, *corpus.tombstones) for text in _shown_of(record)]
    public = (*shown, *conventions)
    found: dict[str, Secret] = {}
    for secret in (*_ids(library, corpus), *_phrases(library, corpus, public), *_words(library, public)):
        found.setdefault(secret.text, secret)
    return tuple(found.values())


def _ids(library: Library, corpus: Corpus) -> Iterator[Secret]:
    for reading in library.readings:
        if reading.id in corpus.references.withheld:
            yield Secret(Kind.ID, reading.id, reading.path)


def _phrases(library: Library, corpus: Corpus, public: Sequence[str]) -> Iterator[Secret]:
    """Titles and other texts of fields that stand in nothing public."""
    seen = set(public)
    found: list[Secret] = []
    for record in library.records:
        gone = record.id in corpus.references.withheld
        for text in _fields_of(record):
            is_title = gone and text == record.title
            fewest = _FEWEST_WORDS if is_title or not gone else _FEWEST_WORDS_OF_MANY
            if text not in seen and _is_phrase(text, fewest):
                seen.add(text)
                kind = Kind.TITLE if is_title else Kind.TEXT
                found.append(Secret(kind, " ".join(text.split())[:_MOST_TEXT], record.source.path))
    said = Automaton([secret.text for secret in found], _as_is).found_in(public)
    return (secret for secret in found if secret.text not in said)


def _words(library: Library, public: Sequence[str]) -> Iterator[Secret]:
    """Words that no public text has; what stands between spaces is looked at once, since most of it recurs."""
    seen = {chunk for text in public for chunk in text.split()}
    vocabulary = Vocabulary(seen)
    for record in library.records:
        chunks = {chunk for text in (*_fields_of(record), record.source.body) for chunk in text.split()} - seen
        seen |= chunks
        said = telling_words(" ".join(sorted(chunks)))
        for word in sorted(said | {word.lower() for word in said}):
            if not vocabulary.has(word):
                yield Secret(Kind.WORD, word, record.source.path)


def _fields_of(record: Postmortem) -> Iterator[str]:
    """The texts of a record's fields as read, but for the list of what is redacted."""
    for name, value in written_out(record.source.meta).items():
        if name != "redacted":
            yield from _leaves(value)


def _shown_of(record: Postmortem) -> Iterator[str]:
    """The texts of a record as shown."""
    yield record.id
    yield from _leaves(record.source.meta)
    yield record.source.body


def _leaves(value: Value | Mapping[str, Value]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _leaves(item)


def _is_phrase(text: str, fewest: int) -> bool:
    return len(text) >= _LEAST_TEXT and (len(text.split()) >= fewest or "://" in text)


def _as_is(text: str) -> tuple[bytes]:
    return (text.encode(),)
