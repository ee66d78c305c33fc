"""Whether it happened before: what an editor relates to a post-mortem, what it repeats, and what is like it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.related.text_similarity import Likeness, LikenessIndex
from postmortems.repeats import RepeatIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postmortems.conventions import Vocabulary
    from postmortems.corpus import Corpus
    from postmortems.record import Postmortem
    from postmortems.repeats import Repeat

MOST = 5
_REFERRING = 10


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another post-mortem beside one: `relation` is what its editor says, or empty, and `likeness` what we find.

    `repeats` are the actions of the earlier of the two that were to prevent the later one.
    """

    record: Postmortem
    earlier: bool
    relation: str = ""
    repeats: tuple[Repeat, ...] = ()
    likeness: Likeness | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    """A post-mortem whose editor relates it to another, and as what."""

    record: Postmortem
    relation: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What stands beside a post-mortem, in the order in which it is shown: at most `MOST`, or all that is related.

    `referring` are the newest of the `referring_count` that relate themselves to it and that it does not name.
    """

    neighbours: tuple[Neighbour, ...] = ()
    referring: tuple[Referral, ...] = ()
    referring_count: int = 0


class Similarity:
    """The post-mortems of a corpus, ready to be asked what stands beside each, or beside a draft or a text."""

    def __init__(self, corpus: Corpus, vocabulary: Vocabulary) -> None:
        """Index the records of a corpus. Of withdrawn ones only an editor may speak."""
        self._corpus = corpus
        self._records = corpus.by_id
        self._likeness = LikenessIndex(corpus.records, vocabulary)
        self._repeats = RepeatIndex(corpus.records)
        self._referring: dict[str, list[Referral]] = defaultdict(list)
        self._unrelated: dict[str, set[str]] = defaultdict(set)
        for record in corpus.records:
            for relation in record.related:
                self._referring[relation.id].append(Referral(record, relation.kind))
            for other in record.not_related:
                self._unrelated[record.id].add(other)
                self._unrelated[other].add(record.id)

    def neighbourhoods(self) -> Iterator[tuple[str, Neighbourhood]]:
        """What stands beside each record, by its id."""
        compared = dict(self._likeness.all(MOST, self._settled))
        for record in self._corpus.records:
            yield record.id, self._around(record, compared.get(record.id, ()), MOST)

    def beside(self, record: Postmortem, most: int = MOST) -> Neighbourhood:
        """What stands beside a record, which need not be of the corpus."""
        alike = self._likeness.of(record, most, self._settled(record)) if record.counts else ()
        return self._around(record, alike, most)

    def like_text(self, text: str, most: int = MOST) -> tuple[Likeness, ...]:
        """The records whose words are like those of a text."""
        return self._likeness.of_text(text, most)

    def _around(self, record: Postmortem, alike: Iterable[Likeness], most: int) -> Neighbourhood:
        """Related ones first, as an editor ordered them; then repeats, after a fix first; then the most alike."""
        unrelated = self._unrelated_to(record)
        likeness = {like.record.id: like for like in alike}
        shown: dict[str, str] = {
            relation.id: relation.kind
            for relation in record.related
            if relation.id in self._records and relation.id not in unrelated
        }
        referring = [
            referral
            for referral in self._referring.get(record.id, ())
            if referral.record.id not in shown and referral.record.id not in unrelated
        ]
        referred = {referral.record.id for referral in referring}
        for other in (*self._repeated(record, unrelated, most), *likeness):
            if len(shown) < most and other not in referred:
                shown.setdefault(other, "")
        return Neighbourhood(
            tuple(
                self._neighbour(record, self._records[other], relation, likeness.get(other))
                for other, relation in shown.items()
            ),
            tuple(referring[:_REFERRING]),
            len(referring),
        )

    def _neighbour(
        self, record: Postmortem, other: Postmortem, relation: str, likeness: Likeness | None
    ) -> Neighbour:
        earlier = (other.date_text, other.id) < (record.date_text, record.id)
        repeats = (*self._repeats.between(record, other), *self._repeats.between(other, record))
        return Neighbour(other, earlier, relation, repeats, likeness)

    def _repeated(self, record: Postmortem, unrelated: set[str], most: int) -> Iterator[str]:
        """The ids of the newest incidents that a record repeats, those whose action was done before it first."""
        repeats: dict[str, bool] = {}
        for repeat in self._repeats.repeats_of(record):
            earlier = repeat.earlier.id
            if earlier not in unrelated:
                repeats[earlier] = repeats.get(earlier, False) or repeat.after_fix
            if len(repeats) > most:
                break
        return iter(sorted(repeats, key=lambda earlier: not repeats[earlier]))

    def _unrelated_to(self, record: Postmortem) -> set[str]:
        """The ids of those that an editor of either says are not related."""
        return {*record.not_related, *self._unrelated.get(record.id, ())}

    def _settled(self, record: Postmortem) -> set[str]:
        """The ids of those about which an editor has spoken, so that nothing is left to find."""
        referring = self._referring.get(record.id, ())
        return {
            *(relation.id for relation in record.related),
            *(referral.record.id for referral in referring),
            *self._unrelated_to(record),
        }
