"""`postmortems check`: checks post-mortems and reports what it finds."""

from __future__ import annotations

from pathlib import Path

import click

from postmortems.cli.check.request import (
    CheckRequest,
    Output,
    default_audience,
    printed_and_written,
    read_codes,
    read_outputs,
)
from postmortems.runtime.processes import collector_paused


@click.command(
    epilog=(
        "Exit status: 0 passed (there may be warnings), 1 failed, 2 wrong use, no post-mortem found or internal "
        "error."
    )
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Knowledge base folder. Default: the one containing each path, else the current folder.",
)
@click.option(
    "--select",
    metavar="CODES",
    multiple=True,
    callback=read_codes,
    help="Report only these rules, by code or prefix, such as T,X02. Parser and schema findings always count.",
)
@click.option(
    "--ignore",
    metavar="CODES",
    multiple=True,
    callback=read_codes,
    help="Leave out these rules, by code or prefix.",
)
@click.option(
    "--base",
    metavar="REV",
    help="Also compare with the merge base of this revision, such as origin/main, to protect published records "
    "(H rules).",
)
@click.option(
    "--changed",
    is_flag=True,
    help="Report only on what changed since the base. --base then defaults to the default branch of origin.",
)
@click.option(
    "--fix",
    is_flag=True,
    help="First fix what is unambiguous: field order, time format, quoting and spelling of fixed values.",
)
@click.option("--diff", is_flag=True, help="Print what --fix would change, as a patch, and change nothing.")
@click.option(
    "--due", is_flag=True, help="Also report what depends on today's date (D rules). This never fails the check."
)
@click.option(
    "--audience",
    type=click.Choice(["public", "organisation", "strict", "all"]),
    help="Who may read the messages; others' post-mortems stay unnamed. Default: public in CI, else all.",
)
@click.option(
    "--fail-level",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="What fails the check: errors only, or warnings too.",
)
@click.option(
    "--output-format",
    "outputs",
    metavar="FORMAT[=FILE]",
    multiple=True,
    callback=read_outputs,
    help="full, concise, json, github, gitlab, sarif, junit or rdjson. With =FILE, write to a file instead. "
    "Repeatable. Default: github under GitHub Actions, else full.",
)
@click.option("-q", "--quiet", is_flag=True, help="Omit the summary line.")
@click.option("--statistics", is_flag=True, help="Print the number of findings per rule instead of the findings.")
@click.pass_context
def check(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    root: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    base: str | None,
    changed: bool,
    fix: bool,
    diff: bool,
    due: bool,
    audience: str | None,
    fail_level: str,
    outputs: tuple[Output, ...],
    quiet: bool,
    statistics: bool,
) -> None:
    """Check post-mortems and say what is missing or wrong.

    PATHS are files or folders; the default is all of incidents/. Each finding shows the line and how to fix it.
    The whole knowledge base is always read, because some rules compare post-mortems, but only findings about PATHS
    are shown. A file outside incidents/ is checked as if it were inside.
    """
    printed, written = printed_and_written(outputs, statistics=statistics)
    request = CheckRequest(
        paths=paths,
        root=root,
        select=select,
        ignore=ignore,
        base=base,
        changed=changed,
        due=due,
        audience=audience or default_audience(),
        fail_level=fail_level,
        printed=printed,
        written=written,
        quiet=quiet,
        statistics=statistics,
    )
    if fix and diff:
        raise click.UsageError("use either --fix or --diff, not both.")
    with collector_paused():  # from the imports on: nearly all that is made stays to the end
        from postmortems.cli.check.run import check_paths

        all_fixed = True
        if fix or diff:
            from postmortems.cli.check.fix import make_fixes, show_fixes

            if diff:
                ctx.exit(show_fixes(request))
            all_fixed = make_fixes(request)
        status = check_paths(request)
    ctx.exit(status if all_fixed else 2)
