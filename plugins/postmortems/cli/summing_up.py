"""Reads the incidents that are asked for, and prints all sections of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.analysis.selection import EVERYTHING, Selection
from postmortems.cli.figures import SECTIONS, Asked
from postmortems.cli.knowing import see_to
from postmortems.cli.printing import print_json, print_table
from postmortems.cli.reading import read_for
from postmortems.findings.visible import visible
from postmortems.site.wording import day, listing, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from postmortems.cli.figures import Section
    from postmortems.cli.reading import Reading


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
    see_to("--severity", severities, reading.policy.severities, "severity")
    known = {*reading.policy.services, *(service for record in asked.own for service in record.services)}
    see_to("--service", services, sorted(known), "service")
    sections = [made(asked) for name, made in SECTIONS.items() if name in names]
    if as_json:
        print_json(_document(reading, asked, sections))
    else:
        _print(asked, sections)


def _print(asked: Asked, sections: Iterable[Section]) -> None:
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
        *([f"of severity {listing(sorted(selection.severities))}"] if selection.severities else []),
        *([f"on {listing(sorted(selection.services))}"] if selection.services else []),
    ]
    told = ", ".join([plural(len(asked.incidents), "incident"), *narrowed])
    return f"{asked.policy.organisation}: {told}, as of {day(asked.as_of.date())}"


def _nothing(asked: Asked) -> str:
    if asked.selection != EVERYTHING:
        return "No record is like that, so there is nothing to tell."
    retold = sum(record.provenance == "public-report" for record in asked.records)
    text = "There is no figure: none of its own incidents is recorded here"
    if not retold:
        return f"{text}."
    return f"{text}, and {plural(retold, 'retold one')} of others would tell of the choice, not of a performance."


def _document(reading: Reading, asked: Asked, sections: Iterable[Section]) -> dict[str, object]:
    selection = asked.selection
    return {
        "organisation": asked.policy.organisation,
        "audience": reading.corpus.audience.value,
        "as_of": asked.as_of.isoformat(),
        "since": selection.since.isoformat() if selection.since else None,
        "severities": sorted(selection.severities),
        "services": sorted(selection.services),
        "incidents": len(asked.incidents),
        "sections": {
            section.id: {
                "title": section.title,
                "rows": [dict(row) for row in section.data],
                **({"summary": dict(section.summary)} if section.summary else {}),
            }
            for section in sections
        },
    }
