"""`postmortems precedents`: prints the checklist for a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.analysis.precedents import by_service, by_trigger, checklist
from postmortems.cli.corpus_option import read_for
from postmortems.cli.options import audience_option, root_option
from postmortems.cli.tables import print_json
from postmortems.documents.checklist import as_markdown
from postmortems.findings.visible import visible
from postmortems.rendering.formatting import plural
from postmortems.rendering.trigger_labels import comings, doings, in_plain_words
from postmortems.source import did_you_mean
from postmortems.texts import use_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from postmortems.analysis.precedents import FactorOf, Group
    from postmortems.analysis.statistics.measures import ActionOf
    from postmortems.corpus_view import CorpusView
    from postmortems.record import Postmortem


@click.command(epilog="Exit status: 0 done, even without precedents; 2 wrong use.")
@click.option("--trigger", metavar="KIND", help="Kind of change, such as deploy. Without it, list all kinds.")
@click.option(
    "--service",
    "services",
    metavar="ID",
    multiple=True,
    help="Only incidents affecting this service; others' as ORGANISATION/SERVICE. Repeatable.",
)
@click.option(
    "--output-format",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    show_default=True,
    help="Output format.",
)
@root_option
@audience_option
def precedents(
    *, trigger: str | None, services: tuple[str, ...], output_format: str, root: Path | None, audience: str | None
) -> None:
    """Write a checklist for a change, from incidents with the same trigger.

    It lists what went wrong, what made it last longer, what helped and what was changed afterwards, each with its
    incident and organisation, as Markdown for a change ticket.
    """
    if trigger:
        print_checklist(trigger, services, output_format, root, audience)
    elif services:
        raise click.UsageError("--service needs a --trigger.")
    else:
        list_triggers(output_format, root, audience)


def print_checklist(
    trigger: str, services: Sequence[str], output_format: str, root: Path | None, audience: str | None
) -> None:
    """Print the checklist of a trigger, of some services or all; raises click.BadParameter for unknown ones."""
    reading = read_for(root, audience)
    vocabulary = reading.conventions.vocabulary
    kinds = [*doings(vocabulary), *comings(vocabulary)]
    if trigger not in kinds:
        hint = did_you_mean(trigger, kinds) or f"expected one of: {', '.join(kinds)}"
        raise click.BadParameter(f"there is no trigger `{trigger}`; {hint}", param_hint="--trigger")
    of_kind = by_trigger(reading.records).get(trigger, ())
    records = _on_services(of_kind, services, reading)
    if services and of_kind and not records:
        click.echo(
            f"Note: {plural(len(of_kind), 'incident')} of this kind affected other services; omit --service to see"
            " them.",
            err=True,
        )
    content = checklist(records, reading.policy.organisation)
    if output_format == "markdown":
        with use_language(reading.texts):
            text = as_markdown(trigger, services, content, reading.conventions)
        click.echo("\n".join(visible(line) for line in text.splitlines()))
        return
    print_json(
        {
            "trigger": trigger,
            "label": vocabulary.trigger_label(trigger),
            "services": list(services),
            "incidents": [_source(record) for record in content.records],
            "wrong": [_factors(group) for group in content.wrong],
            "longer": [_factors(group) for group in content.longer],
            "helped": [
                {"kind": line.lesson.kind, "text": line.lesson.text, "id": line.record.id}
                for line in content.helped
            ],
            "changed": [_changes(group) for group in content.changed],
        }
    )


def list_triggers(output_format: str, root: Path | None, audience: str | None) -> None:
    """Print all kinds of triggers with how many incidents each set off."""
    reading = read_for(root, audience)
    vocabulary = reading.conventions.vocabulary
    records_by_trigger = by_trigger(reading.records)
    kinds = [*doings(vocabulary), *comings(vocabulary)]
    if output_format == "json":
        print_json(
            [
                {
                    "trigger": kind,
                    "label": vocabulary.trigger_label(kind),
                    "incidents": len(records_by_trigger.get(kind, ())),
                }
                for kind in kinds
            ]
        )
        return
    with use_language(reading.texts):
        for kind in kinds:
            count = plural(len(records_by_trigger.get(kind, ())), "incident")
            click.echo(f"- `{kind}`: {in_plain_words(kind, vocabulary)} ({count})")


def _on_services(
    records: Sequence[Postmortem], services: Iterable[str], reading: CorpusView
) -> tuple[Postmortem, ...]:
    """Those records that touched one of the services; all where none is named."""
    names = list(services)
    if not names:
        return tuple(records)
    known = by_service(reading.records, reading.policy.organisation)
    registered = reading.policy.services
    for name in names:
        if name not in known and name not in registered:
            named_so = [f"did you mean `{service}`?" for service in known if service.endswith(f"/{name}")]
            hint = next(iter(named_so), did_you_mean(name, [*registered, *known])) or "none that occurs is like it"
            raise click.BadParameter(f"there is no service `{name}`; {hint}", param_hint="--service")
    touched: Mapping[str, tuple[Postmortem, ...]] = by_service(records, reading.policy.organisation)
    ids = {record.id for name in names for record in touched.get(name, ())}
    return tuple(record for record in records if record.id in ids)


def _source(record: Postmortem) -> dict[str, str]:
    return {
        "id": record.id,
        "title": record.title,
        "organisation": record.organisation,
        "date": record.date_text,
    }


def _factors(group: Group[FactorOf]) -> dict[str, object]:
    return {
        "factor": group.key,
        "incidents": len(group.records),
        "lines": [
            {"id": line.record.id, "role": line.factor.role, "statement": line.factor.statement or None}
            for line in group.lines
        ],
    }


def _changes(group: Group[ActionOf]) -> dict[str, object]:
    return {
        "output": group.key,
        "incidents": len(group.records),
        "lines": [
            {
                "id": line.record.id,
                "action": line.action.id,
                "title": line.action.title,
                "status": line.action.status,
            }
            for line in group.lines
        ],
    }
