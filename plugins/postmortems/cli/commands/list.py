"""`postmortems list`: lists post-mortems."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.analysis.statistics.selection import Selection, values
from postmortems.cli.corpus_option import read_for
from postmortems.cli.options import audience_option, json_option, root_option
from postmortems.cli.period_options import first_day, last_day
from postmortems.cli.tables import print_rows
from postmortems.cli.validate_choice import validate_choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from postmortems.corpus_view import CorpusView
    from postmortems.record import Postmortem


@click.command(name="list", epilog="Exit status: 0 done, even if nothing matches; 2 wrong use.")
@click.option("--factor", "factors", multiple=True, metavar="ID", help="With this factor, such as change.rollout.")
@click.option(
    "--service",
    "services",
    multiple=True,
    metavar="ID",
    help="Affecting this service; others' as ORGANISATION/SERVICE.",
)
@click.option("--trigger", "triggers", multiple=True, metavar="ID", help="With this trigger, such as deploy.")
@click.option("--severity", "severities", multiple=True, metavar="ID", help="With this severity, such as sev1.")
@click.option("--class", "classes", multiple=True, metavar="CLASS", help="Of this class, such as near-miss.")
@click.option(
    "--provenance", "provenances", multiple=True, metavar="KIND", help="first-hand, public-report or imported."
)
@click.option("--organisation", "organisations", multiple=True, metavar="NAME", help="Of this organisation.")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    metavar="STATUS",
    help="published, in-review or draft. Drafts are listed only with this option.",
)
@click.option(
    "--since",
    metavar="DATE",
    callback=first_day,
    help="Started in this year, quarter, month or day or later: 2025, 2025Q3, 2025-03.",
)
@click.option(
    "--until", metavar="DATE", callback=last_day, help="Started in this year, quarter, month or day or earlier."
)
@audience_option
@json_option
@root_option
def list_(
    *, since: date | None, until: date | None, audience: str | None, root: Path | None, as_json: bool,
    **wanted: tuple[str, ...],
) -> None:  # fmt: skip
    """List post-mortems, newest first.

    Repeating an option means "or"; different options mean "and".
    """
    list_postmortems(wanted, since, until, root=root, audience=audience, as_json=as_json)


_COLUMNS = {
    "date": "Date",
    "severity": "Severity",
    "title": "Title",
    "organisation": "Organisation",
    "shown_factors": "Factors",
    "id": "Id",
}
# The parts of a selection, by the trait that each is of.
_PARTS = {
    "factor": "factors",
    "service": "services",
    "trigger": "triggers",
    "severity": "severities",
    "class": "classes",
    "provenance": "provenances",
    "organisation": "organisations",
    "status": "statuses",
}


def list_postmortems(  # noqa: PLR0913 - the options of the command
    wanted: Mapping[str, Sequence[str]],
    since: date | None,
    until: date | None,
    *,
    root: Path | None,
    audience: str | None,
    as_json: bool,
) -> None:
    """Print the selected post-mortems; `wanted` are the parts of a selection.

    Raises click.BadParameter for a word that neither the conventions nor any post-mortem knows.
    """
    reading = read_for(root, audience, drafts="draft" in wanted["statuses"])
    for trait, part in _PARTS.items():
        validate_choice(f"--{trait}", wanted[part], _known(trait, reading), trait)
    given = {part: frozenset(words) for part, words in wanted.items()}
    given["services"] = frozenset(_qualified(name, reading) for name in wanted["services"])
    selection = Selection(since=since, until=until, **given)
    records = [record for record in reading.records if selection.holds(record)]
    if not records:
        click.echo(f"None of {len(reading.records)} post-mortems matches.", err=True)
    if records or as_json:
        rows = [_row(record, reading, as_json=as_json) for record in records]
        print_rows(rows, _columns(records, reading), as_json=as_json)


def _columns(records: Iterable[Postmortem], reading: CorpusView) -> dict[str, str]:
    """The columns of the table: others' incidents are told with their organisation."""
    others = any(record.organisation != reading.policy.organisation for record in records)
    return {key: name for key, name in _COLUMNS.items() if others or key != "organisation"}


def _known(trait: str, reading: CorpusView) -> list[str]:
    """The values that options take: those of the conventions, and those that post-mortems use."""
    conventions = reading.conventions
    declared: Mapping[str, Sequence[str]] = {
        "factor": [*conventions.vocabulary.factors],
        "service": [*reading.policy.services],
        "trigger": [*conventions.vocabulary.triggers],
        "severity": [*reading.policy.severities],
        "class": conventions.schema.shape.child("class").known_values,
        "provenance": conventions.schema.shape.child("provenance").known_values,
        "organisation": [reading.policy.organisation],
        "status": ["published", "in-review", "draft"],
    }
    used = (value for record in reading.records for value in values(trait, record, reading.policy))
    return [*dict.fromkeys((*declared[trait], *sorted(used)))]


def _qualified(service: str, reading: CorpusView) -> str:
    """A service with its organisation: without one, it is one's own."""
    return service if "/" in service else f"{reading.policy.organisation}/{service}"


def _row(record: Postmortem, reading: CorpusView, *, as_json: bool) -> dict[str, object]:
    """What is told of a post-mortem; the keys are those of the JSON, and the date is as exact as it is known."""
    factors = list(values("factor", record, reading.policy))
    row: dict[str, object] = {
        "id": record.id,
        "date": record.date_text,
        "severity": record.severity.id or None,
        "title": record.title,
        "organisation": record.organisation,
        "provenance": record.provenance,
        "class": record.incident_class,
        "status": record.status,
        "trigger": record.trigger.kind or None,
        "services": list(values("service", record, reading.policy)),
        "factors": factors,
        "path": record.source.path,
    }
    if not as_json:
        return row | {"shown_factors": ", ".join(factors)}
    from postmortems.exports.rows import own_cells

    return row | own_cells(record, reading.policy.own_fields)
