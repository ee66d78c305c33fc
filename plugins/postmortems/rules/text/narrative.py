"""The body of a record as rules look at it: its sections, and the hints that the scaffold left."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from postmortems.source import Span

if TYPE_CHECKING:
    from postmortems.source import Source

_FENCE = re.compile(r"\s*(`{3,}|~{3,})(.*)")
_UNDERLINE = re.compile(r"(=+|-+) *\Z")
_HINT = re.compile(r"<!--\s*hint:")


class Line(NamedTuple):
    """A line of the body without its comments; `code` is true inside a fence."""

    number: int
    text: str
    code: bool = False


@dataclass(slots=True)
class BodySection:
    """What stands under a heading; `title` is in lower case, `heading` the heading's place in the file."""

    title: str
    heading: Span
    has_text: bool = False
    has_hint: bool = False


@dataclass(slots=True)
class Narrative:
    """The lines of a body, and the places of the hints in it; line numbers are those of the file."""

    lines: list[Line] = field(default_factory=list)
    hints: list[Span] = field(default_factory=list)


def read_narrative(source: Source) -> Narrative:
    """Take the comments out of a body, but for those that fenced code shows."""
    return narrative_of(source.body, source.body_line)


@lru_cache(maxsize=1)  # several rules look at the same body, one after the other
def narrative_of(body: str, first_line: int) -> Narrative:
    """The narrative of a body that starts on a line of its file."""
    narrative = Narrative()
    fence, in_comment = "", False
    for number, text in enumerate(body.split("\n"), first_line):
        mark = _FENCE.match(text) if not in_comment and ("```" in text or "~~~" in text) else None
        if fence:
            closes = mark and mark[1].startswith(fence) and not mark[2].strip()
            narrative.lines.append(Line(number, text, code=True))
            fence = "" if closes else fence
        elif mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence = mark[1]
            narrative.lines.append(Line(number, text, code=True))
        elif in_comment or "<!--" in text:
            rest, in_comment = _without_comments(text, number, narrative, in_comment=in_comment)
            narrative.lines.append(Line(number, rest))
        else:
            narrative.lines.append(Line(number, text))
    return narrative


def _without_comments(text: str, number: int, narrative: Narrative, *, in_comment: bool) -> tuple[str, bool]:
    """The text outside comments, and whether a comment goes on beyond the line; notes the hints on the way."""
    kept, position = "", 0
    while position < len(text):
        mark = "-->" if in_comment else "<!--"
        start = text.find(mark, position)
        if start < 0:
            break
        if not in_comment:
            kept += text[position:start]
            if _HINT.match(text, start):
                end = text.find("-->", start)
                narrative.hints.append(Span(number, start + 1, end + 4 if end >= 0 else len(text.rstrip()) + 1))
        position, in_comment = start + len(mark), not in_comment
    return kept if in_comment else kept + text[position:], in_comment


def sections(narrative: Narrative) -> list[BodySection]:
    """The sections, in their order; deeper headings stand within them."""
    body_sections: list[BodySection] = []
    current: BodySection | None = None
    hinted = {span.line for span in narrative.hints}
    lines = narrative.lines
    for i, line in enumerate(lines):
        level, title = _heading(lines, i)
        if level in {1, 2}:  # the page has its title already, so a first-level heading counts as a section's
            current = BodySection(_normal(title), Span(line.number, 1, len(line.text.rstrip()) + 1))
            body_sections.append(current)
        elif current and level == 0:
            current.has_hint |= line.number in hinted
            current.has_text |= bool(line.text.strip()) and not _UNDERLINE.match(line.text)
    return body_sections


def _heading(lines: list[Line], i: int) -> tuple[int, str]:
    """The level of the heading on a line, 0 for none, and its text."""
    line = lines[i]
    if line.code or not line.text.strip():
        return 0, ""
    # As in Python-Markdown: at the start of the line, with or without a space after the marks.
    if line.text.startswith("#"):
        title = line.text.lstrip("#")
        return min(len(line.text) - len(title), 6), title.rstrip(" \t#")
    starts_block = i == 0 or not lines[i - 1].text.strip()
    if starts_block and i + 1 < len(lines) and (under := _UNDERLINE.match(lines[i + 1].text)):
        return (1 if under[1][0] == "=" else 2), line.text
    return 0, ""


def _normal(title: str) -> str:
    """A heading for comparison: lower case, one space between words, without attributes and emphasis."""
    title = title.rstrip()
    if title.endswith("}"):
        title = title.rpartition("{")[0]
    return " ".join(title.strip(" \t*_`").lower().split())
