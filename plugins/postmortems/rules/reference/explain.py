"""The explanation of a rule, for its page, for Markdown and for the terminal."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from postmortems.rules.engine.rule import Rule

_SEVERITY_WORDS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Note"}
_FENCE = re.compile(r"^`{3,}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with text under it, code in backticks; `example` is shown as it is, below the text."""

    heading: str
    text: str = ""
    example: str = ""

    @property
    def anchor(self) -> str:
        """The part's name within its page."""
        return self.heading.lower().replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule, explained: a title, what it finds in which records, and the parts."""

    title: str
    severity: str
    summary: str
    scope: str
    parts: tuple[Part, ...]


def explain(rule: Rule) -> Explanation:
    """Say of a rule why it is there, what it finds, what is better, and how to fix or accept it."""
    return Explanation(
        title=f"{rule.code} {rule.name}",
        severity=_SEVERITY_WORDS[rule.severity],
        summary=f"{rule.summary}.",
        scope=_scope(rule),
        parts=(
            Part("Why", rule.why),
            Part("Bad", example=rule.bad),
            Part("Good", example=rule.good),
            Part("How to fix it", rule.remedy),
            _acceptance(rule),
        ),
    )


def _scope(rule: Rule) -> str:
    scope = f"Applies to {rule.applies.describe()}."
    if not rule.blocking:
        scope += " It depends on the date, so only `check --due` reports it, and it never fails the check."
    return scope


def _acceptance(rule: Rule) -> Part:
    heading = "How to accept it"
    if rule.severity is Severity.ERROR:
        return Part(heading, "Errors can't be accepted: an `accepted` entry has no effect.")
    return Part(
        heading,
        "If the record is right as it is, say so in it, with the reason.",
        f"accepted:\n  - rule: {rule.code}\n    reason: Why it is right here.",
    )


def as_markdown(explanation: Explanation) -> str:
    """An explanation as a Markdown document."""
    blocks = [
        f"# {explanation.title}",
        f"**{explanation.severity}.** {explanation.summary} {explanation.scope}",
    ]
    for part in explanation.parts:
        blocks.append(f"## {part.heading}")
        if part.text:
            blocks.append(part.text)
        if part.example:
            blocks.append(_fenced(part.example))
    return "\n\n".join(blocks) + "\n"


def _fenced(example: str) -> str:
    fence = max(["```", *(f"{run}`" for run in _FENCE.findall(example))], key=len)
    return f"{fence}\n{example}\n{fence}"


def as_text(explanation: Explanation, *, width: int = 100, style: Callable[[str], str] = str) -> str:
    """An explanation for a terminal: texts wrapped, examples as they are; headings go through `style`."""
    opening = f"{explanation.severity}. {explanation.summary} {explanation.scope}"
    blocks = [style(explanation.title) + "\n" + textwrap.fill(opening, width)]
    for part in explanation.parts:
        lines = [style(part.heading)]
        if part.text:
            lines.append(textwrap.indent(textwrap.fill(part.text, width - 2), "  "))
        if part.example:
            lines.append(textwrap.indent(part.example, "    "))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"
