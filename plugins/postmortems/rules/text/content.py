"""C rules: the narrative is there, and nothing of the scaffold is left in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortems.findings import Severity, joined
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import BEYOND_DRAFTS, Applies, Problem, RuleContext
from postmortems.rules.text.narrative import Narrative, read_narrative, sections
from postmortems.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from postmortems.record import Postmortem
    from postmortems.source import Source, Value

# What belongs in each section, beyond the structured data.
_REQUIRED: Mapping[str, str] = {
    "Overview": "what happened, so that an outsider can follow",
    "Impact": "who was affected, and how",
    "Response": "how it was noticed, what was tried and what helped",
    "Root causes": "why it could happen, beyond the symptoms",
}
_ALSO_CALLED = {"root cause": "root causes", "causes": "root causes"}
_FIELD_HINT_MARK = "# hint:"
_FIELD_HINT = re.compile(rf"(?:^|\s)({_FIELD_HINT_MARK}.*)")
_IN_QUOTES = " \t\"',]}"


@rule(
    code="C01",
    name="narrative-complete",
    severity=Severity.ERROR,
    family="content",
    summary="A narrative section is missing or empty, or a template hint is left",
    why="""Fields can be counted, but only the narrative explains. A full review says what happened, who was
    affected, how people responded and why it could happen. A leftover hint means that something was never
    written.""",
    remedy="""Write the sections Overview, Impact, Response and Root causes as second-level headings (`##
    Overview`); imported records don't need them. Replace or delete each hint: `<!-- hint: … -->` in the text, `#
    hint: …` among the fields.""",
    bad="""
        ## Overview

        <!-- hint: what happened, in two paragraphs -->
    """,
    good="""
        ## Overview

        The certificate of the card gateway ran out at 10:12, and every card payment failed until it was replaced.
    """,
    applies=Applies(statuses=BEYOND_DRAFTS),
)
def narrative_complete(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """A full review has its sections, and no record has hints left."""
    needs_sections = record.full_review and record.provenance != "imported"
    may_hold_hints = "hint:" in record.source.body
    narrative = read_narrative(record.source) if needs_sections or may_hold_hints else Narrative()
    if needs_sections:
        yield from _section_problems(record.source, narrative)
    hints = [*_hints_among_fields(record.source), *((span, 1) for span in narrative.hints)]
    for span, lines in hints:
        yield Problem(
            span,
            "a template hint is still here" if lines == 1 else f"{lines} lines of template hints are still here",
            "replace or delete the hint, or set `status: draft`",
        )


@rule(
    code="C02",
    name="severity-explained",
    severity=Severity.WARNING,
    family="content",
    summary="The severity was changed, but the question on severity has no note",
    why="""Too low a severity means help came late; too high a severity woke too many people. The next person to
    declare an incident can learn from which it was, and how it was noticed.""",
    remedy="""Add a note to `questions.severity-accurate`: why the first severity was chosen, and why it was
    changed. Otherwise list C02 under `accepted` with the reason.""",
    bad="""
        severity:
          declared: sev3
          final: sev1
        questions:
          detected-quickly: no
          severity-accurate: yes
          right-people-early: yes
          runbook-adequate: yes
          communication-cadence: yes
          evidence-sufficient: yes
          what-should-change:
            alerting: Alarm on the date of expiry.
    """,
    good="""
        severity:
          declared: sev3
          final: sev1
        questions:
          detected-quickly: no
          severity-accurate:
            answer: yes
            note: It was raised within five minutes, when the share of failed payments was known.
          right-people-early: yes
          runbook-adequate: yes
          communication-cadence: yes
          evidence-sufficient: yes
          what-should-change:
            alerting: Alarm on the date of expiry.
    """,
    applies=Applies(provenance=frozenset({"first-hand"}), review="full"),
)
def severity_explained(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """A change of severity is explained where the question is answered; that it is, a requirement asks."""
    declared, final = record.severity.declared, record.severity.final
    answer = record.questions.get("severity-accurate")
    if declared and final and declared != final and answer and not answer.note:
        yield Problem(
            ("questions", "severity-accurate"),
            f"the severity changed from {declared} to {final}, but the answer has no note",
            "add a `note`: why the first severity was chosen, and why it was changed",
            of_key=True,
            needs=("questions.severity-accurate.note",),
        )


def _section_problems(source: Source, narrative: Narrative) -> Iterator[Problem]:
    written = sections(narrative)
    by_title = {
        title: [section for section in written if _proper(section.title) == title.lower()] for title in _REQUIRED
    }
    missing = [title for title, of_title in by_title.items() if not of_title]
    if missing:
        yield Problem(
            Span(source.body_line - 1, 1, 4),  # the line on which the fields end and the narrative begins
            f"the narrative has no section {joined(missing, 'or')}",
            "add " + "; ".join(f"`## {title}` ({_REQUIRED[title]})" for title in missing),
            needs=("provenance",),
        )
    for title, of_title in by_title.items():
        # A hint in the section is reported as a hint.
        if of_title and not any(section.has_text or section.has_hint for section in of_title):
            yield Problem(
                of_title[0].heading,
                f"the section {title} is empty",
                f"write {_REQUIRED[title]}",
                needs=("provenance",),
            )


def _proper(title: str) -> str:
    return _ALSO_CALLED.get(title, title)


def _hints_among_fields(source: Source) -> list[tuple[Span, int]]:
    """Comments of the front matter that are hints: the first of each run of lines, and how many these are.

    The same words inside a text are no comment.
    """
    if _FIELD_HINT_MARK not in source.text:
        return []
    texts = list(_texts(source.whole or source.meta))
    runs: list[tuple[Span, int]] = []
    for number, line in enumerate(source.text.split("\n")[: source.body_line - 1], 1):
        match = _FIELD_HINT.search(line)
        if match and not any(match[1].strip(_IN_QUOTES) in text for text in texts):
            if runs and runs[-1][0].line + runs[-1][1] == number:
                runs[-1] = (runs[-1][0], runs[-1][1] + 1)
            else:
                runs.append((Span(number, match.start(1) + 1, match.end(1) + 1), 1))
    return runs


def _texts(value: Value) -> Iterator[str]:
    """Every text within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from _texts(child)
    elif isinstance(value, list):
        for child in value:
            yield from _texts(child)
