"""The words of a post-mortem by which it can be told from others: stems, without Markdown, code and filler."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from postmortems.record import Postmortem

# What of Markdown is no prose: code, comments, tags, and where links lead.
_NO_PROSE = re.compile(
    r"```.*?```|~~~.*?~~~|`[^`\n]*`|<!--.{0,2000}?-->|<[^<>]*>|\]\([^)\n]{0,2000}\)|https?://\S+", re.DOTALL
)
_WORD = re.compile(r"[^\W\d_][^\W_]{2,}")
_SEEN = 2  # a word of the front matter counts as that many of the body
_READ = 50_000  # characters of a text; what makes it known is said before

# What nearly every post-mortem says, beside the stop words of the language: times, numbers, and its own trade.
COMMON = frozenset(
    """
    second minute hour day week weekend month year date morning noon afternoon evening night today yesterday
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december time early late last past begin begun began start end next since while
    one two three four five six seven eight nine ten twenty thirty hundred thousand million first third half
    few many several number incident outage post mortem postmortem review timeline cause problem issue error
    fault failure fail service system customer user person people team engineer staff report page status alarm
    alert notice find found look see seen saw show shown tell told say said call ask know knew known mean meant
    think thought try make made give gave given take took taken come came go goes went gone keep kept leave
    left let stand stood sent use did does done didn doesn don wasn weren couldn wouldn isn hadn change new old
    like just only still even however because get got work fix possible present wrong right lead led step way put
    full name detail describe serious interest amount front side
    thing kind part case little large small long longer short somebody nobody everybody
    """.split()  # noqa: SIM905 - as a list it would take a page
)

# Words of three letters or more that hold an English sentence together and name nothing; contractions as `_WORD`
# splits them.
ENGLISH = frozenset(
    """
    the and but nor yet for you your yours yourself our ours ourselves his her hers him himself herself its itself
    they them their theirs themselves she who whom whose which what whatever this that these those there here
    are was were been being had has have having will would shall should can could cannot may might must ought
    about above across after again against along among amongst around away because before behind below beneath
    beside besides between beyond down during except from inside into near off onto out outside over per through
    throughout till toward towards under underneath until upon via with within without
    then than thus therefore hence moreover meanwhile otherwise whereas while whether although though unless
    when whenever where wherever why how not never neither none nothing nobody nowhere
    all almost already also always another any anyhow anyone anything anyway anywhere both each either else
    elsewhere enough ever every everyone everything everywhere few fewer former formerly further furthermore
    indeed instead latter latterly least less mainly more most mostly much namely nearly nevertheless now often
    once other others own perhaps please quite rather really same seem seems seemed seeming several some somehow
    someone something sometime sometimes somewhere soon such together too very well whole
    become becomes becoming became etc thereafter thereby therein whereby wherein
    eleven twelve fifteen fifty forty sixty
    ain aren couldn hasn haven hadn isn mustn needn shan shouldn weren won wouldn
    """.split()  # noqa: SIM905 - as a list it would take a page
)


class Stems(dict[str, str]):
    """The stem of each word that was met, `promot` of `promoted`; empty for words that tell nothing apart."""

    def __init__(self, stop_words: Collection[str]) -> None:
        """Start with what tells nothing apart: the stop words of the language, and what all post-mortems say."""
        import snowballstemmer

        super().__init__()
        self._stem = snowballstemmer.stemmer("english").stemWord
        self._filler = frozenset(map(self._stem, (*stop_words, *COMMON)))

    def __missing__(self, word: str) -> str:
        """Stem a word that was not met before."""
        stem = self._stem(word)
        self[word] = "" if stem in self._filler else stem
        return self[word]

    def of(self, text: str) -> list[str]:
        """The stems of a text in Markdown, one for each word that tells something."""
        prose = _NO_PROSE.sub(" ", text[:_READ]).lower()
        return [stem for word in _WORD.findall(prose) if (stem := self[word])]

    def of_record(self, record: Postmortem) -> list[str]:
        """The stems of a post-mortem; those of its front matter stand twice, before the body's."""
        return self.of("\n".join(_front(record))) * _SEEN + self.of(record.body)

    def spoken(self) -> dict[str, str]:
        """A word for each stem: of those that were met, the shortest, then the first by the alphabet."""
        words: dict[str, str] = {}
        for word, stem in sorted(self.items(), key=lambda entry: (len(entry[0]), entry[0])):
            if stem:
                words.setdefault(stem, word)
        return words


def _front(record: Postmortem) -> Iterable[str]:
    """What the front matter says in sentences."""
    yield from (record.title, record.summary, record.trigger.note, record.detection.how)
    yield from (factor.statement for factor in record.factors)
    yield from (lesson.text for lesson in record.lessons)
    yield from (entry.what for entry in record.timeline)
    yield from (impact.text for impact in record.impact.levels.values())
