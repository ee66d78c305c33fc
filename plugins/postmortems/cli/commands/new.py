"""`postmortems new`: starts a post-mortem."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--title", help="What happened, in one line: system, fault and effect. Required.")
@click.option("--date", help="Date by which people know the incident: YYYY-MM-DD. Default: today.")
@click.option("--slug", help="Short name for the file. Default: from the title.")
@click.option("--provenance", help="first-hand, public-report or imported. Default: first-hand.")
@click.option("--organisation", help="Whose incident it was. Required for public-report.")
@click.option("--severity", help="A severity from the policy, such as sev3 or P2. Required unless imported.")
@click.option(
    "--service",
    "--services",
    "services",
    multiple=True,
    help="Affected service. Repeatable, or separate with commas.",
)
@click.option("--trigger", help="Trigger from the vocabulary, such as deploy.")
@click.option("--started", metavar="TIME", help="First harm, such as 2026-03-31T14:32Z or 2026-03-31.")
@click.option("--detected", metavar="TIME", help="First alert or report.")
@click.option("--detection", help="Who noticed first: monitoring, staff, customer, partner and so on.")
@click.option("--summary", help="What happened, who was affected and how it ended, in two to four sentences.")
@click.option("--tlp", help="TLP mark: who may see it. Default: AMBER; CLEAR for public-report.")
@click.option("--no-input", "--yes", "-y", "no_input", is_flag=True, help="Ask nothing; use the defaults.")
@click.option("--print", "--stdout", "to_stdout", is_flag=True, help="Print the draft instead of writing a file.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Knowledge base folder. Default: the one containing the current folder.",
)
def new(
    *,
    services: tuple[str, ...],
    no_input: bool,
    to_stdout: bool,
    root: Path | None,
    **texts: str | None,
) -> None:
    """Write a draft post-mortem to incidents/YYYY/YYYY-MM-DD-slug.md.

    On a terminal, it asks for everything not given as an option; answer ? to see what a question means. Anything
    left open becomes a hint in the draft for you to replace later. Nothing is ever overwritten.
    """
    from postmortems.cli.drafts.draft_session import write_draft

    given = {name: text for name, text in texts.items() if text is not None}
    if services:
        given["services"] = ",".join(services)
    write_draft(given, root, may_ask=not no_input, to_stdout=to_stdout)
