"""The author's prose: texts of fields and paragraphs of the body.

What is quoted, code, a comment or an address is masked: it is not the author's wording. A mask is as long as what
it hides, so that places stay right.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from postmortems.rules.engine.places import first_written
from postmortems.rules.text.narrative import narrative_of
from postmortems.runtime.patterns import Pattern
from postmortems.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from postmortems.record import Postmortem
    from postmortems.source import Pointer, Source

_MASK = "\0"
_COMMENT = Pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# Bounded, so that a mark that is never closed costs no more than its neighbourhood.
_MASKED = Pattern(
    r"`[^`]{1,500}`"
    r"|“[^“”]{1,1000}”|„[^„“”]{1,1000}[“”]|«[^«»]{1,1000}»|\"[^\"]{1,1000}\""
    r"|(?<!\w)‘[^‘]{1,1000}?’(?!\w)|(?<!\w)'[^']{1,1000}?'(?!\w)"
    r"|\]\([^()\s]{1,1000}\)|\b[a-z]{2,10}://\S{1,2000}|<[a-zA-Z/][^<>]{0,500}>"
)
_MAY_BE_MASKED = Pattern(r"[`“„«\"‘<]|(?<!\w)'|://|\]\(")
# A line that starts something of its own: a list item, a heading, a row of a table.
_STARTS_ANEW = Pattern(r"\s*(?:[-*+] |\d{1,3}[.)] |#|\|)")
_QUOTE = Pattern(r"\s{0,3}>")


class Passage(NamedTuple):
    """A piece of prose: the text of a field, or lines of the body that belong together.

    `text` is masked; `at` is the field's pointer, or the number of the first line in the file. `written` is the
    text without masks.
    """

    text: str
    at: Pointer | int
    written: str


@lru_cache(maxsize=1)  # several rules ask for the text of the same record, one after the other
def lowered(text: str) -> str:
    """The text with A to Z in lower case, for a cheap look whether an English word can be there at all."""
    return text.encode().lower().decode()  # a fifth of the time of `text.lower()` where any letter is not ASCII


def passages(record: Postmortem, pattern: Pattern, stems: Sequence[str]) -> Iterator[Passage]:
    """The prose of a record in which a pattern may be found: its fields first, then its body.

    One of the stems, in lower case, is in every text that the pattern is found in: to look for them is cheap.
    """
    yield from _holding(pattern, stems, field_texts(record))
    yield from _holding(pattern, stems, _paragraphs(record.source.body, record.source.body_line))


def statement_passages(record: Postmortem, pattern: Pattern, stems: Sequence[str]) -> Iterator[Passage]:
    """The statements of the factors in which a pattern may be found."""
    yield from _holding(pattern, stems, _statements(record))


def _holding(
    pattern: Pattern, stems: Sequence[str], texts: Iterable[tuple[Pointer | int, str]]
) -> Iterator[Passage]:
    for at, text in texts:
        lower = text.lower()
        if any(stem in lower for stem in stems) and pattern.search(text):
            yield Passage(_masked(text), at, text)


def place_in(record: Postmortem, passage: Passage, start: int, end: int) -> Span:
    """Where a part of a passage stands in the file; of several lines, the part on the first."""
    if isinstance(passage.at, int):
        line = passage.at + passage.text.count("\n", 0, start)
        before = passage.text.rfind("\n", 0, start) + 1
        stop = passage.text.find("\n", start, end)
        return Span(line, start - before + 1, (end if stop < 0 else stop) - before + 1)
    return _place_in_field(record.source, passage, passage.at, start, end)


def _place_in_field(source: Source, passage: Passage, pointer: Pointer, start: int, end: int) -> Span:
    """Where a field's words stand: found again in its lines, since YAML may have folded them."""
    value = source.place(pointer)
    words = passage.written[start:end].split()
    if not words:
        return value
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    lines = source.text.split("\n")
    begin = sum(len(line) + 1 for line in lines[: value.line - 1]) + value.column - 1
    nth = sum(1 for match in pattern.finditer(passage.written) if match.start() < start)
    for i, match in enumerate(pattern.finditer(source.text, begin)):
        if i == nth:
            line = source.text.count("\n", 0, match.start()) + 1
            column = match.start() - (source.text.rfind("\n", 0, match.start()) + 1) + 1
            return Span(line, column, column + len(match[0].split("\n", 1)[0].rstrip()))
    return value


