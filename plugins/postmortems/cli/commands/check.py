"""`postmortems check`: what is asked for."""

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
from postmortems.processes import collector_paused


@click.command(
    epilog=(
        "Exit status: 0 nothing that fails the check (there may be warnings), 1 findings that fail it, 2 wrong "
        "use, no post-mortem found, or an internal error."
    )
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the knowledge base. Default: the one that holds each path, or else the current folder.",
)
@click.option(
    "--select",
    metavar="CODES",
    multiple=True,
    callback=read_codes,
    help="Report only these rules, by code or the beginning of one, such as T,X02. What the reader and the schema "
    "find is reported all the same: rules look at the sound rest of a file only.",
)
@click.option(
    "--ignore",
    metavar="CODES",
    multiple=True,
    callback=read_codes,
    help="Leave these rules out, of all or of those selected.",
)
@click.option(
    "--base",
    metavar="REV",
    help="Also compare with where HEAD parted from this revision, such as origin/main (H rules): nothing that was "
    "published is lost or changed without a word.",
)
@click.option(
    "--changed",
    is_flag=True,
    help="Report only on what changed since the base. Default for --base is then the default branch of origin.",
)
@click.option(
    "--fix",
    is_flag=True,
    help="First put right what is unambiguous: the order of fields, the form of moments, quotes, spelling.",
)
@click.option("--diff", is_flag=True, help="Show what --fix would change, as a patch, and change nothing.")
@click.option(
    "--due", is_flag=True, help="Report also what depends on today's date (D rules). It never fails the check."
)
@click.option(
    "--audience",
    type=click.Choice(["public", "organisation", "strict", "all"]),
    help="Name other post-mortems in messages only where these may see them. Default: public under CI, else all.",
)
@click.option(
    "--fail-level",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="What fails the check: errors, or warnings too.",
)
@click.option(
    "--output-format",
    "outputs",
    metavar="FORMAT[=FILE]",
    multiple=True,
    callback=read_outputs,
    help="full, concise, json, github, gitlab, sarif, junit or rdjson. With =FILE it is written there, and not "
    "printed; may be given several times. What is printed by default: github under GitHub Actions, else full.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print the findings only, without the line of counts.")
@click.option("--statistics", is_flag=True, help="Print how often each rule was broken in place of the findings.")
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

    PATHS are files or folders; without any, all of incidents/ is checked. Each finding shows its place, the line
    with a caret, and what to do. All of the knowledge base is read, since some rules compare post-mortems; only
    findings about PATHS are shown. A file outside incidents/ is checked as if it belonged to the knowledge base.
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
        raise click.UsageError("--fix changes files and --diff only shows how: ask for one of them.")
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
