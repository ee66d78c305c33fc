"""`postmortems explain`: what is asked for."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(epilog="Exit status: 0 explained, 2 no such rule or other wrong use.")
@click.argument("code", required=False)
@click.option(
    "--output-format",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How it is written.",
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the knowledge base whose requirements are explained. Default: the one that holds this folder, "
    "or else the shipped ones.",
)
def explain(code: str | None, output_format: str, root: Path | None) -> None:
    """Explain a rule: why it is there, what it finds, and how to fix or accept it.

    CODE is that of a finding, such as T08, or the rule's name. Without it, all rules are listed, one a line.
    """
    from postmortems.cli.explaining import explain_rule, list_rules

    if code:
        explain_rule(code, output_format, root)
    else:
        list_rules(output_format, root)
