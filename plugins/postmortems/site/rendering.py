"""Templates to HTML. Everything that a record says is escaped here, by the template engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from postmortems.site import wording
from postmortems.site.ledger import Ledger

if TYPE_CHECKING:
    from jinja2 import Template

Link = Callable[[str], str]

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
    """Render a template; `link` gives the address of a uri as seen from the page."""
    headings: list[Heading] = []

    def heading(level: int, anchor: str, title: str, count: int | None = None) -> Markup:
        headings.append(Heading(level, anchor, title))
        tally = Markup(' <data class="pm-count" data-figure="section.{0}" value="{1}">{1}</data>').format(
            anchor, count
        )
        tally = tally if count is not None else Markup()
        return Markup(
            '<h{0} id="{1}">{2}{3}<a class="headerlink" href="#{1}" title="Permanent link">&para;</a></h{0}>'
        ).format(level, anchor, title, tally)

    ledger = Ledger(link, heading)
    tools = {"link": link, "heading": heading, "figure": ledger.figure, "behind": ledger.behind}
    html = _template(template).render({**context, **tools})
    return Rendered(html, tuple(headings))


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("postmortems.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        lstrip_blocks=True,
    )
    environment.filters.update(wording.FILTERS)
    environment.globals["escape"] = escape
    return environment
