"""Collects the answers, from flags or from a person, and writes the draft that they make."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortems.cli.context import as_of, conventions_of, from_here, open_knowledge_base, print_findings
from postmortems.cli.drafts.answers import Answers
from postmortems.cli.drafts.prompts import ask, is_terminal
from postmortems.cli.drafts.questions import NAMES, Question, is_asked, question
from postmortems.cli.drafts.template import render_draft
from postmortems.cli.error_handling import Failure
from postmortems.corpus import Library
from postmortems.findings import Severity
from postmortems.record import is_record_id, read_postmortem
from postmortems.record.naming import date_text_of
from postmortems.rules import judge
from postmortems.runtime.atomic_files import create_files
from postmortems.source import MomentError, parse_moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from postmortems.conventions import Conventions, KnowledgeBase
    from postmortems.findings import Finding

_ANY_PATH = "incidents/2026/2026-03-31-draft.md"


def write_draft(given: Mapping[str, str], root: Path | None, *, may_ask: bool, to_stdout: bool) -> None:
    """Write a draft from the answers that flags gave and, where one may ask, from a person's.

    Raises Failure or UsageError, with nothing written, where an answer is missing or can't be used, or where the
    id is taken.
    """
    base = open_knowledge_base(root)
    desk = DraftSession(base, conventions_of(base), as_of(), may_ask and is_terminal())
    if desk.interactive:
        click.echo("Answer what you know. Enter ? to see what a question means; Ctrl-C stops.", err=True)
    answers = desk.collect(given)
    faults = desk.errors(answers)
    if faults:
        print_findings(base, faults)
        raise Failure("nothing was written, because the draft would fail `postmortems check`")
    text = render_draft(answers, desk.conventions)
    if to_stdout:
        click.echo(text.encode("utf-8"), nl=False)
    else:
        _write(base, answers, text)


@dataclass(frozen=True, slots=True)
class DraftSession:
    """Where a draft is made: for which knowledge base, at what time, and whether there is someone to ask."""

    base: KnowledgeBase
    conventions: Conventions
    at: datetime
    interactive: bool

    @property
    def today(self) -> date:
        """Today, where the author is."""
        return self.at.astimezone().date()

    def collect(self, given: Mapping[str, str]) -> Answers:
        """All answers, in the order of the questions; raises UsageError for one that is missing or unusable."""
        answers = Answers()
        missing: list[str] = []
        for name in NAMES:
            asked = question(name, answers, self.conventions, self.today)
            if name not in given and not is_asked(name, answers):
                continue
            typed = self._answer(asked, answers, given)
            if typed:
                answers = answers.having(name, asked.meant(typed))
            elif asked.required:
                missing.append(asked.flag)
        if missing:
            # The short name follows from the title, so it is not missed for itself.
            flags = [flag for flag in missing if flag != "--slug" or "--title" not in missing]
            raise click.UsageError(f"Missing {', '.join(flags)}: without a terminal, no questions are asked.")
        return answers

    def _answer(self, asked: Question, answers: Answers, given: Mapping[str, str]) -> str:
        """The answer to one question; empty where it stays open."""
        if self.interactive and asked.name not in given:
            return ask(asked, lambda typed: self.problem(asked, answers, typed))
        typed = given.get(asked.name, "").strip() or asked.default
        problem = self.problem(asked, answers, typed) if typed else ""
        if problem:
            raise click.BadParameter(problem, param_hint=asked.flag)
        return typed

    def problem(self, asked: Question, answers: Answers, typed: str) -> str:
        """What is wrong with an answer, in words for its author; empty where nothing is."""
        try:
            typed.encode()
        except UnicodeEncodeError:  # bytes of a command line that are not UTF-8
            return "it is not UTF-8"
        now = answers.having(asked.name, asked.meant(typed))
        value = getattr(now, asked.name)
        message = asked.problem(value) if isinstance(value, str) else ""
        message = message or self._problem_of_name(asked.name, now)
        if message or asked.name in {"date", "slug"}:
            return message
        before = {(fault.code, fault.message) for fault in self.errors(answers)}
        new = [fault for fault in self.errors(now) if (fault.code, fault.message) not in before]
        return "; ".join(
            ": ".join(filter(None, (fault.message, fault.help))) for fault in new if fault.code[0] != "Q"
        )

    def _problem_of_name(self, name: str, answers: Answers) -> str:
        """What is wrong with the date or the short name, which make the file's name."""
        if name == "date":
            try:
                moment = parse_moment(answers.date)
            except MomentError as error:
                return f"{error}; write YYYY-MM-DD, or YYYY-MM, or YYYY"
            if moment.precision.has_clock:
                return "a date has no clock time; that goes with --started"
            # A day ahead is still today somewhere.
            return f"{answers.date} is in the future" if moment.day > self.today + timedelta(days=1) else ""
        if name == "slug":
            # After a month, the number of `12-monkeys` would read as a day.
            if not is_record_id(answers.id) or date_text_of(answers.id) != answers.date:
                return f"`{answers.id}` is not a date and a name in lower case, such as 2026-03-31-late-parcels"
            taken = _same_id(self.base, answers.id)
            if taken:
                return f"{from_here(self.base, self.base.shown(taken))} has the id `{answers.id}` already"
        return ""

    def errors(self, answers: Answers) -> list[Finding]:
        """The errors that a check would find in the draft that these answers make."""
        data = render_draft(answers, self.conventions).encode("utf-8")
        # The first questions come before there is a name; without one, the rules would not be asked.
        path = answers.path if is_record_id(answers.id) else _ANY_PATH
        reading = read_postmortem(path, data, self.conventions)
        findings = judge(Library((reading,), ()), self.conventions, self.at)
        return [finding for finding in findings if finding.severity is Severity.ERROR]


def _write(base: KnowledgeBase, answers: Answers, text: str) -> None:
    path = base.root / answers.path
    try:
        create_files({path: text.encode()})
    except FileExistsError as error:
        raise Failure(f"nothing was written: {error.filename} already exists") from error
    shown = from_here(base, answers.path)
    click.echo(shown)
    click.echo(
        f"Next: replace or delete each hint. `postmortems check {shown}` says what is missing,\n"
        "and `mkdocs serve` shows the page. When it is ready, set `status: in-review` or `published`.",
        err=True,
    )


def _same_id(base: KnowledgeBase, record_id: str) -> Path | None:
    """The file or folder that has an id already, in whatever case and year."""
    for folder, names, leaves in os.walk(base.incidents):
        for name in (*names, *leaves):
            if name.removesuffix(".md").lower() == record_id:
                return Path(folder, name)
    return None
