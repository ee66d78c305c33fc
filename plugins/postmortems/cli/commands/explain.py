"""`postmortems explain`: explains a rule."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortems.cli.context import any_conventions
from postmortems.rules import Rule, all_rules
from postmortems.rules.reference.explain import as_markdown, as_text
from postmortems.rules.reference.explain import explain as explain_it
from postmortems.source import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@click.command(epilog="Exit status: 0 explained, 2 unknown rule or other wrong use.")
@click.argument("code", required=False)
@click.option(
    "--output-format",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Output format.",
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Knowledge base whose requirements apply. Default: the one containing the current folder, else the "
    "shipped requirements.",
)
def explain(code: str | None, output_format: str, root: Path | None) -> None:
    """Explain a rule: why it exists, what it finds, and how to fix or accept its findings.

    CODE is the rule's code, such as T08, or its name. Without it, list all rules.
    """
    if code:
        explain_rule(code, output_format, root)
    else:
        list_rules(output_format, root)


def explain_rule(code: str, output_format: str, root: Path | None) -> None:
    """Print the explanation of one rule; raises click.BadParameter where there is none of that code or name."""
    rule = _find(code, all_rules(any_conventions(root)))
    explanation = explain_it(rule)
    if output_format == "json":
        click.echo(_json(_as_data(rule)))
    elif output_format == "markdown":
        click.echo(as_markdown(explanation), nl=False)
    else:
        click.echo(as_text(explanation, style=partial(click.style, bold=True)), nl=False)


def list_rules(output_format: str, root: Path | None) -> None:
    """Print all rules by their codes."""
    rules = list(all_rules(any_conventions(root)).values())
    if output_format == "json":
        click.echo(_json([_as_data(rule) for rule in rules]))
    elif output_format == "markdown":
        click.echo("\n".join(f"- {rule.code} {rule.name}: {rule.summary}" for rule in rules))
    else:
        click.echo("\n".join(_columns(rules)))


def _find(word: str, rules: Mapping[str, Rule]) -> Rule:
    named = {rule.name: rule for rule in rules.values()}
    match = rules.get(word.upper()) or named.get(word.lower())
    if match is None:
        question = did_you_mean(word, [*rules, *named]) or "`postmortems explain` lists them all"
        raise click.BadParameter(f"there is no rule `{word}`; {question}", param_hint="CODE")
    return match


def _columns(rules: Iterable[Rule]) -> Iterable[str]:
    return (f"{click.style(f'{rule.code:4}', bold=True)}  {rule.severity.value:7}  {rule.name}" for rule in rules)


def _as_data(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "family": rule.family,
        "summary": rule.summary,
        "applies": rule.applies.describe(),
        "why": rule.why,
        "bad": rule.bad,
        "good": rule.good,
        "remedy": rule.remedy,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
