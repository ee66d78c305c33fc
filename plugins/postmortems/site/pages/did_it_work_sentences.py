"""The sentences of the page on what came of actions, with their figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis import METRICS
from postmortems.analysis.effect.verdicts import Verdict
from postmortems.rendering.formatting import in_unit, percent, plural, significant
from postmortems.rendering.sentences import bounds, fill, sentences, when
from postmortems.texts import N_, _, ngettext

if TYPE_CHECKING:
    from markupsafe import Markup

    from postmortems.analysis.effect.before_after import Window
    from postmortems.analysis.effect.verdicts import Effect, Effects
    from postmortems.rendering.sentences import FigureWriter

_METRICS = {metric.id: metric.label for metric in METRICS}
_DURATIONS = {
    Verdict.IMPROVED: N_("It became shorter, more than chance would explain."),
    Verdict.WORSE: N_("It became longer, more than chance would explain."),
    Verdict.CANNOT_TELL: N_("Chance would explain a difference like this."),
    Verdict.TOO_FEW: N_("Not enough data yet: at least %(needed)s needed on each side."),
}
_NUMBERS = {
    Verdict.IMPROVED: N_("There are fewer, more than chance would explain."),
    Verdict.WORSE: N_("There are more, and chance would not explain it."),
    Verdict.CANNOT_TELL: N_("Chance would explain a difference like this."),
    Verdict.CLUSTERED: N_(
        "They come in bursts, more than chance would explain: one burst more or less would decide, so there is no "
        "verdict."
    ),
    Verdict.UNSEEN: N_(
        "The records here begin on %(day)s, after the months before it do, and what came earlier is not known."
    ),
    Verdict.TOO_FEW: N_("Not enough data yet: at least %(needed)s needed."),
}


def name_of(effect: Effect) -> str:
    """What the names of an action's figures begin with."""
    return f"{effect.of.record.id}.{effect.of.action.id}"


def is_timed(effect: Effect) -> bool:
    """Whether durations are compared, and not numbers."""
    return effect.verify.metric != "count"


