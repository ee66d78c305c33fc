"""What a check found: printed, written to files, and added to the summary of a GitHub Actions step."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postmortems import __version__
from postmortems.cli.context import from_here
from postmortems.conventions.locations import real_path
from postmortems.findings import Report, Severity
from postmortems.findings.formats.registry import FORMATS
from postmortems.runtime.atomic_files import write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from postmortems.checking import CheckResult
    from postmortems.cli.check.request import CheckRequest
    from postmortems.conventions import KnowledgeBase


def report_on(checked: Sequence[CheckResult], request: CheckRequest) -> int:
    """Write the report files, print the rest, and return the exit status.

    Everything is rendered before anything is written: a fault leaves no half of a report behind.
    """
    here = _report(checked, request, from_here)
    top = _report(checked, request, _from_top)

    def rendered(name: str) -> str:
        chosen = FORMATS[name]
        return chosen.render(top if chosen.from_top else here)

    texts = {output.file: click.unstyle(rendered(output.format)) for output in request.written if output.file}
    printed = _statistics(here) if request.statistics else rendered(request.printed)
    for path, text in texts.items():
        write_file(path, text.encode())
    click.echo(printed, nl=False)
    if request.printed == "github":
        _add_to_summary(top)
    return 1 if here.failed else 0


def _statistics(report: Report) -> str:
    from postmortems.findings.formats.statistics import statistics

    return statistics(report)


def _report(
    checked: Sequence[CheckResult], request: CheckRequest, place: Callable[[KnowledgeBase, str], str]
) -> Report:
    """Everything in one report, its files named by `place`."""

    @cache  # to ask for each of thousands of files takes longer than to check them
    def prefix(base: KnowledgeBase, folder: str) -> str:
        return place(base, f"{folder}x")[:-1]

    def named(base: KnowledgeBase, path: str) -> str:
        folder, slash, name = path.rpartition("/")
        return prefix(base, folder + slash) + name

    rules = {rule.code: rule for one in checked for rule in one.rules.values()}
    return Report(
        findings=tuple(
            replace(finding, path=named(one.base, finding.path)) for one in checked for finding in one.findings
        ),
        files=tuple(named(one.base, path) for one in checked for path in one.files),
        rules=dict(sorted(rules.items())),
        version=__version__,
        fail_level=Severity(request.fail_level),
        brief=request.quiet,
    )


def _from_top(base: KnowledgeBase, path: str) -> str:
    """How a forge names a file: from the top of the repository, or absolute where it lies outside."""
    root = real_path(base.root)
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    place = root / path
    return (place.relative_to(top) if place.is_relative_to(top) else place).as_posix()


def _add_to_summary(report: Report) -> None:
    """Add to the summary of the step, within the room that earlier commands of the step have left."""
    named = os.environ.get("GITHUB_STEP_SUMMARY")
    if not named:
        return
    from postmortems.findings.formats.github_summary import STEP_LIMIT, github_summary

    path = Path(named)
    taken = path.stat().st_size if path.exists() else 0
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(github_summary(report, STEP_LIMIT - taken))
