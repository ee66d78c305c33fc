"""How alike two post-mortems are, by their words and by what their fields have in common.

Each post-mortem is a row of one sparse matrix, and the likeness of two is the product of their rows, from 0 to 1.
A row has five parts, whose shares of the likeness are `SHARES`. Words count by TF-IDF, only the `WORDS` that tell
most of a post-mortem, at a length of one, so that a long text has no more of a say than a short one. A factor,
service, trigger or class counts by how rare it is: what half of the library shares makes nothing alike.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from postmortems.analysis.related.tokenise import ENGLISH, Stems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from postmortems.conventions import Vocabulary
    from postmortems.record import Postmortem

SHARES: Mapping[str, float] = {"words": 0.55, "factor": 0.25, "service": 0.10, "trigger": 0.07, "class": 0.03}
LEAST = 0.16
"""Below this likeness two post-mortems are not shown as alike."""
LEAST_WORDS = 0.10
"""The same for a text without fields, of the words alone."""
WORDS = 60
_EVERYWHERE = 0.2  # words of more than this share of a large library tell nothing apart
_SHOWN_WORDS = 4
_CHUNK = 256
_EXACT = 4  # decimals of a likeness; below them is chance
_NOTHING = frozenset({"", "unknown", "none"})


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another post-mortem, how alike it is from 0 to 1, and what the two have in common, the most telling first.

    `services` are of the same organisation; `incident_class` is empty for what both are by default.
    """

    record: Postmortem
    score: float
    factors: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    trigger: str = ""
    incident_class: str = ""
    words: tuple[str, ...] = ()


class LikenessIndex:
    """All post-mortems of a corpus that count, ready to be compared with each other, a draft or a text."""

    def __init__(self, records: Iterable[Postmortem], vocabulary: Vocabulary) -> None:
        """Index the records; their order does not matter."""
        self.records: Sequence[Postmortem] = sorted(
            (record for record in records if record.counts), key=lambda record: record.id
        )
        self._rows = {record.id: row for row, record in enumerate(self.records)}
        self._text = _Text()
        self._marks = _Marks(self.records, vocabulary)
        self._matrix = _joined(self._text.learned(self.records), self._marks.rows(self.records))

    def all(
        self, most: int, without: Callable[[Postmortem], Collection[str]]
    ) -> Iterator[tuple[str, tuple[Likeness, ...]]]:
        """The id of each record, and at most so many that are like it but for those whose ids `without` gives."""
        for start in range(0, len(self.records), _CHUNK):
            chunk = self.records[start : start + _CHUNK]
            rows = self._matrix[start : start + _CHUNK]
            scores = (rows @ self._matrix.T).toarray()
            for i, record in enumerate(chunk):
                left_out = {record.id, *without(record)}
                yield record.id, self._likenesses(rows[i : i + 1], scores[i], LEAST, most, left_out)

    def of(self, record: Postmortem, most: int, without: Collection[str] = ()) -> tuple[Likeness, ...]:
        """At most so many records that are like one, which need not be of the corpus, the most alike first."""
        if not self.records:
            return ()
        row = _joined(self._text.rows([self._text.stems.of_record(record)]), self._marks.rows([record]))
        scores = (row @ self._matrix.T).toarray()[0]
        return self._likenesses(row, scores, LEAST, most, {record.id, *without})

    def of_text(self, text: str, most: int) -> tuple[Likeness, ...]:
        """At most so many records whose words are like those of a text, the most alike first."""
        if not self.records:
            return ()
        words = self._text.rows([self._text.stems.of(text)]) / SHARES["words"]
        row = _joined(words, sparse.csr_array((1, len(self._marks.names))))
        scores = (row @ self._matrix.T).toarray()[0]
        return self._likenesses(row, scores, LEAST_WORDS, most, ())

    def _likenesses(
        self, row: Any, scores: Any, least: float, most: int, without: Collection[str]
    ) -> tuple[Likeness, ...]:
        """The best of the scores of a row; equal ones in the order of their ids."""
        for record_id in without:
            if record_id in self._rows:
                scores[self._rows[record_id]] = 0
        if len(scores) > most:  # sorting all would take most of the time
            least = max(least, np.partition(scores, -most)[-most])
        places = np.flatnonzero(scores >= least - 10**-_EXACT)
        exact = scores[places].round(_EXACT)
        order = np.argsort(-exact, kind="stable")[:most]
        shares = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        return tuple(
            self._explained(int(places[i]), float(exact[i]), shares)
            for i in order
            if exact[i] >= round(least, _EXACT)
        )

    def _explained(self, other: int, score: float, shares: Mapping[int, float]) -> Likeness:
        """What makes a record like a row whose values are `shares`, by column."""
        start, end = self._matrix.indptr[other : other + 2]
        columns, values = self._matrix.indices[start:end].tolist(), self._matrix.data[start:end].tolist()
        common = [
            (-value * shares[column], column)
            for column, value in zip(columns, values, strict=True)
            if column in shares
        ]
        width = len(self._text.words)
        words = nsmallest(_SHOWN_WORDS, (entry for entry in common if entry[1] < width))
        marks = [self._marks.names[column - width] for _, column in sorted(common) if column >= width]
        shared = {
            kind: [mark.removeprefix(f"{kind}=") for mark in marks if mark.startswith(f"{kind}=")]
            for kind in SHARES
        }
        return Likeness(
            self.records[other],
            score,
            factors=tuple(shared["factor"]),
            services=tuple(value.partition("\n")[2] for value in shared["service"]),
            trigger=next(iter(shared["trigger"]), ""),
            incident_class=next((name for name in shared["class"] if name != "operational"), ""),
            words=tuple(self._text.words[column] for _, column in words),
        )


