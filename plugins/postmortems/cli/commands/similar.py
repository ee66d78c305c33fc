"""`postmortems similar`: finds similar post-mortems."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from postmortems.cli.corpus_option import read_for
from postmortems.cli.error_handling import Failure
from postmortems.cli.options import audience_option, json_option, root_option
from postmortems.cli.tables import print_json
from postmortems.files import RecordFile, record_files
from postmortems.findings.visible import visible
from postmortems.record import read_record_file, record_id_of
from postmortems.rendering.formatting import day, partial_day
from postmortems.rendering.labels import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from postmortems.analysis.related.related_incidents import Neighbour
    from postmortems.analysis.related.text_similarity import Likeness
    from postmortems.corpus_view import CorpusView
    from postmortems.record import Postmortem
    from postmortems.repeats import Repeat


@click.command(epilog="Exit status: 0 done, even if nothing is similar; 2 wrong use or nothing to compare.")
@click.argument("path", required=False)
@click.option("--text", help="Compare a text by its words instead of a post-mortem; - reads standard input.")
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    default=5,
    show_default=True,
    help="Maximum number of results; incidents under `related` are always listed.",
)
@root_option
@audience_option
@json_option
def similar(  # noqa: PLR0913 - one parameter an option
    *, path: str | None, text: str | None, limit: int, root: Path | None, audience: str | None, as_json: bool
) -> None:
    """Find earlier incidents like this one, and say why.

    PATH is the file or the id of a post-mortem; drafts work too. Results start with incidents under `related`,
    then repeats with the action meant to prevent them, then incidents similar by words, factors, services and
    trigger.
    """
    if (path is None) == (text is None):
        raise click.UsageError("give either PATH or --text.")
    if text is not None:
        compare_text(sys.stdin.read() if text == "-" else text, limit, root, audience, as_json)
    elif path is not None:
        compare_record(path, limit, root, audience, as_json)


def compare_record(path: str, limit: int, root: Path | None, audience: str | None, as_json: bool) -> None:
    """Print what stands beside a post-mortem. Raises Failure where there is none to read."""
    from postmortems.analysis.related.related_incidents import Similarity

    reading = read_for(root, audience)
    record = _asked(path, reading)
    neighbourhood = Similarity(reading.corpus, reading.conventions.vocabulary).beside(record, limit)
    referring = [{"id": other.record.id, "relation": other.relation} for other in neighbourhood.referring]
    if as_json:
        print_json(
            {
                "asked": record.id,
                "compared_with": _compared(reading, record),
                "similar": [_as_data(neighbour) for neighbour in neighbourhood.neighbours],
                "referred_to_by": referring,
            }
        )
        return
    _print_entries(f"to {record.id}", _compared(reading, record), neighbourhood.neighbours)
    if referring:
        click.echo("Referred to by " + ", ".join(f"{other['id']} ({other['relation']})" for other in referring))


def compare_text(text: str, limit: int, root: Path | None, audience: str | None, as_json: bool) -> None:
    """Print which post-mortems have words like those of a text."""
    from postmortems.analysis.related.related_incidents import Neighbour, Similarity

    reading = read_for(root, audience)
    neighbours = [
        Neighbour(likeness.record, earlier=True, likeness=likeness)
        for likeness in Similarity(reading.corpus, reading.conventions.vocabulary).like_text(text, limit)
    ]
    if as_json:
        compared = _compared(reading)
        print_json(
            {"asked": None, "compared_with": compared, "similar": [_as_data(entry) for entry in neighbours]}
        )
        return
    _print_entries("to the text", _compared(reading), neighbours)


def _asked(path: str, reading: CorpusView) -> Postmortem:
    """The post-mortem of a file or an id, or what is sound of it; of any status, and for any audience."""
    file = _file_of(path, reading)
    made = read_record_file(file, reading.conventions)
    if made.lenient_record is None:
        reason = made.findings[0].message
        raise Failure(f"{path} can't be read as a post-mortem: {reason}; run `postmortems check` for details.")
    if made.record is None:
        click.echo("Note: the file has errors; only its valid fields are compared.", err=True)
    return made.lenient_record


def _file_of(path: str, reading: CorpusView) -> RecordFile:
    place = Path(path) / "index.md" if Path(path).is_dir() else Path(path)
    if place.is_file():
        return RecordFile(str(place), reading.base.shown(place))
    named = {record_id_of(PurePosixPath(file.shown)): file for file in record_files(reading.base).files}
    if path not in named:
        reading.record(path)  # raises with a suggestion
    return named[path]


def _compared(reading: CorpusView, record: Postmortem | None = None) -> int:
    """How many post-mortems were compared with."""
    return sum(other.counts and (record is None or other.id != record.id) for other in reading.records)


def _print_entries(asked: str, compared: int, entries: Sequence[Neighbour]) -> None:
    if not entries:
        click.echo(f"None of {compared} post-mortems is similar {asked}.")
        return
    click.echo(f"Similar {asked}, out of {compared} post-mortems:\n")
    for entry in entries:
        record = entry.record
        click.echo(
            f"{click.style(record.id, bold=True)}  {visible(record.organisation)}, {partial_day(record.date_text)}"
        )
        click.echo(f"  {visible(record.title)}")
        for line in _reasons(entry):
            click.echo(f"  {visible(line)}")
        click.echo()


def _reasons(entry: Neighbour) -> Iterable[str]:
    if entry.relation:
        yield f"related: {word(entry.relation).lower()}"
    yield from (_repeat_line(repeat, entry) for repeat in entry.repeats)
    if entry.likeness and (reasons := in_common(entry.likeness)):
        yield reasons


def _repeat_line(repeat: Repeat, entry: Neighbour) -> str:
    """The action that was to prevent the later of the two incidents."""
    later = "it" if repeat.record.id == entry.record.id else "this one"
    action = repeat.action
    what = f"{action.id} “{action.title}”" + (f" ({action.owner})" if action.owner else "")
    if repeat.after_fix and action.closed:
        return (
            f"repeat after fix on {repeat.factor}: {what} was closed on {day(action.closed)}, before {later} began"
        )
    return f"repeat before fix on {repeat.factor}: {what} was not done when {later} began"


def in_common(likeness: Likeness) -> str:
    """What two post-mortems have in common, by ids: `same factor change.rollout, shared words: label, van`."""
    parts = [f"same factor {factor}" for factor in likeness.factors]
    parts += [f"same service {service}" for service in likeness.services]
    parts += [f"same trigger {likeness.trigger}"] if likeness.trigger else []
    parts += [f"same class {likeness.incident_class}"] if likeness.incident_class else []
    parts += [f"shared words: {', '.join(likeness.words)}"] if likeness.words else []
    return ", ".join(parts)


def _as_data(entry: Neighbour) -> dict[str, object]:
    likeness = entry.likeness
    return {
        "id": entry.record.id,
        "title": entry.record.title,
        "date": entry.record.date_text,
        "organisation": entry.record.organisation,
        "relation": entry.relation or None,
        "score": likeness.score if likeness else None,
        "factors": list(likeness.factors) if likeness else [],
        "services": list(likeness.services) if likeness else [],
        "trigger": likeness.trigger or None if likeness else None,
        "class": likeness.incident_class or None if likeness else None,
        "words": list(likeness.words) if likeness else [],
        "repeats": [
            {
                "later": repeat.record.id,
                "earlier": repeat.earlier.id,
                "factor": repeat.factor,
                "action": repeat.action.id,
                "title": repeat.action.title,
                "owner": repeat.action.owner or None,
                "closed": repeat.action.closed.isoformat() if repeat.action.closed else None,
                "after_fix": repeat.after_fix,
            }
            for repeat in entry.repeats
        ],
    }