@dataclass(frozen=True, slots=True)
class DidItWorkSentences:
    """What the page says of `effects`, with the figures that `write` writes."""

    effects: Effects
    write: FigureWriter

    def nothing_measured(self) -> Markup:
        """That no action has a success measure."""
        closed = self.effects.closed
        if not closed:
            return fill(_("No action is closed yet, and none has a success measure."))
        text = ngettext(
            "%(n)s closed action had no success measure, so there is nothing to compare.",
            "None of %(n)s closed actions had a success measure, so there is nothing to compare.",
            len(closed),
        )
        return fill(text, n=self.write.figure("closed", closed, title=_("closed actions")))

    def finding(self) -> Markup:
        """How many actions were followed by an improvement, or by the opposite."""
        good, bad = self.effects.having(Verdict.IMPROVED), self.effects.having(Verdict.WORSE)
        every = tuple(effect.of for effect in self.effects.effects)
        parts = {"actions": self.write.actions("declared", every, _("actions with a success measure"))}
        if good:
            parts["good"] = self.write.figure("verdict.improved", good, title=_("Improved"))
        if bad:
            parts["bad"] = self.write.figure("verdict.worse", bad, title=_("Worse"))
        if good and bad:
            text = _("%(actions)s had a success measure: %(good)s improved and %(bad)s got worse.")
        elif good:
            text = _("%(actions)s had a success measure: %(good)s improved.")
        elif bad:
            text = _("%(actions)s had a success measure: none clearly improved, and %(bad)s got worse.")
        elif len(self.effects.having(Verdict.TOO_EARLY)) == len(every):
            text = _("%(actions)s had a success measure; it is too early to judge any.")
        else:
            text = _("%(actions)s had a success measure: none clearly improved.")
        return fill(text, **parts)

    def comparisons(self) -> Markup:
        """How many comparisons the page makes, and how many would look like a change by chance."""
        compared = self.effects.compared
        if not compared:
            return fill(_("No comparison could be made so far."))
        text = ngettext(
            "The page makes %(n)s comparison. If nothing had changed, %(chance)s would still look like a change: "
            "1 in 20 does by chance.",
            "The page makes %(n)s comparisons. If nothing had changed, %(chance)s would still look like a change: "
            "1 in 20 does by chance.",
            len(compared),
        )
        about = _("about %(value)s") % {"value": significant(self.effects.by_chance, 2)}
        return fill(
            text,
            n=self.write.figure("compared", compared, title=_("actions of which a comparison was made")),
            chance=self.write.figure("by-chance", self.effects.by_chance, text=about),
        )

    def compares(self, effect: Effect, factor: Markup | str, service: Markup | str) -> Markup:
        """What is compared: how many there are, or how long something took, and of which incidents."""
        name, verify = name_of(effect), effect.verify
        parts = {
            "what": _(_METRICS[verify.metric]) if is_timed(effect) else _("Number"),
            "months": self.write.figure(f"{name}.months", verify.months, text=plural(verify.months, "month")),
            "day": when(verify.start),
        }
        if factor and service:
            text = _(
                "%(what)s of incidents with the factor %(factor)s on %(service)s, "
                "%(months)s before and after %(day)s."
            )
        elif factor:
            text = _("%(what)s of incidents with the factor %(factor)s, %(months)s before and after %(day)s.")
        elif service:
            text = _("%(what)s of incidents on %(service)s, %(months)s before and after %(day)s.")
        else:
            text = _("%(what)s of all incidents, %(months)s before and after %(day)s.")
        return fill(text, factor=factor, service=service, **parts)

    def too_early(self, effect: Effect) -> Markup:
        """Why there is nothing to judge yet."""
        before = effect.before.incidents
        if effect.of.action.is_done:
            why = fill(_("The months after it begin on %(day)s."), day=when(effect.verify.start))
        else:
            why = fill(_("The action is not done yet, so there is nothing to judge."))
        if is_timed(effect) or not before:
            return why
        text = ngettext(
            "Before it, %(n)s incident is known.", "Before it, %(n)s incidents are known.", len(before)
        )
        title = _("before: %(action)s") % {"action": effect.of.action.title}
        return sentences(why, fill(text, n=self.write.figure(f"{name_of(effect)}.before", before, title=title)))

    def before_and_after(self, effect: Effect) -> Markup:
        """What there was before and after, and what that says."""
        action = {"action": effect.of.action.title}
        parts: dict[str, object] = {
            "before": self._side(effect, "before", effect.before, _("before: %(action)s") % action),
            "after": self._side(effect, "after", effect.after, _("after: %(action)s") % action),
        }
        if is_timed(effect):
            parts["metric"] = _(_METRICS[effect.verify.metric])
            text = (
                _("%(metric)s: known of %(before)s before it and of %(after)s so far.")
                if effect.is_running
                else _("%(metric)s: known of %(before)s before it and of %(after)s after it.")
            )
        else:
            text = (
                _("%(before)s before it, %(after)s so far.")
                if effect.is_running
                else _("%(before)s before it, %(after)s after it.")
            )
        return sentences(fill(text, **parts), self._verdict(effect))

    def _side(self, effect: Effect, side: str, window: Window, title: str) -> Markup:
        """How many incidents there were; of durations also between which lengths they lie."""
        name = f"{name_of(effect)}.{side}"
        n = self.write.figure(name, window.incidents, title=title)
        if not is_timed(effect) or not window.seconds:
            return n
        shortest, longest = min(window.seconds), max(window.seconds)
        low = self.write.figure(f"{name}.shortest", shortest, text=in_unit(shortest, "seconds"))
        if len(window.seconds) == 1:
            return fill(_("%(n)s (%(length)s)"), n=n, length=low)
        high = self.write.figure(f"{name}.longest", longest, text=in_unit(longest, "seconds"))
        return fill(_("%(n)s (%(shortest)s to %(longest)s)"), n=n, shortest=low, longest=high)

    def _verdict(self, effect: Effect) -> Markup:
        text = (_DURATIONS if is_timed(effect) else _NUMBERS)[effect.verdict]
        parts: dict[str, object] = {}
        if effect.verdict is Verdict.TOO_FEW:
            parts["needed"] = self.write.figure(f"{name_of(effect)}.needed", effect.needed)
        if effect.verdict is Verdict.UNSEEN and self.effects.first:
            parts["day"] = when(self.effects.first.date())
        return fill(_(text), **parts)

    def ratio(self, effect: Effect) -> Markup:
        """The ratio of what came after to what was before, with its interval."""
        assert effect.comparison is not None  # noqa: S101 - only those that were compared have a ratio
        ratio, interval = effect.comparison.ratio, effect.comparison.interval
        low, high = interval.low or 0, interval.high
        if ratio is None:
            text = _("They come at least %(low)s times as often as before.")
            return fill(text, low=self._times(effect, "low", low))
        if ratio and is_timed(effect) and ratio < 1:
            return self._faster(effect, ratio, low, high)
        lowest = self._times(effect, "low", low)
        highest = None if high is None else self._times(effect, "high", high)
        if not ratio:
            text = _(
                'None came after it <span class="pm-meta">95 %% interval of the ratio %(low)s to %(high)s</span>.'
            )
            hidden = self.write.figure(f"{name_of(effect)}.ratio", ratio, text="")
            return hidden + fill(text, low=lowest, high=highest)
        text = (
            _('%(times)s times slower than before <span class="pm-meta">95 %% interval %(interval)s</span>.')
            if is_timed(effect)
            else _(
                "They come %(times)s times as often as before "
                '<span class="pm-meta">95 %% interval %(interval)s</span>.'
            )
        )
        times = self.write.figure(f"{name_of(effect)}.ratio", ratio, text=significant(ratio, 2))
        return fill(text, times=times, interval=bounds(lowest, highest))

    def _faster(self, effect: Effect, ratio: float, low: float, high: float | None) -> Markup:
        """The inverse of a ratio, whose upper bound is then the lower one; the values stay the ratio's."""
        name = name_of(effect)
        slowest = self.write.figure(f"{name}.high", high, text=significant(1 / high if high else 0, 3))
        fastest = self.write.figure(f"{name}.low", low, text=significant(1 / low, 3)) if low else None
        return fill(
            _('%(times)s times faster than before <span class="pm-meta">95 %% interval %(interval)s</span>.'),
            times=self.write.figure(f"{name}.ratio", ratio, text=significant(1 / ratio, 2)),
            interval=bounds(slowest, fastest),
        )

    def _times(self, effect: Effect, bound: str, value: float) -> Markup:
        return self.write.figure(f"{name_of(effect)}.{bound}", value, text=significant(value, 3))

    def still_running(self, effect: Effect) -> Markup:
        """How much of the time after it has passed."""
        return fill(
            _("%(share)s of the months after it have passed. The verdict can change until they end on %(day)s."),
            share=self.write.figure(f"{name_of(effect)}.passed", effect.passed, text=percent(effect.passed)),
            day=when(effect.ends),
        )

    def given_up(self) -> Markup:
        """How many actions with a success measure were given up."""
        text = ngettext(
            "%(n)s more was declined or superseded, and is not compared.",
            "%(n)s more were declined or superseded, and are not compared.",
            len(self.effects.given_up),
        )
        title = _("given up, with a success measure")
        return fill(text, n=self.write.figure("given-up", self.effects.given_up, title=title))

    def unmeasured(self) -> Markup:
        """How many closed actions had no success measure."""
        title = _("closed, without a success measure")
        return fill(
            _("%(n)s of %(all)s that are closed had no success measure, so there is nothing to compare."),
            n=self.write.figure("undeclared", self.effects.undeclared, title=title),
            all=self.write.actions("closed", self.effects.closed, _("closed actions")),
        )


def owner_says(effect: Effect, verdict: str) -> Markup:
    """What the owner found, and whether the figures agree."""
    if effect.agrees is None:
        return fill(_("The owner says: %(verdict)s."), verdict=verdict)
    text = _("The owner agrees: %(verdict)s.") if effect.agrees else _("The owner disagrees: %(verdict)s.")
    return fill(text, verdict=verdict)
