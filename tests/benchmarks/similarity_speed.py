"""What it costs to compare all post-mortems of a library with each other: processor time and memory.

Run it by `python tests/benchmarks/similarity_speed.py --records 10000`; `--words 40000` replaces the few sentences
of the made-up records by random words, as often as words of a language are, which is nearer to a real library.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import random
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from making_records import make_knowledge_base

from postmortems.conventions import load_conventions
from postmortems.corpus import Audience, Corpus, open_corpus, read_library

if TYPE_CHECKING:
    from postmortems.conventions import Vocabulary

_SYLLABLES = [a + b for a, b in itertools.product("bcdfghjklmnprstvz", "aeiou")]


@dataclasses.dataclass(frozen=True)
class Cost:
    """Of how many records, how many neighbours they have, in seconds of the processor, and MiB added."""

    records: int
    neighbours: int
    seconds: float
    memory: float


def library(folder: Path, count: int, words: int) -> tuple[Corpus, Vocabulary]:
    """A made-up corpus; with `words`, its texts are of so many different ones."""
    base = make_knowledge_base(folder / str(count), count)
    conventions, findings = load_conventions(base)
    assert conventions, findings
    corpus = open_corpus(read_library(base, conventions), conventions, Audience.ORGANISATION)
    if words:
        chance = random.Random(count)
        known = [_word(number) for number in range(words)]
        weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(words)))

        def text(length: int) -> str:
            return " ".join(chance.choices(known, cum_weights=weights, k=length))

        records = tuple(
            dataclasses.replace(
                record,
                title=text(8),
                summary=text(40),
                source=dataclasses.replace(record.source, body=text(350)),
            )
            for record in corpus.records
        )
        corpus = Corpus(corpus.audience, records, ())
    return corpus, conventions.vocabulary


def _word(number: int) -> str:
    number, syllables = number + 1000, []
    while number:
        number, rest = divmod(number, len(_SYLLABLES))
        syllables.append(_SYLLABLES[rest])
    return "".join(syllables)


def measured(corpus: Corpus, vocabulary: Vocabulary) -> Cost:
    """Compare all records with each other, once what is needed for it is loaded."""
    from postmortems.analysis.related.related_incidents import Similarity

    before, start = _memory(), time.process_time()
    found = dict(Similarity(corpus, vocabulary).neighbourhoods())
    seconds = time.process_time() - start
    neighbours = sum(len(around.neighbours) for around in found.values())
    return Cost(len(corpus.records), neighbours, seconds, _memory() - before)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What comparing all post-mortems costs.")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postmortems-bench-") as name:
        for count in sorted({max(options.records // 10, 1), options.records}):
            cost = measured(*library(Path(name), count, options.words))
            print(
                f"{cost.records:8,} records: {cost.seconds:6.2f} s, {1000 * cost.seconds / cost.records:.2f} ms,"
                f" {cost.memory:.0f} MiB more, {cost.neighbours:,} neighbours",
                flush=True,
            )


if __name__ == "__main__":
    main()