def _joined(words: Any, marks: Any) -> Any:
    """Rows of words and of marks as rows of both, each with its share."""
    return sparse.hstack([words * math.sqrt(SHARES["words"]), marks], format="csr")


def _matrix(rows: Iterable[tuple[Any, Any]], width: int) -> Any:
    """A sparse matrix of rows, each its columns and their values."""
    columns, values = [], []
    for row_columns, row_values in rows:
        columns.append(np.asarray(row_columns, dtype=np.int32))
        values.append(np.asarray(row_values, dtype=float))
    starts = np.cumsum([0, *map(len, columns)], dtype=np.int32)
    parts = (np.concatenate([*values, []]), np.concatenate([*columns, np.empty(0, np.int32)]), starts)
    return sparse.csr_array(parts, shape=(len(columns), width))


class _Text:
    """The words of records as rows of TF-IDF; a column is a stem, and `words` has a word for each."""

    def __init__(self) -> None:
        self.stems = Stems(ENGLISH)
        self.words: list[str] = []
        self._columns: dict[str, int] = {}
        self._rarity: Any = np.empty(0)

    def learned(self, records: Sequence[Postmortem]) -> Any:
        """Learn the words of records, and how common each is; a row for each record."""
        said = [Counter(self.stems.of_record(record)) for record in records]
        used_by = Counter(stem for counts in said for stem in counts)
        most = max(_EVERYWHERE * len(said), min(len(said), 100))
        known = sorted(stem for stem, count in used_by.items() if count <= most)
        self._columns = {stem: column for column, stem in enumerate(known)}
        counts = np.array([used_by[stem] for stem in known], dtype=float)
        self._rarity = np.log((1 + len(said)) / (1 + counts)) + 1
        spoken = self.stems.spoken()
        self.words = [spoken[stem] for stem in known]
        return _matrix(map(self._weighed, said), len(known))

    def rows(self, said: Iterable[Iterable[str]]) -> Any:
        """A row for each list of stems, of length one: the `WORDS` that tell most, the first by the alphabet."""
        return _matrix((self._weighed(Counter(stems)) for stems in said), len(self.words))

    def _weighed(self, counts: Counter[str]) -> tuple[Any, Any]:
        """The columns of the stems that tell most, and what each weighs: (1 + ln count) times its rarity."""
        known = [stem for stem in counts if stem in self._columns]
        columns = np.array([self._columns[stem] for stem in known], dtype=np.int32)
        weights = (1 + np.log([counts[stem] for stem in known])) * self._rarity[columns]
        best = np.lexsort((columns, -weights.round(9)))[:WORDS]
        best = best[np.argsort(columns[best])]
        return columns[best], weights[best] / (np.linalg.norm(weights[best]) or 1)


class _Marks:
    """Factors, services, triggers and classes of records as rows; a column is a mark of `names`."""

    def __init__(self, records: Sequence[Postmortem], vocabulary: Vocabulary) -> None:
        # How many values there may be, so that few records do not make what they share seem common.
        kinds = {"factor": len(vocabulary.factors), "service": 10, "trigger": len(vocabulary.triggers), "class": 6}
        counts = Counter(mark for record in records for mark in _marks_of(record))
        total = {kind: len(records) + values for kind, values in kinds.items()}
        self._rarity = {
            mark: 1 - math.log(count + 1) / math.log(total[mark.partition("=")[0]])
            for mark, count in counts.items()
        }
        self.names = sorted(counts)
        self._columns = {mark: column for column, mark in enumerate(self.names)}

    def rows(self, records: Iterable[Postmortem]) -> Any:
        """A row for each record."""
        weighed = ({self._columns[mark]: by for mark, by in self._weighed(record).items()} for record in records)
        return _matrix(
            ((sorted(row), [row[column] for column in sorted(row)]) for row in weighed), len(self.names)
        )

    def _weighed(self, record: Postmortem) -> dict[str, float]:
        """The marks of a record by how much they weigh.

        With rarities r of its marks of a kind, each weighs r * sqrt(2 / (1 + the sum of r squared)): one mark
        alone, as rare as can be, is the whole share of its kind, and each of many a part of it.
        """
        rarities = {mark: self._rarity[mark] for mark in _marks_of(record) if mark in self._rarity}
        weights: dict[str, float] = {}
        for kind, share in SHARES.items():
            of_kind = {mark: rarity for mark, rarity in rarities.items() if mark.startswith(f"{kind}=")}
            scale = math.sqrt(2 * share / (1 + sum(rarity**2 for rarity in of_kind.values())))
            weights |= {mark: rarity * scale for mark, rarity in of_kind.items()}
        return weights


def _marks_of(record: Postmortem) -> Iterator[str]:
    """What a record may share with another, `kind=value`, each once; services with its own organisation only."""
    yield from (f"factor={name}" for name in {factor.factor for factor in record.factors} - _NOTHING)
    yield from (f"service={record.organisation}\n{service}" for service in set(record.services))
    yield from (f"trigger={kind}" for kind in {record.trigger.kind} - _NOTHING)
    yield f"class={record.incident_class}"
