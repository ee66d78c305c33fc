"""Puts questions to a person at a terminal, on standard error: standard output is for the result."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from postmortems.cli.drafts.questions import Question


def is_terminal() -> bool:
    """Whether someone can see questions and answer them."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: Question, problem_of: Callable[[str], str]) -> str:
    """Ask until there is an answer that `problem_of` finds nothing wrong with, and return it.

    A question mark shows the explanation. An optional question may be left open: the answer is then empty.
    """
    if question.introduction:
        click.echo(f"{question.text}:\n{question.introduction}", err=True)
    while True:
        typed = click.prompt(
            question.prompt, default=question.default, show_default=bool(question.default), err=True
        ).strip()
        if typed == "?":
            click.echo(question.explanation, err=True)
            continue
        if not typed and not question.required:
            return ""
        problem = problem_of(typed) if typed else f"required: {question.meaning}"
        if not problem:
            return typed
        click.echo(f"  {problem}", err=True)
