"""Makes the brief of a quarter, and prints it or writes it to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.analysis.brief import Briefs
from postmortems.analysis.quarters import quarter_named
from postmortems.cli.reading import read_for
from postmortems.cli.writing import print_or_write
from postmortems.site.context import Context
from postmortems.site.documents import BRIEF, as_html, as_markdown
from postmortems.site.pages.brief import brief_of
from postmortems.texts import speaking

if TYPE_CHECKING:
    from pathlib import Path

    from postmortems.analysis.quarters import Quarter


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
        text = as_html(document, BRIEF) if output_format == "html" else as_markdown(document, places=False)
    print_or_write(text, output)


def _read(named: str | None) -> Quarter | None:
    try:
        return quarter_named(named) if named else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="'--quarter'") from error
