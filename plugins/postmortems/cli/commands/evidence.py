"""`postmortems evidence`: lists controls with their evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from postmortems.analysis.evidence.controls import evidence_of, lies_in
from postmortems.analysis.statistics.periods import Period
from postmortems.analysis.timing.regulatory_clocks import recorded_notices
from postmortems.cli.corpus_option import read_for
from postmortems.cli.options import audience_option, json_option, root_option
from postmortems.cli.period_options import first_day, last_day
from postmortems.cli.tables import print_json, print_table
from postmortems.rendering.evidence_labels import lacking, shown
from postmortems.source import did_you_mean
from postmortems.texts import N_, _, ngettext, use_language

if TYPE_CHECKING:
    from pathlib import Path

    from postmortems.analysis.evidence.controls import ControlEvidence, Support
    from postmortems.analysis.statistics.measures import Share
    from postmortems.corpus_view import CorpusView
    from postmortems.source import Moment


@click.command(epilog="Exit status: 0 listed, 2 unknown control or other wrong use.")
@click.option("--control", metavar="ID", help="List the records for one control, such as soc-2-cc7-5.")
@click.option(
    "--since",
    metavar="DATE",
    callback=first_day,
    help="Only records from this year, quarter, month or day on.",
)
@click.option(
    "--until",
    metavar="DATE",
    callback=last_day,
    help="Only records up to this year, quarter, month or day.",
)
@json_option
@audience_option
@root_option
def evidence(  # noqa: PLR0913, PLR0917 - the options of a command
    control: str | None,
    since: date | None,
    until: date | None,
    as_json: bool,
    audience: str | None,
    root: Path | None,
) -> None:
    """List the records that may support an audit control, and what they lack.

    Without --control, list all controls with the number of complete records. Controls are defined in
    schemas/controls.yaml. This is no statement of compliance and no legal advice.
    """
    if control is None:
        list_controls(root, audience, since, until, as_json=as_json)
    else:
        list_records(control, root, audience, since, until, as_json=as_json)


_NOTE = N_("Possible evidence; it proves no compliance, and is no legal advice.")


def list_controls(
    root: Path | None, audience: str | None, since: date | None, until: date | None, *, as_json: bool
) -> None:
    """Print all controls, with how many records may support each."""
    reading = read_for(root, audience)
    period = Period(since or date.min, until or date.max)
    controls = [evidence.within(period) for evidence in _evidence(reading)]
    if as_json:
        print_json(_document(reading, period, controls))
        return
    with use_language(reading.texts):
        rows = [
            [
                evidence.control.id,
                f"{evidence.control.framework} {evidence.control.control}",
                _share(evidence.complete),
                evidence.control.title,
            ]
            for evidence in controls
        ]
        print_table([_("Id"), _("Control"), _("Records"), _("Title")], rows)
        click.echo(f"\n{_(_NOTE)}")


def list_records(  # noqa: PLR0913 - one more than the options that both answers share
    control: str,
    root: Path | None,
    audience: str | None,
    since: date | None,
    until: date | None,
    *,
    as_json: bool,
) -> None:
    """Print the records of one control; raises click.BadParameter where there is none with this id."""
    reading = read_for(root, audience)
    period = Period(since or date.min, until or date.max)
    by_id = {evidence.control.id: evidence for evidence in _evidence(reading)}
    if control not in by_id:
        hint = did_you_mean(control, by_id) or "`postmortems evidence` lists them all"
        raise click.BadParameter(f"there is no control `{control}`; {hint}", param_hint="'--control'")
    evidence = by_id[control].within(period)
    if as_json:
        print_json(_document(reading, period, [evidence]))
        return
    with use_language(reading.texts):
        _print_records(evidence)


def _print_records(evidence: ControlEvidence) -> None:
    share = evidence.complete
    click.echo(f"{evidence.control.framework} {evidence.control.control}: {evidence.control.title}")
    text = ngettext(
        "%(k)s of %(n)s relevant records is complete.",
        "%(k)s of %(n)s relevant records are complete.",
        share.k,
    )
    click.echo(f"{text % {'k': share.k, 'n': share.n}}\n")
    rows = [
        [
            support.record.date_text,
            support.record.id,
            "; ".join(shown(holding).text for holding in support.present),
            "; ".join(lacking(holding).text for holding in support.missing),
        ]
        for support in evidence.supports
    ]
    if rows:
        print_table([_("Date"), _("Record"), _("Complete"), _("Not in the record")], rows)
        click.echo()
    click.echo(_(_NOTE))


def _share(share: Share) -> str:
    return _("%(k)s of %(n)s") % {"k": share.k, "n": share.n} if share.n else "–"


def _evidence(reading: CorpusView) -> tuple[ControlEvidence, ...]:
    return evidence_of(reading.records, reading.conventions.controls.controls, reading.policy)


def _document(reading: CorpusView, period: Period, controls: list[ControlEvidence]) -> dict[str, object]:
    notices = recorded_notices(reading.records, reading.policy, reading.as_of)
    return {
        "note": _NOTE,
        "organisation": reading.policy.organisation,
        "audience": reading.corpus.audience.value,
        "as_of": reading.as_of.isoformat(),
        "since": None if period.first == date.min else period.first.isoformat(),
        "until": None if period.last == date.max else period.last.isoformat(),
        "controls": [
            {
                "id": evidence.control.id,
                "framework": evidence.control.framework,
                "control": evidence.control.control,
                "title": evidence.control.title,
                "concerned": evidence.complete.n,
                "complete": evidence.complete.k,
                "records": [_support(support) for support in evidence.supports],
            }
            for evidence in controls
        ],
        "notices": [
            {
                "record": row.record.id,
                "regime": row.notice.regime,
                "detected": _moment(row.detected),
                "clock_started": _moment(row.notice.clock_started),
                "due": _moment(row.notice.due),
                "sent": _moment(row.notice.sent),
                "ref": row.notice.ref or None,
                "standing": row.standing,
            }
            for row in notices
            if lies_in(row.record, period)
        ],
    }


def _support(support: Support) -> dict[str, object]:
    return {
        "id": support.record.id,
        "title": support.record.title,
        "date": support.record.date_text,
        "complete": not support.missing,
        "supports": [shown(holding).text for holding in support.present],
        "missing": [lacking(holding).text for holding in support.missing],
    }


def _moment(value: Moment | None) -> str | None:
    return value.text if value else None
