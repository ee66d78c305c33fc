"""Makes the brief of a quarter, and prints it or writes it to a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from postmortems.analysis.brief import Briefs
from postmortems.analysis.quarters import quarter_named
from postmortems.cli.reading import read_for
from postmortems.cli.writing import print_or_write
from postmortems.site.context import Context
from postmortems.site.documents import BRIEF, as_data, as_html, as_markdown
from postmortems.site.pages.brief import brief_of
from postmortems.texts import speaking

if TYPE_CHECKING:
    from pathlib import Path

    from postmortems.analysis.quarters import Quarter
    from postmortems.cli.reading import Reading
    from postmortems.site.documents import Document


def write_brief(
    named: str | None, output_format: str, output: Path | None, audience: str | None, root: Path | None
) -> None:
    """Write the brief of a quarter; raises click.BadParameter where it is none, or lies ahead."""
    asked = _read(named)
    reading = read_for(root, audience)
    context = Context(reading.corpus, reading.conventions, reading.as_of, {}, preview=False, texts=reading.texts)
    with speaking(reading.texts):
        briefs = Briefs(reading.records, reading.policy, reading.as_of)
        quarter = asked or briefs.last
        if quarter.period.first > reading.as_of.date():
            raise click.BadParameter(f"{quarter} has not begun yet", param_hint="'--quarter'")
        document = brief_of(context, briefs, quarter)
        match output_format:
            case "json":
                text = _as_json(document, reading, quarter)
            case "html":
                text = as_html(document, BRIEF)
            case _:
                text = as_markdown(document, places=False)
    print_or_write(text, output)


def _as_json(document: Document, reading: Reading, quarter: Quarter) -> str:
    asked = {
        "organisation": reading.policy.organisation,
        "audience": reading.corpus.audience.value,
        "as_of": reading.as_of.isoformat(),
        "quarter": str(quarter),
    }
    return json.dumps(asked | as_data(document), ensure_ascii=False, indent=2) + "\n"


def _read(named: str | None) -> Quarter | None:
    try:
        return quarter_named(named) if named else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="'--quarter'") from error
