"""`postmortems new`: what is asked for."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--title", help="What happened, in one line: the system, the fault and its effect. Required.")
@click.option("--date", help="Date by which people know the incident: YYYY-MM-DD. Default: today.")
@click.option("--slug", help="Short name for the file. Default: made from the title.")
@click.option("--provenance", help="first-hand, public-report or imported. Default: first-hand.")
@click.option("--organisation", help="Whose incident it was. Required for a public-report.")
@click.option("--severity", help="A severity of the policy, such as sev3 or P2. Required, unless imported.")
@click.option(
    "--service", "--services", "services", multiple=True, help="Service that was hit; repeat it, or use commas."
)
@click.option("--trigger", help="What set it off: a trigger of the vocabulary, such as deploy.")
@click.option("--started", metavar="MOMENT", help="First harm, such as 2026-03-31T14:32Z or 2026-03-31.")
@click.option("--detected", metavar="MOMENT", help="First alert or report received.")
@click.option("--detection", help="Who noticed first: monitoring, staff, customer, partner and so on.")
@click.option("--summary", help="What happened, who felt it and how it ended, in two to four sentences.")
@click.option("--tlp", help="Who may see it. Default: AMBER; CLEAR for a public-report.")
@click.option("--no-input", "--yes", "-y", "no_input", is_flag=True, help="Ask nothing; take the defaults.")
@click.option("--print", "--stdout", "to_stdout", is_flag=True, help="Print the draft and write no file.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the knowledge base. Default: the one that holds the current folder.",
)
def new(
    *,
    services: tuple[str, ...],
    no_input: bool,
    to_stdout: bool,
    root: Path | None,
    **texts: str | None,
) -> None:
    """Write the draft of a post-mortem.

    On a terminal it asks for what no flag gives; a question mark as an answer explains the question. Without a
    terminal it asks nothing. What stays open is a hint in the draft, which you replace as you learn more. The
    draft goes to incidents/YYYY/YYYY-MM-DD-slug.md; nothing is ever overwritten.
    """
    from postmortems.cli.drafts.draft_session import write_draft

    given = {name: text for name, text in texts.items() if text is not None}
    if services:
        given["services"] = ",".join(services)
    write_draft(given, root, may_ask=not no_input, to_stdout=to_stdout)
