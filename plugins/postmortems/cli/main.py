"""The group of commands. A command's module is loaded only when the command is called."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from postmortems import __version__
from postmortems.cli.error_handling import GuardedGroup

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "actions": "List open actions by owner, date or priority.",
    "brief": "Write the leadership brief: one quarter on one page.",
    "check": "Check post-mortems and say what is missing or wrong.",
    "evidence": "List the records that may support a control of an audit.",
    "exercise": "Write a tabletop exercise from the timeline of an incident.",
    "explain": "Say what a rule is for, and how to fix or accept what it finds.",
    "export": "Write data for other programs: JSON, CSV, SQLite, feeds, a calendar.",
    "init": "Create a knowledge base in an empty folder.",
    "list": "List post-mortems by factor, service, severity, date and more.",
    "new": "Write a draft from the answers to a few questions.",
    "precedents": "Write a checklist before a change, from earlier incidents.",
    "schema": "Print the schema of the fields, or a reference of them.",
    "similar": "Find earlier incidents like this one, and say why.",
    "stats": "Show durations, frequency, factors, follow-through and reviews.",
    "worksheet": "Write the facilitator's worksheet for a review.",
}
"""Each command with its summary, so that `--help` loads none of them."""


def command(name: str) -> click.Command:
    """The command of a name in `COMMANDS`; this imports its module."""
    module = import_module(f"postmortems.cli.commands.{name}")
    chosen: click.Command = module.list_ if name == "list" else getattr(module, name)
    return chosen


class LazyGroup(GuardedGroup):
    """A group that imports `cli/commands/<name>.py` when its command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """The command of a name, or None."""
        return command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Write the summaries without loading the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in sorted(COMMANDS)])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 no errors, 1 errors found, 2 wrong use or internal error.",
)
@click.version_option(__version__, prog_name="postmortems", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Incident post-mortems as Markdown in Git."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    elif os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        ctx.color = True
    _show_any_text()


def _show_any_text() -> None:
    """Escape what the terminal's encoding lacks, and names of files that are not UTF-8, rather than stop."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
