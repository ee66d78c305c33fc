"""The group of commands. Each command parses here and imports what does the work only once it is called."""

from __future__ import annotations

import io
import os
import sys

import click

from postmortems import __version__
from postmortems.cli.actions import actions
from postmortems.cli.brief import brief
from postmortems.cli.check import check
from postmortems.cli.evidence import evidence
from postmortems.cli.exercise import exercise
from postmortems.cli.explain import explain
from postmortems.cli.export import export
from postmortems.cli.guard import GuardedGroup
from postmortems.cli.init import init
from postmortems.cli.list import list_
from postmortems.cli.new import new
from postmortems.cli.precedents import precedents
from postmortems.cli.schema import schema
from postmortems.cli.similar import similar
from postmortems.cli.stats import stats
from postmortems.cli.worksheet import worksheet


@click.group(
    cls=GuardedGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 no errors, 1 errors found, 2 wrong use or internal error.",
)
@click.version_option(__version__, prog_name="postmortems", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Incident post-mortems as Markdown in Git.

    \b
    postmortems init       lay down a knowledge base in an empty folder
    postmortems new        write a draft from the answers to a few questions
    postmortems brief      write a brief for leadership: one quarter on one page
    postmortems check      say what is missing or wrong, with the line
    postmortems evidence   list the records that may support a control of an audit
    postmortems explain    say what a rule is for, and how to fix or accept what it finds
    postmortems export     write the data for other programs: JSON, CSV, SQLite, feeds, a calendar
    postmortems list       list post-mortems by factor, service, severity, date and more
    postmortems actions    list what waits to be done, by owner, date or priority
    postmortems precedents
                           give a checklist before a change: what the like of it did to others
    postmortems schema     print the schema of the fields, or a reference of them
    postmortems similar    say whether it happened before, and why one thinks so
    postmortems stats      tell how long it took, how often it happened, and how sure that is
    postmortems worksheet  write a facilitator's sheet for the review of an incident
    postmortems exercise   write a tabletop exercise from the timeline of an incident
    mkdocs serve           see the site as its readers will
    """  # noqa: D301 - \b tells click to keep the lines
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    elif os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        ctx.color = True
    _show_any_text()


main.add_command(actions)
main.add_command(brief)
main.add_command(check)
main.add_command(evidence)
main.add_command(exercise)
main.add_command(explain)
main.add_command(export)
main.add_command(init)
main.add_command(list_)
main.add_command(new)
main.add_command(precedents)
main.add_command(schema)
main.add_command(similar)
main.add_command(stats)
main.add_command(worksheet)


def _show_any_text() -> None:
    """Escape what the terminal's encoding lacks, and names of files that are not UTF-8, rather than stop."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
