"""Templates to HTML. Everything that a record says is escaped here, by the template engine."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape

from postmortems.rendering import formatting
from postmortems.rendering.context import SiteContext
from postmortems.rendering.figures import FigureRegistry, Link
from postmortems.rendering.sentences import FigureWriter
from postmortems.texts import gettext, ngettext, use_language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ANCHOR = re.compile(r'<[^<>]*\sid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, for its table of contents; `title` is plain text."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML, and its headings in order."""

    html: str
    headings: tuple[Heading, ...]

    @property
    def anchors(self) -> frozenset[str]:
        """The ids in it. Texts have their quotation marks escaped, so that none is mistaken for an id."""
        return frozenset(_ANCHOR.findall(self.html))


def render(template: str, context: Mapping[str, object], link: Link) -> Rendered:
    """Render a template; `link` gives the address of a uri as seen from the page.

    It speaks the language of the `site` in its context; without one, that which is spoken already.
    """
    headings: list[Heading] = []

    def heading(level: int, anchor: str, title: str, count: int | None = None) -> Markup:
        headings.append(Heading(level, anchor, title))
        tally = Markup(' <data class="pm-count" data-figure="section.{0}" value="{1}">{1}</data>').format(
            anchor, count
        )
        tally = tally if count is not None else Markup()
        return Markup(
            '<h{0} id="{1}">{2}{3}<a class="headerlink" href="#{1}" title="{4}">&para;</a></h{0}>'
        ).format(level, anchor, title, tally, gettext("Permanent link"))

    site = context.get("site")
    folder = site.templates if isinstance(site, SiteContext) else None
    registry = FigureRegistry(link, heading)
    tools = {
        "link": link,
        "heading": heading,
        "figure": registry.figure,
        "write": FigureWriter(registry.figure, link),
        "behind": registry.behind,
    }
    with use_language(site.texts) if isinstance(site, SiteContext) else nullcontext():
        html = _environment(folder).get_template(template).render({**context, **tools})
    return Rendered(html, tuple(headings))


@cache
def _environment(folder: Path | None) -> Environment:
    """The templates of the package, below those of a knowledge base's own folder where it has one.

    As `shipped/…` they can be had in any case, so that one's own may hold the one whose place it takes.
    """
    shipped = PackageLoader("postmortems.rendering", "templates")
    own = [FileSystemLoader(folder)] if folder else []
    environment = Environment(
        loader=ChoiceLoader([*own, shipped, PrefixLoader({"shipped": shipped})]),
        autoescape=True,
        undefined=StrictUndefined,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined] # the extension adds it
    environment.filters.update(formatting.FILTERS)
    environment.globals["escape"] = escape
    return environment
