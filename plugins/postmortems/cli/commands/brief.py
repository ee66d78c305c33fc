"""`postmortems brief`: writes the leadership brief."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from postmortems.analysis.brief.brief import Briefs
from postmortems.analysis.statistics.quarters import quarter_named
from postmortems.cli.corpus_option import read_for
from postmortems.cli.options import (
    audience_option,
    json_option,
    output_option,
    root_option,
    sheet_format_option,
)
from postmortems.cli.output_files import print_or_write
from postmortems.documents import BRIEF, as_data, as_html, as_markdown
from postmortems.rendering.context import SiteContext
from postmortems.texts import use_language

if TYPE_CHECKING:
    from pathlib import Path

    from postmortems.analysis.statistics.quarters import Quarter
    from postmortems.corpus_view import CorpusView
    from postmortems.documents import Document


@click.command(epilog="Exit status: 0 written, 2 unknown quarter or other wrong use.")
@click.option("--quarter", metavar="YYYYQN", help="Quarter, such as 2026Q3. Default: the last complete one.")
@sheet_format_option
@json_option
@output_option
@audience_option
@root_option
def brief(  # noqa: PLR0913 - one parameter an option
    *,
    quarter: str | None,
    output_format: str,
    as_json: bool,
    output: Path | None,
    audience: str | None,
    root: Path | None,
) -> None:
    """Write the leadership brief: one quarter on one A4 page.

    It shows decisions needed, incidents compared with the quarter before, the most serious incidents, what came
    back, the state of actions and reviews, and whether fixes worked, as of the end of the quarter.
    """
    write_brief(quarter, "json" if as_json else output_format, output, audience, root)


def write_brief(
    named: str | None, output_format: str, output: Path | None, audience: str | None, root: Path | None
) -> None:
    """Write the brief of a quarter; raises click.BadParameter where it is none, or lies ahead."""
    from postmortems.site.pages.brief import brief_of

    asked = _read(named)
    reading = read_for(root, audience)
    context = SiteContext(
        reading.corpus, reading.conventions, reading.as_of, {}, preview=False, texts=reading.texts
    )
    with use_language(reading.texts):
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


def _as_json(document: Document, reading: CorpusView, quarter: Quarter) -> str:
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
