"""Sentences with figures in them: modules beside the pages word them, templates place them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from postmortems.analysis.statistics.measures import Measure
from postmortems.rendering import formatting
from postmortems.rendering.labels import reason
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from postmortems.analysis.statistics.measures import Exclusion, Interval, Share
    from postmortems.rendering.figures import Link

Figure = Callable[..., Markup]


def fill(text: str, **parts: object) -> Markup:
    """A text with its places `%(name)s` filled; what is not markup yet is escaped."""
    return Markup(text) % parts  # noqa: S704 - texts come from the code and its catalogues


def sentences(*parts: str) -> Markup:
    """Sentences one after another, without the empty ones."""
    return Markup(" ").join(part for part in parts if part)


def muted(text: str) -> Markup:
    """A text that stands back behind the others."""
    return Markup('<span class="pm-meta">{}</span>').format(text)


def when(day: date) -> Markup:
    """A day, with its form for machines."""
    return Markup('<time datetime="{}">{}</time>').format(day, formatting.day(day))


def bounds(low: Markup, high: Markup | None) -> Markup:
    """What lies between two figures; without an upper one it is open."""
    if high is None:
        return fill(_("%(low)s or more"), low=low)
    return fill(_("%(low)s to %(high)s"), low=low, high=high)


@dataclass(frozen=True, slots=True)
class FigureWriter:
    """Figures and what is often said of them; `figure` names a number, `link` gives an address from the page."""

    figure: Figure
    link: Link

    def actions(self, name: str, actions: Collection[object], title: str = "") -> Markup:
        """How many actions, with the word."""
        return self.figure(name, actions, text=formatting.plural(len(actions), "action"), title=title)

    def incidents(self, name: str, records: Collection[object], title: str = "") -> Markup:
        """How many incidents, with the word."""
        return self.figure(name, records, text=formatting.plural(len(records), "incident"), title=title)

    def days(self, name: str, days: int) -> Markup:
        """A number of days."""
        return self.figure(name, days, text=formatting.plural(days, "day"))

    def share(self, name: str, share: Share) -> Markup:
        """A share in percent."""
        return self.figure(name, share.value, text=formatting.percent(share.value or 0), basis=share.part)

    def interval(self, name: str, interval: Interval, unit: str) -> Markup:
        """The bounds of an interval, as `name.low` and `name.high`."""
        low = self.figure(f"{name}.low", interval.low, text=formatting.in_unit(interval.low or 0, unit))
        if interval.high is None:
            return bounds(low, None)
        return bounds(
            low, self.figure(f"{name}.high", interval.high, text=formatting.in_unit(interval.high, unit))
        )

    def not_counted(self, name: str, exclusion: Exclusion, about: str = "") -> Markup:
        """How many are not counted for a reason, as `name.without.` and the reason."""
        why = reason(exclusion.reason)
        key = f"{name}.without.{exclusion.reason.replace(' ', '-')}"
        number = self.figure(key, exclusion.basis, title=f"{why}: {about}" if about else why)
        return fill("%(n)s %(reason)s", n=number, reason=why)

    def certainty(self, name: str, measure: Measure | Share, unit: str) -> Markup:
        """How certain a measure or share of actions is: its interval, what it rests on, what is not counted."""
        parts = []
        if measure.interval:
            parts.append(
                fill(_("95 %% interval %(interval)s"), interval=self.interval(name, measure.interval, unit))
            )
        if isinstance(measure, Measure):
            known = self.figure(f"{name}.n", measure.n, basis=measure.basis)
            everything = self.figure(f"{name}.of", measure.of, text=formatting.plural(measure.of, "action"))
            parts.append(fill(_("%(n)s of %(all)s"), n=known, all=everything))
        parts += [self.not_counted(name, exclusion) for exclusion in measure.excluded if exclusion.count]
        return muted(Markup("; ").join(parts))
