"""What commands that answer questions read: the corpus, as one audience may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.cli.check.request import default_audience
from postmortems.cli.context import as_of, conventions_of, open_knowledge_base
from postmortems.corpus import Audience
from postmortems.corpus_view import CorpusView, view_of

if TYPE_CHECKING:
    from pathlib import Path


def read_for(
    root: Path | None, audience: str | None, *, drafts: bool = False, as_on_site: bool = False
) -> CorpusView:
    """Read the knowledge base at `root`, or the one around this folder, for an audience.

    By default that is the public under CI, else the organisation; `as_on_site` the one that the policy names for
    the site. Files with errors are not counted; how many they are is said on standard error. Raises Failure where
    there is no knowledge base.
    """
    base = open_knowledge_base(root)
    conventions = conventions_of(base)
    usual = conventions.policy.audience if as_on_site else _usual_audience()
    view = view_of(base, conventions, Audience(audience or usual), as_of(), drafts=drafts)
    if view.unread:
        verb = "file has errors and is" if view.unread == 1 else "files have errors and are"
        click.echo(f"Note: {view.unread} {verb} not counted; run `postmortems check` for details.", err=True)
    return view


def _usual_audience() -> Audience:
    return Audience.PUBLIC if default_audience() == "public" else Audience.ORGANISATION
