"""Makes the sheets of one record, and prints them or writes them to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.cli.corpus_option import read_for
from postmortems.cli.error_handling import Failure
from postmortems.cli.output_files import print_or_write
from postmortems.documents import as_html, as_markdown
from postmortems.documents.sheets import exercise, has_exercise, worksheet
from postmortems.rendering.context import SiteContext
from postmortems.texts import use_language

if TYPE_CHECKING:
    from pathlib import Path

    from postmortems.documents import Document
    from postmortems.record import Postmortem


def write_worksheet(
    name: str, output_format: str, output: Path | None, audience: str | None, root: Path | None
) -> None:
    """Write the worksheet of a record; raises Failure where there is none of that name."""
    from postmortems.analysis.related.related_incidents import Similarity

    record, context = _read(name, audience, root)
    neighbourhood = Similarity(context.corpus, context.conventions.vocabulary).beside(record)
    with use_language(context.texts):
        _write(worksheet(record, context, neighbourhood), output_format, output)


def write_exercise(
    name: str, output_format: str, output: Path | None, audience: str | None, root: Path | None
) -> None:
    """Write the exercise of a record; raises Failure where it tells too little for one."""
    record, context = _read(name, audience, root)
    if not has_exercise(record):
        raise Failure(
            f"`{record.id}` can't become an exercise: that needs a finished incident with four `timeline` entries,"
            " two of them after detection."
        )
    with use_language(context.texts):
        _write(exercise(record, context), output_format, output)


def _read(name: str, audience: str | None, root: Path | None) -> tuple[Postmortem, SiteContext]:
    reading = read_for(root, audience, drafts=True)
    record = reading.record(name)
    if record.is_withdrawn:
        raise Failure(f"`{record.id}` was withdrawn, so it has no content to work with.")
    return record, SiteContext(
        reading.corpus, reading.conventions, reading.as_of, {}, preview=True, texts=reading.texts
    )


def _write(document: Document, output_format: str, output: Path | None) -> None:
    print_or_write(as_html(document) if output_format == "html" else as_markdown(document), output)
