"""`postmortems stats`: which incidents the figures are asked of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.analysis.statistics.selection import EVERYTHING, Selection
from postmortems.cli.corpus_option import read_for
from postmortems.cli.options import audience_option, json_option, root_option
from postmortems.cli.period_options import first_day
from postmortems.cli.tables import print_json, print_table
from postmortems.cli.validate_choice import validate_choice
from postmortems.figures import SECTIONS, Asked, figures_document, worst_first
from postmortems.findings.visible import visible
from postmortems.rendering.formatting import day, listing, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from postmortems.figures import StatsSection


@click.command(epilog="Exit status: 0 done, even without enough data; 2 wrong use.")
@click.option(
    "--since",
    metavar="DATE",
    callback=first_day,
    help="Only incidents started in this year, quarter, month or day or later: 2025, 2025Q3, 2025-03.",
)
@click.option("--severity", "severities", multiple=True, metavar="ID", help="Only this severity. Repeatable.")
@click.option(
    "--service", "services", multiple=True, metavar="ID", help="Only incidents affecting this service. Repeatable."
)
@click.option(
    "--section",
    "sections",
    multiple=True,
    type=click.Choice(SECTIONS),
    help="Only this section. Repeatable. Default: all.",
)
@json_option
@audience_option
@root_option
def stats(  # noqa: PLR0913 - one parameter an option
    *,
    since: date | None,
    severities: tuple[str, ...],
    services: tuple[str, ...],
    sections: tuple[str, ...],
    as_json: bool,
    audience: str | None,
    root: Path | None,
) -> None:
    """Show the site's figures: durations, frequency, factors, actions and reviews.

    Each figure shows its sample size, its 95 % interval and what was excluded. Only your organisation's own
    incidents count; incidents retold from public reports don't.
    """
    sum_up(since, severities, services, sections or SECTIONS, root=root, audience=audience, as_json=as_json)


def sum_up(  # noqa: PLR0913 - the options of the command
    since: date | None,
    severities: Sequence[str],
    services: Sequence[str],
    names: Collection[str],
    *,
    root: Path | None,
    audience: str | None,
    as_json: bool,
) -> None:
    """Print the sections of these names; raises click.BadParameter for a severity or service that there is not."""
    reading = read_for(root, audience)
    asked = Asked(reading, Selection(since, frozenset(severities), frozenset(services)))
    validate_choice("--severity", severities, reading.policy.severities, "severity")
    known = {*reading.policy.services, *(service for record in asked.own for service in record.services)}
    validate_choice("--service", services, sorted(known), "service")
    sections = [made(asked) for name, made in SECTIONS.items() if name in names]
    if as_json:
        print_json(figures_document(asked, sections))
    else:
        _print(asked, sections)


def _print(asked: Asked, sections: Iterable[StatsSection]) -> None:
    click.echo(visible(_heading(asked)))
    if not asked.selected:
        click.echo(_nothing(asked))
        return
    for section in sections:
        if not section.rows and not section.notes:
            continue
        click.echo(f"\n{click.style(section.title, bold=True)}\n")
        if section.rows:
            print_table(section.columns, section.rows, numbers=section.numbers)
        for note in section.notes:
            click.echo(f"{visible(note)}")


def _heading(asked: Asked) -> str:
    selection = asked.selection
    narrowed = [
        *([f"since {day(selection.since)}"] if selection.since else []),
        *([f"of severity {listing(worst_first(asked))}"] if selection.severities else []),
        *([f"on {listing(sorted(selection.services))}"] if selection.services else []),
    ]
    scope = ", ".join([plural(len(asked.incidents), "incident"), *narrowed])
    return f"{asked.policy.organisation}: {scope}, as of {day(asked.as_of.date())}"


def _nothing(asked: Asked) -> str:
    if asked.selection != EVERYTHING:
        return "No record is like that, so there is nothing to tell."
    retold = sum(record.provenance == "public-report" for record in asked.records)
    text = "There is no figure: none of its own incidents is recorded here"
    if not retold:
        return f"{text}."
    return f"{text}, and {plural(retold, 'retold one')} of others would tell of the choice, not of a performance."