def field_texts(record: Postmortem) -> Iterator[tuple[Pointer, str]]:
    """Every text that an author worded, with its place; ids, addresses and words of a list are none."""
    yield from ((pointer, text) for pointer, text in _all_texts(record) if text)


def _all_texts(record: Postmortem) -> Iterator[tuple[Pointer, str]]:
    yield ("title",), record.title
    yield ("summary",), record.summary
    yield from _texts_of_events(record)
    yield from _statements(record)
    yield from _texts_of_review(record)
    yield from _texts_of_actions(record)
    for i, conflict in enumerate(record.conflicts):
        yield ("conflicts", i), conflict
    for i, acceptance in enumerate(record.accepted):
        yield ("accepted", i, "reason"), acceptance.reason
    for i, amendment in enumerate(record.amended):
        yield ("amended", i, "what"), amendment.what
        yield ("amended", i, "why"), amendment.why


def _texts_of_events(record: Postmortem) -> Iterator[tuple[Pointer, str]]:
    yield ("trigger", "note"), record.trigger.note
    yield ("detection", "how"), record.detection.how
    for name, moment in record.times.items():
        yield ("times", name, "note"), moment.note
    for i, entry in enumerate(record.timeline):
        yield ("timeline", i, "what"), entry.what
    for name, level in record.impact.levels.items():
        yield ("impact", name, "text"), level.text
    for i, figure in enumerate(record.impact.figures):
        yield ("impact", "figures", i, "what"), figure.what


def _texts_of_review(record: Postmortem) -> Iterator[tuple[Pointer, str]]:
    for group, assessments in (("evaluation", record.evaluation), ("questions", record.questions)):
        for name, assessment in assessments.items():
            yield (group, name, "note"), assessment.note
    for area, change in record.changes.items():
        yield ("questions", "what-should-change", area), change
    for i, lesson in enumerate(record.lessons):
        yield first_written(record, ("lessons", i, "text"), ("lessons", i)), lesson.text
    if record.review:
        yield ("review", "facilitator", "role"), record.review.facilitator
        for name, attendance in record.review.groups.items():
            yield ("review", "groups", name, "not-needed"), attendance.reason


def _statements(record: Postmortem) -> Iterator[tuple[Pointer, str]]:
    for i, factor in enumerate(record.factors):
        yield first_written(record, ("factors", i, "statement"), ("factors", i)), factor.statement


def _texts_of_actions(record: Postmortem) -> Iterator[tuple[Pointer, str]]:
    yield ("no_actions_reason",), record.no_actions_reason
    for i, action in enumerate(record.actions):
        yield ("actions", i, "title"), action.title
        yield ("actions", i, "done_when"), action.done_when
        yield ("actions", i, "reason"), action.reason
        for j, slip in enumerate(action.slips):
            yield ("actions", i, "slips", j, "reason"), slip.reason
        if action.result:
            yield ("actions", i, "result", "note"), action.result.note


def _masked(text: str) -> str:
    if not _MAY_BE_MASKED.search(text):
        return text
    return _MASKED.sub(lambda match: _blank(match[0]), text)


def _blank(text: str) -> str:
    return "\n".join(_MASK * len(line) for line in text.split("\n")) if "\n" in text else _MASK * len(text)


@lru_cache(maxsize=1)
def _paragraphs(body: str, first_line: int) -> tuple[tuple[int, str], ...]:
    """The paragraphs, headings, list items and table rows of a body, each with the line of the file it starts on.

    Without code, comments and block quotes.
    """
    code = {line.number - first_line for line in narrative_of(body, first_line).lines if line.code}
    lines = ["" if i in code else line for i, line in enumerate(body.split("\n"))]
    if "<!--" in body:
        lines = _COMMENT.sub(lambda match: _blank(match[0]), "\n".join(lines)).split("\n")
    paragraphs: list[tuple[int, str]] = []
    start, in_quote = 0, False
    for i, line in enumerate([*lines, ""]):
        is_blank = not line.strip(" \t\0")
        in_quote = not is_blank and (in_quote or bool(_QUOTE.match(line)))
        ends = is_blank or in_quote or _STARTS_ANEW.match(line) or (i and lines[i - 1].startswith("#"))
        if ends:
            written = "\n".join(lines[start:i])
            if written.strip():
                paragraphs.append((first_line + start, written))
            start = i + 1 if is_blank or in_quote else i
    return tuple(paragraphs)
