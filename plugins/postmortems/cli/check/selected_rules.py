"""Which rules a check reports: those selected, less those ignored, and always those of the shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.rules.structure.shape import SHAPE_RULES
from postmortems.source import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from postmortems.cli.check.request import CheckRequest
    from postmortems.rules import Rule

# Rules look at the sound rest of a file only: without these findings, it would seem to be without fault.
ALWAYS = frozenset(rule.code for rule in SHAPE_RULES)


def selected_codes(request: CheckRequest, rules: Mapping[str, Rule]) -> frozenset[str] | None:
    """The codes of the rules to report, or None for all of them.

    Raises click.UsageError for what is no code, and for what can't be selected or ignored.
    """
    if not request.select and not request.ignore:
        return None
    chosen = frozenset(rules)
    if request.select:
        codes_by_word = {word: _codes("--select", word, rules) for word in request.select}
        for word, codes in codes_by_word.items():
            _check_that_it_runs(word, [rules[code] for code in codes], request)
        chosen = frozenset[str]().union(*codes_by_word.values())
    for word in request.ignore:
        codes = _codes("--ignore", word, rules)
        if codes <= ALWAYS:
            raise click.UsageError(
                f"--ignore: `{word}` can't be ignored: no other rule covers such faults, so the file "
                "would look fine."
            )
        chosen -= codes
    return chosen | ALWAYS


def _check_that_it_runs(word: str, rules: Sequence[Rule], request: CheckRequest) -> None:
    """Refuse to select what would not be looked for: that nothing is found would say nothing."""
    if not request.due and not any(rule.blocking for rule in rules):
        raise click.UsageError(f"--select: `{word}` depends on the date; add --due.")
    if not request.compares and all(rule.family == "history" for rule in rules):
        raise click.UsageError(f"--select: `{word}` compares with a base; add --base.")


def _codes(option: str, word: str, rules: Mapping[str, Rule]) -> frozenset[str]:
    """The codes that a word stands for."""
    codes = frozenset(code for code in rules if code.startswith(word))
    if not codes:
        raise click.UsageError(f"{option}: no rule has the code `{word}`{_suggestion(word, rules.values())}")
    return codes


def _suggestion(word: str, rules: Iterable[Rule]) -> str:
    by_word = {word: rule.code for rule in rules for word in (rule.name, rule.code)}
    if word.lower() in by_word:
        return f"; `{by_word[word.lower()]}` is the rule of that name"
    question = did_you_mean(word, sorted(set(by_word.values())))
    return f"; {question}" if question else ""
