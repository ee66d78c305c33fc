"""The figures of a page, each under a name of its own, and the records behind each.

A template writes `figure("overdue", late)`; at its end, `behind()` gives the lists that the figures link to. The
names and plain values are in the HTML (`data-figure`, `value`), so that anyone can recompute and compare them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from postmortems.analysis.statistics.measures import ActionOf, Measure, Share, State
from postmortems.rendering import formatting
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from postmortems.analysis.statistics.measures import Basis
    from postmortems.record import Postmortem

# The address of a uri as seen from a page.
Link = Callable[[str], str]

# Longer lists are the business of the listing, and of the command.
_LISTED = 200
_ON_A_PAGE = 4_000  # entries of all lists of a page together
_NOT_IN_ADDRESSES = re.compile(r"[^\w.-]+")
_ACTIONS_LISTED = 50


@dataclass(slots=True)
class FigureRegistry:
    """The figures of one page as it is rendered; `link` gives addresses as seen from it."""

    link: Link
    heading: Callable[..., Markup]
    _lists: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    _anchors: dict[tuple[str, ...], str] = field(default_factory=dict)
    _bases: dict[tuple[str, ...], Basis] = field(default_factory=dict)
    _titles: dict[str, str] = field(default_factory=dict)

    def figure(  # noqa: PLR0913 - a figure, its name, its basis and how it is written
        self,
        name: str,
        value: Measure | Share | Collection[object] | float | str | None,
        *,
        text: str | None = None,
        basis: Basis | None = None,
        of: str = "",
        title: str = "",
        to: str = "",
    ) -> Markup:
        """A figure under its name, which links to the records behind it.

        A measure is written in its unit, a share as `k of n`, a collection of records or actions by its count.
        `text` replaces how it is written, `basis` gives what is behind a plain number, and `title` what the list
        of it is called, such as `overdue actions`. Where what is behind stands on a page already, `to` is its
        address, and no list is made.
        """
        plain, shown, behind = _read(value)
        behind = () if to else behind if basis is None else basis
        shown = shown if text is None else text
        inner: Markup = escape(shown + (f" {of}" if of else ""))
        address = self._enter(name, behind, title) if behind else to
        if address:
            inner = Markup('<a href="{}">{}</a>').format(address, inner)
        return Markup('<data class="pm-figure" data-figure="{}" value="{}">{}</data>').format(name, plain, inner)

    def behind(self) -> Markup:
        """The lists of what is behind the figures so far, each once; nothing where no figure has any."""
        if not self._lists:
            return Markup()
        lists = []
        for key, names in self._lists.items():
            basis = self._bases[key]
            title = next((self._titles[name] for name in names if self._titles.get(name)), "")
            lists.append(
                Markup(
                    '<details class="pm-details" data-search-exclude><summary>{}: '
                    '<data value="{}">{}</data></summary>'
                    '<ul class="pm-list pm-behind" id="{}">{}</ul></details>'
                ).format(
                    formatting.upper_first(title or names[0].replace(".", ", ").replace("-", " ")),
                    len(basis),
                    _count(basis),
                    self._anchors[key],
                    Markup("\n").join(self._items(_shown(basis))) + _more(basis),
                )
            )
        heading = self.heading(2, "behind", _("Sources for these numbers"))
        return Markup('{}\n<div class="pm-behind-all">\n{}\n</div>').format(heading, Markup("\n").join(lists))

    def _enter(self, name: str, basis: Basis, title: str) -> str:
        """Note what is behind a figure; the address of its list."""
        records = [item for item in basis if not isinstance(item, ActionOf)]
        if len(records) > _LISTED:
            return self.link("incidents/index.md")
        key = tuple(_key(item) for item in basis)
        if key not in self._bases and sum(len(_shown(other)) for other in self._bases.values()) > _ON_A_PAGE:
            return self.link("incidents/index.md" if records else "follow-through/index.md")
        self._bases.setdefault(key, basis)
        self._titles[name] = self._titles.get(name) or title
        names = self._lists.setdefault(key, [])
        if name not in names:
            names.append(name)
        return f"#{self._anchor(key, name)}"

    def _anchor(self, key: tuple[str, ...], name: str) -> str:
        """The id of a list: its first name without what an address can't hold, and no other list's."""
        if key not in self._anchors:
            plain = f"behind-{_NOT_IN_ADDRESSES.sub('-', name)}"
            taken = {*self._anchors.values()}
            self._anchors[key] = next(
                anchor
                for anchor in (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
                if anchor not in taken
            )
        return self._anchors[key]

    def _items(self, basis: Basis) -> Iterable[Markup]:
        for item in basis:
            if isinstance(item, ActionOf):
                yield Markup(
                    '<li><a class="pm-said" href="{}#{}">{}</a> <span class="pm-meta pm-said">{}</span></li>'
                ).format(
                    self.link(_uri(item.record)), item.action.id.lower(), item.action.title, item.record.title
                )
            else:
                yield Markup(
                    '<li><a class="pm-said" href="{}">{}</a> <span class="pm-meta">{}, {}</span></li>'
                ).format(self.link(_uri(item)), item.title, item.organisation, _date_of(item))


def _read(value: object) -> tuple[str, str, Basis]:
    """A value as it is compared, as it is written, and what is behind it."""
    match value:
        case None:
            return "", "–", ()
        case Measure():
            return _measure(value)
        case Share():
            parts = {"k": formatting.number(value.k), "n": formatting.number(value.n)}
            return f"{value.k}/{value.n}", _("%(k)s of %(n)s") % parts, value.part
        case str():
            return value, value, ()
        case float() | int():
            return _plain(value), formatting.number(value), ()
        case tuple() | list():
            return str(len(value)), formatting.number(len(value)), tuple(value)
    raise TypeError(f"{type(value).__name__} is no figure")


def _measure(value: Measure) -> tuple[str, str, Basis]:
    if value.state != State.OK or value.value is None:
        return (
            value.state.value,
            _("not enough data yet") if value.state == State.TOO_FEW else _("not reached"),
            value.basis,
        )
    return _plain(value.value), formatting.in_unit(value.value, value.unit), value.basis


def _plain(value: float) -> str:
    """A number as it is compared: up to 6 significant digits."""
    return str(int(value)) if value == int(value) else f"{value:.6g}"


def _count(basis: Basis) -> str:
    actions = sum(isinstance(item, ActionOf) for item in basis)
    records = len(basis) - actions
    words = [formatting.plural(records, "incident")] if records or not actions else []
    return formatting.listing([*words, *([formatting.plural(actions, "action")] if actions else [])])


def _shown(basis: Basis) -> Basis:
    """What is listed of a basis: of many actions the first."""
    return basis[:_ACTIONS_LISTED] if any(isinstance(item, ActionOf) for item in basis) else basis


def _more(basis: Basis) -> Markup:
    """What is said in place of the rest of a long list of actions."""
    if len(_shown(basis)) == len(basis):
        return Markup()
    return Markup('\n<li class="pm-meta">{}</li>').format(
        formatting.code(_("and more, which the command `postmortems actions` lists"))
    )


def _date_of(record: Postmortem) -> Markup:
    """The date by which people know an incident, as the templates write it."""
    return Markup('<time datetime="{}">{}</time>').format(
        record.date_text, formatting.partial_day(record.date_text)
    )


def _key(item: Postmortem | ActionOf) -> str:
    return f"{item.record.id}#{item.action.id}" if isinstance(item, ActionOf) else item.id


def _uri(record: Postmortem) -> str:
    return record.source.path
